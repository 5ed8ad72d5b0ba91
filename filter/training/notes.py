"""Notes under a story: where it comes from, who translated it, what else to read; composed for training."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from filter.training.phrases import pick, with_names

_TEXTS = (
    "This article",
    "This article",
    "This story",
    "This report",
    "This piece",
    "This item",
    "This text",
    "This column",
    "This interview",
    "This dispatch",
    "The article above",
    "The story above",
    "The above report",
    "The English version",
)
_ORIGINS = (
    "",
    "",
    " by {name}",
    " from {name}",
    " from {name}, which belongs to the same group as {other},",
    " from our sister newspaper {name}",
    " from our partner {name}",
    " of {name}, our affiliate,",
    ", first carried by {name},",
    ", which {name} published first,",
    ", which ran in {name} on Friday,",
    " from the {name} newsroom",
)
_TRANSLATED = (
    "was translated",
    "has been translated",
    "was put into English",
    "was rendered into English",
    "was machine-translated",
    "was automatically translated",
    "was condensed and translated",
)
_TOOLS = (
    "",
    " by a computer",
    " by a translation program",
    " by an AI tool",
    " with AI software",
    " with the help of AI",
    " with machine translation",
    " using a language model",
    " by a neural translation engine",
    " from Korean",
    " from the German",
    " from Spanish by {name}",
)
_CHECKED = (
    "",
    " and revised by {other}",
    " and edited for clarity",
    " and reviewed by an editor",
    " and checked by {other}'s staff",
    ", then proofread by {other}",
    " before an editor at {other} reviewed it",
    "; an editor went over it",
    " and has not been checked",
)
_PUBLISHED = (
    "was first published by {name}.",
    "first appeared in {name}.",
    "was originally published in {name} and is republished with permission.",
    "is republished from {name} under a licence.",
    "was produced in partnership with {name}.",
    "was supported by a grant from {name}.",
    "has been updated to add a comment by {name}.",
    "has been corrected: an earlier version misspelled the name of {name}.",
    "was amended on Tuesday to clarify the position of {name}.",
    "may not be copied or redistributed without the permission of {name}.",
    "is part of a series on {name}.",
)
_WHOLE = (
    "Our colleagues at {name} wrote this piece, which we translated automatically and corrected by hand.",
    "The original of this text, from the weekly {name}, was put into English by software, then edited.",
    "An AI tool produced the translation, and an editor of {name} read it before publication.",
    "Translated by AI and reviewed by the {name} newsroom.",
    "Translation: {name}. Editing: {other}.",
    "Reporting by {name}; editing by the news desk",
    "Reporting by {name} and {other}",
    "(Writing by {name}; editing by {other})",
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
    "Contact {name} by e-mail with tips and comments.",
    "Dieser Artikel wurde maschinell übersetzt.",
    "Dieser Text erschien zuerst bei {name} und wurde mit einer KI übersetzt.",
    "Mit Material der Agenturen.",
    "Lesen Sie auch: {name}",
    "Cet article a été traduit automatiquement.",
    "Cet article de {name} a été traduit par un logiciel, puis relu par la rédaction.",
    "Lire aussi : {name}",
    "Este artículo fue traducido automáticamente.",
    "Este texto de {name} fue traducido con ayuda de una IA y revisado por un editor.",
    "Lea también: {name}",
    "Este texto foi traduzido por um programa e revisto por {name}.",
    "Leia também: {name}",
    "Artikel ini diterjemahkan oleh mesin dan disunting oleh {name}.",
    "Baca juga: {name}",
    "Материал переведён автоматически и отредактирован {name}.",
    "Читайте также: {name}",
    "İlgili haber: {name}",
    "Xem thêm: {name}",
)


def compose_note(names: Sequence[str], random: np.random.Generator) -> str:
    """Compose a line that could stand under a story without being part of it.

    Parameters
    ----------
    names : sequence of str
        Names that may appear; at least one.
    random : numpy.random.Generator
    """
    kind = random.random()
    if kind < 0.4:
        line = pick(_WHOLE, random)
    elif kind < 0.6:
        line = f"{pick(_TEXTS, random)} {pick(_PUBLISHED, random)}"
    else:
        origin, translated = pick(_ORIGINS, random), pick(_TRANSLATED, random)
        how = f"{translated}{pick(_TOOLS, random)}{pick(_CHECKED, random)}"
        line = f"{pick(_TEXTS, random)}{origin} {how}."
    return with_names(line, names, random)
