"""Lines that extractors leave between paragraphs: captions, credits, notes, bylines, prompts.

Plain text has no markup to give them away, and labelled pages show too few of
them. Those of real pages are put to use again in other texts; others are
composed here around names that the text itself mentions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from filter.article import Kind
from filter.training.bylines import compose_head
from filter.training.labels import BlockLabels
from filter.training.pages import GoldPage

_OPENINGS = (
    "A photo shows",
    "This photo shows",
    "This picture shows",
    "The chart above shows",
    "This graph shows",
    "This graphic illustrates",
    "A map shows",
    "This map, made with artificial intelligence, shows",
    "An AI-generated graphic shows",
    "The table shows",
    "In this file photo,",
    "Pictured:",
    "Above:",
    "Screenshot of",
    "This illustration depicts",
    "Das Bild zeigt",
    "Die Grafik zeigt",
    "Cette photo montre",
    "Le graphique montre",
    "La foto muestra",
    "El gráfico muestra",
    "A foto mostra",
    "O gráfico mostra",
    "Foto ini memperlihatkan",
    "Grafik ini menunjukkan",
    "Fotoğrafta",
    "На фото:",
    "График показывает",
    "Ảnh:",
    "Biểu đồ cho thấy",
)
_CREDITS = (
    "Photo: {name}",
    "Photo by {name}",
    "Image: {name}",
    "Image credit: {name}",
    "Courtesy of {name}",
    "{name} / File photo",
    "File photo",
    "Illustration: {name}",
    "Illustration made with an AI tool",
    "AI-generated illustration",
    "Picture created with artificial intelligence",
    "Graphic by {name}",
    "Source: {name}",
    "Foto: {name}",
    "Symbolbild",
    "Foto: Archiv",
    "Crédit photo : {name}",
    "Foto de archivo",
    "Imagen generada con inteligencia artificial",
    "Foto: Divulgação",
    "Фото: {name}",
    "Görsel: {name}",
    "Ảnh: {name}",
    "写真：{name}",
    "图片来源：{name}",
    "사진={name}",
)
_NOTES = (
    "This story was translated from the original with the help of artificial intelligence.",
    "This article was machine-translated and checked by an editor of {name}.",
    "Translated by AI and reviewed by the {name} newsroom.",
    "This report first appeared in {name}.",
    "Published with permission of {name}, our partner newspaper; the English version was made by machine.",
    "The original of this text, from the weekly {name}, was put into English by software, then edited.",
    "{name}, which belongs to the same publisher, ran a longer version; an AI system helped to translate it.",
    "Our colleagues at {name} wrote this piece, which we translated automatically and corrected by hand.",
    "This text is a shortened translation from {name}, a daily of the same media group.",
    "An AI tool produced the translation, and an editor of {name} read it before publication.",
    "This story was originally published by {name} and is republished here with permission.",
    "Reporting by {name}; editing by the news desk",
    "Additional reporting by {name}.",
    "Editor's note: this article was updated to add a comment by {name}.",
    "All rights reserved. Reproduction without permission is prohibited.",
    "Copyright {name}. All rights reserved.",
    "Sign up for our newsletter to get the day's stories in your inbox.",
    "Follow {name} on Facebook and X.",
    "Read more: {name}",
    "Related: {name}",
    "Also read: {name}",
    "Contact the reporter by e-mail.",
    "The author is a columnist. The views expressed are the author's own.",
    "Dieser Artikel wurde maschinell übersetzt.",
    "Mit Material der Agenturen.",
    "Lesen Sie auch: {name}",
    "Cet article a été traduit automatiquement.",
    "Lire aussi : {name}",
    "Este artículo fue traducido automáticamente.",
    "Lea también: {name}",
    "Leia também: {name}",
    "Baca juga: {name}",
    "Читайте также: {name}",
    "İlgili haber: {name}",
    "Xem thêm: {name}",
)
_NAME = re.compile(r"\b[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}")
_SENTENCE = re.compile(r"[^.!?。！？]+")


class Leftovers:
    """Puts leftovers between the paragraphs of a text.

    Parameters
    ----------
    golds : sequence of GoldPage
        Pages whose captions are put to use again.
    random : numpy.random.Generator
    """

    def __init__(self, golds: Sequence[GoldPage], random: np.random.Generator) -> None:
        self._random = random
        captions = {
            " ".join(gold.page.texts[block].split())
            for gold in golds
            for block in range(len(gold.page))
            if gold.page.kind(block) == Kind.CAPTION
        }
        self._captions = sorted(caption for caption in captions if 10 < len(caption) < 300)

    def strew(self, texts: list[str], labels: BlockLabels) -> tuple[list[str], BlockLabels]:
        """Return the texts and labels with some leftovers among them."""
        random = self._random
        story = [text for text, main in zip(texts, labels.main, strict=True) if main == 1]
        if not story:
            return texts, labels
        names = _names_in(story)
        first = int(np.flatnonzero(labels.main == 1)[0])
        added: list[tuple[int, str]] = []
        if random.random() < 0.5:
            added += [(first, head) for head in self.heads(story)]
        for _ in range(int(random.choice((0, 0, 1, 2, 3)))):
            # A caption stands above the text as often as anywhere inside it.
            place = 0 if random.random() < 0.3 else int(random.integers(first, len(texts) + 1))
            added.append((place, self._caption(story, names)))
        if random.random() < 0.5:
            for _ in range(int(random.integers(1, 3))):
                added.append((len(texts), self._filled(_NOTES[random.integers(len(_NOTES))], names)))
        return _inserted(texts, labels, added)

    def heads(self, story: list[str]) -> list[str]:
        """Return some lines that could stand between the headline and these paragraphs."""
        names = _names_in(story)
        return [compose_head(names, self._random) for _ in range(int(self._random.integers(1, 5)))]

    def line(self, story: list[str]) -> str:
        """Return a caption, a credit or a note that could stand among these paragraphs."""
        names = _names_in(story)
        if self._random.random() < 0.3:
            return self._filled(_NOTES[self._random.integers(len(_NOTES))], names)
        return self._caption(story, names)

    def _caption(self, story: list[str], names: list[str]) -> str:
        random = self._random
        kind = random.random()
        if kind < 0.4 and self._captions:
            return self._captions[random.integers(len(self._captions))]
        if kind < 0.7:
            return self._filled(_CREDITS[random.integers(len(_CREDITS))], names)
        # Captions say again what the story says.
        sentences = _SENTENCE.findall(story[random.integers(len(story))])
        words = sentences[random.integers(len(sentences))].split() if sentences else []
        start = int(random.integers(max(len(words) - 6, 1)))
        fragment = " ".join(words[start : start + int(random.integers(5, 18))])
        stop = "." if random.random() < 0.5 else ""
        return f"{_OPENINGS[random.integers(len(_OPENINGS))]} {fragment}{stop}"

    def _filled(self, template: str, names: list[str]) -> str:
        return template.format(name=names[self._random.integers(len(names))])


def _names_in(story: list[str]) -> list[str]:
    return sorted({name for text in story for name in _NAME.findall(text)}) or ["the editors"]


def _inserted(
    texts: list[str], labels: BlockLabels, added: list[tuple[int, str]]
) -> tuple[list[str], BlockLabels]:
    """Insert furniture before the blocks of these numbers."""
    places = [place for place, _ in added]
    weight = np.float32(np.median(labels.weights))
    result = list(texts)
    for place, text in sorted(added, key=lambda item: -item[0]):
        result.insert(place, text)
    order = sorted(places)
    return result, BlockLabels(
        np.insert(labels.main, order, 0),
        np.insert(labels.weights, order, weight),
        np.insert(labels.title, order, 0),
    )
