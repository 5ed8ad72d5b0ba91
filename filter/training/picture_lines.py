"""Lines under pictures: what they show, who made them, whose they are; composed for training."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from filter.training.phrases import pick, with_names

_DETERMINERS = ("This", "This", "The", "A", "An archive", "The above", "An undated", "One")
_PICTURES = (
    "photo",
    "picture",
    "image",
    "graph",
    "chart",
    "bar chart",
    "map",
    "diagram",
    "infographic",
    "graphic",
    "drawing",
    "sketch",
    "screenshot",
    "rendering",
    "satellite image",
    "video still",
    "table",
    "illustration",
    "handout photo",
    "composite picture",
)
_MAKERS = (
    "",
    "",
    "",
    " provided by {name}",
    " released by {name}",
    " supplied by {name}",
    " obtained by {name}",
    " taken on Monday",
    " taken last year",
    " taken from a video",
    " drawn up by {name}",
    " designed by the graphics desk",
    " made with AI",
    " created with AI software",
    " produced by an image generator",
    " drawn by a computer program",
    ", created by a machine,",
    " from {name}",
    " based on figures of {name}",
)
_VERBS = (
    "shows",
    "shows",
    "depicts",
    "compares",
    "illustrates",
    "charts",
    "captures",
    "maps",
    "traces",
    "presents",
    "sums up",
    "is meant to show",
    "breaks down",
)
_WHOLE = (
    "In this file photo,",
    "In this photo,",
    "Pictured:",
    "Above:",
    "Below:",
    "From left:",
    "Screenshot of",
    "An artist's impression of",
    "Das Bild zeigt",
    "Die Grafik zeigt",
    "Das von einer KI gezeichnete Bild zeigt",
    "Cette photo montre",
    "Le graphique montre",
    "Une image créée par une IA montre",
    "La foto muestra",
    "El gráfico muestra",
    "Esta imagen, creada con IA, muestra",
    "A foto mostra",
    "O gráfico mostra",
    "La grafica mostra",
    "Foto ini memperlihatkan",
    "Grafik ini menunjukkan",
    "Fotoğrafta",
    "Grafik gösteriyor:",
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
    "Photograph: {name}/{other}",
    "Courtesy of {name}",
    "{name} / File photo",
    "({name} via {other})",
    "[{name}]",
    "File photo",
    "Illustration: {name}",
    "Illustration made with an AI tool",
    "AI-generated illustration",
    "A picture that a computer drew",
    "Picture created with artificial intelligence",
    "Graphic by {name}",
    "Source: {name}",
    "Sources: {name}, {other}",
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
_SENTENCE = re.compile(r"[^.!?。！？]+")


def compose_caption(story: Sequence[str], names: Sequence[str], random: np.random.Generator) -> str:
    """Compose a line that could stand under a picture in a story.

    Parameters
    ----------
    story : sequence of str
        Paragraphs, at least one: captions say again what the story says.
    names : sequence of str
        Names that may appear; at least one.
    random : numpy.random.Generator
    """
    if random.random() < 0.35:
        return with_names(pick(_CREDITS, random), names, random)
    kind = random.random()
    fragment = _fragment(story, random)
    if kind < 0.65:
        picture = f"{pick(_DETERMINERS, random)} {pick(_PICTURES, random)}{pick(_MAKERS, random)}"
        line = f"{picture} {pick(_VERBS, random)} {fragment}"
    elif kind < 0.85:
        line = f"{pick(_WHOLE, random)} {fragment}"
    else:
        line = fragment[:1].upper() + fragment[1:]
    if random.random() < 0.5:
        line += "."
    if random.random() < 0.3:
        line = f"{line} {pick(_CREDITS, random)}"
    return with_names(line, names, random)


def _fragment(story: Sequence[str], random: np.random.Generator) -> str:
    """Cut some words out of one of the story's sentences."""
    sentences = _SENTENCE.findall(pick(story, random))
    words = pick(sentences, random).split() if sentences else []
    start = int(random.integers(max(len(words) - 6, 1)))
    return " ".join(words[start : start + int(random.integers(5, 22))])
