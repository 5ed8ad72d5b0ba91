"""Quality signals of a text, in the terms of the field, so that a pipeline can set its own limits.

The rules are those by which three well-known training corpora were filtered:

* Gopher: Rae et al. 2021, "Scaling Language Models: Methods, Analysis & Insights from Training
  Gopher", arXiv:2112.11446, section A1.1 (quality filtering) and table A1 (repetition removal).
* C4: Raffel et al. 2020, "Exploring the Limits of Transfer Learning with a Unified Text-to-Text
  Transformer", JMLR 21(140), section 2.2.
* FineWeb: Penedo et al. 2024, "The FineWeb Datasets: Decanting the Web for the Finest Text Data at
  Scale", arXiv:2406.17557, the additional heuristic filters.

They were made for English. A rule that presupposes a way of writing (spaces between words, marks
at the end of sentences) is left out where a text is written otherwise: see
:class:`~filter.writing.Writing`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from filter.repetition import repetitions
from filter.stopwords import STOP_WORDS
from filter.writing import Writing, count_sentences, has_letter, words_in, writing_of


@dataclass(frozen=True, slots=True)
class Quality:
    """Quality signals of one text.

    A *word* is a run of characters between spaces, without the punctuation
    around it; in scripts without spaces, two characters of Han or kana and
    four of Thai, Lao, Khmer or Myanmar count as one (about the mean length
    of a word there). A *line* is what stands between line breaks and isn't
    blank, a *paragraph* what stands between blank lines. All fractions are
    0 to 1, and 0 for a text without words.

    Attributes
    ----------
    word_count : int
        Number of words (Gopher).
    mean_word_length : float
        Characters a word, on average (Gopher). About 5 in English and 3 in
        Korean, close to the rule's lower bound.
    hash_to_word_ratio, ellipsis_to_word_ratio : float
        Number of ``#``, and of ``…`` or ``...``, divided by the number of
        words: the symbol-to-word ratio (Gopher).
    bullet_line_fraction : float
        Lines that begin with a bullet (Gopher).
    ellipsis_line_fraction : float
        Lines that end in an ellipsis (Gopher).
    alphabetic_word_fraction : float
        Runs between spaces that hold at least one letter; runs of symbols
        alone are counted among all (Gopher).
    stop_word_count : int
        Different stop words, in the language of :data:`~filter.stopwords.STOP_WORDS` that has
        most occurrences (Gopher, whose eight English words head the list).
    stop_word_ratio : float
        Occurrences of these, divided by the number of words.
    duplicate_line_fraction, duplicate_paragraph_fraction : float
        Lines, or paragraphs, that stood in the text before (Gopher).
    duplicate_line_character_fraction, duplicate_paragraph_character_fraction : float
        Characters in these, of all characters in lines or paragraphs
        (Gopher, FineWeb).
    top_2gram_character_fraction to top_4gram_character_fraction : float
        Characters in the most frequent n-gram of words (Gopher); 0 if none
        occurs twice. See :func:`filter.repetition.repetitions`.
    duplicate_5gram_character_fraction to duplicate_10gram_character_fraction : float
        Characters in n-grams that occur more than once (Gopher).
    sentence_count : int
        Runs of ``.``, ``!``, ``?`` and their like in other scripts, before
        white space or the end (C4).
    curly_bracket : bool
        Whether a ``{`` occurs: code rather than prose (C4).
    lorem_ipsum : bool
        Whether "lorem ipsum" occurs: a page unfinished (C4).
    terminal_punctuation_line_fraction : float
        Lines that end in terminal punctuation, an ellipsis not counted (C4,
        FineWeb).
    short_line_fraction : float
        Lines of at most 30 characters (FineWeb).
    writing : Writing
        How most of the letters are written.
    """

    word_count: int
    mean_word_length: float
    hash_to_word_ratio: float
    ellipsis_to_word_ratio: float
    bullet_line_fraction: float
    ellipsis_line_fraction: float
    alphabetic_word_fraction: float
    stop_word_count: int
    stop_word_ratio: float
    duplicate_line_fraction: float
    duplicate_paragraph_fraction: float
    duplicate_line_character_fraction: float
    duplicate_paragraph_character_fraction: float
    top_2gram_character_fraction: float
    top_3gram_character_fraction: float
    top_4gram_character_fraction: float
    duplicate_5gram_character_fraction: float
    duplicate_6gram_character_fraction: float
    duplicate_7gram_character_fraction: float
    duplicate_8gram_character_fraction: float
    duplicate_9gram_character_fraction: float
    duplicate_10gram_character_fraction: float
    sentence_count: int
    curly_bracket: bool
    lorem_ipsum: bool
    terminal_punctuation_line_fraction: float
    short_line_fraction: float
    writing: Writing

    @property
    def failed(self) -> tuple[str, ...]:
        """The rules that the text fails, such as ``"gopher: word_count"``."""
        return tuple(str(rule) for rule in RULES if rule.applies(self) and not rule.passes(self))

    @property
    def score(self) -> float:
        """The share of the rules that apply which the text passes (0 to 1); 0 for a text without words.

        Every rule weighs the same, and half of them are about repetition: a
        score is a summary to sort by, not a probability. Where it matters
        which rule fails, look at `failed` or at the signals.
        """
        if not self.word_count:
            return 0.0
        applying = [rule for rule in RULES if rule.applies(self)]
        return sum(rule.passes(self) for rule in applying) / len(applying)


@dataclass(frozen=True, slots=True)
class Rule:
    """A published rule: the interval in which a signal must lie for a text to pass."""

    source: str
    signal: str
    least: float = -math.inf
    most: float = math.inf
    closed: bool = True
    """Whether a value on the edge of the interval passes."""
    writings: tuple[Writing, ...] = tuple(Writing)
    """The ways of writing for which the rule makes sense."""

    def __str__(self) -> str:
        return f"{self.source}: {self.signal}"

    def applies(self, quality: Quality) -> bool:
        """Whether the rule makes sense for a text written as this one is."""
        return quality.writing in self.writings

    def passes(self, quality: Quality) -> bool:
        """Whether the signal lies in the interval."""
        value = getattr(quality, self.signal)
        return bool(self.least <= value <= self.most if self.closed else self.least < value < self.most)


_SPACED = (Writing.SPACED,)
_MARKED = (Writing.SPACED, Writing.UNSPACED)

RULES = (
    Rule("gopher", "word_count", least=50, most=100_000),
    Rule("gopher", "mean_word_length", least=3, most=10, writings=_SPACED),
    Rule("gopher", "hash_to_word_ratio", most=0.1),
    Rule("gopher", "ellipsis_to_word_ratio", most=0.1),
    Rule("gopher", "bullet_line_fraction", most=0.9),
    Rule("gopher", "ellipsis_line_fraction", most=0.3),
    Rule("gopher", "alphabetic_word_fraction", least=0.8, writings=_SPACED),
    Rule("gopher", "stop_word_count", least=2, writings=_SPACED),
    Rule("gopher", "duplicate_line_fraction", most=0.30),
    Rule("gopher", "duplicate_paragraph_fraction", most=0.30),
    Rule("gopher", "duplicate_line_character_fraction", most=0.20),
    Rule("gopher", "duplicate_paragraph_character_fraction", most=0.20),
    Rule("gopher", "top_2gram_character_fraction", most=0.20),
    Rule("gopher", "top_3gram_character_fraction", most=0.18),
    Rule("gopher", "top_4gram_character_fraction", most=0.16),
    Rule("gopher", "duplicate_5gram_character_fraction", most=0.15),
    Rule("gopher", "duplicate_6gram_character_fraction", most=0.14),
    Rule("gopher", "duplicate_7gram_character_fraction", most=0.13),
    Rule("gopher", "duplicate_8gram_character_fraction", most=0.12),
    Rule("gopher", "duplicate_9gram_character_fraction", most=0.11),
    Rule("gopher", "duplicate_10gram_character_fraction", most=0.10),
    Rule("c4", "sentence_count", least=3, writings=_MARKED),
    Rule("c4", "curly_bracket", most=0),
    Rule("c4", "lorem_ipsum", most=0),
    Rule("fineweb", "terminal_punctuation_line_fraction", least=0.12, closed=False, writings=_MARKED),
    Rule("fineweb", "duplicate_line_character_fraction", most=0.10, closed=False),
    Rule("fineweb", "short_line_fraction", most=0.67, closed=False, writings=_SPACED),
)

SHORT_LINE = 30
"""Characters up to which FineWeb calls a line short."""

_LINE = re.compile(r"\S.*")
_PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
_BULLETS = ("•", "‣", "▶", "◀", "◦", "■", "□", "▪", "▫", "●", "○", "–", "-", "*")
_ELLIPSES = ("...", "…")
_TERMINALS = tuple(".!?。！？｡؟۔।॥։።\"'”’»」』")


def measure(text: str) -> Quality:
    """Measure the quality signals of a text.

    Parameters
    ----------
    text : str
        The cleaned text, one paragraph a line, with or without blank lines
        between.

    Returns
    -------
    Quality
        The signals; their `score` and `failed` rules are read off it.
    """
    lines = [line.rstrip() for line in _LINE.findall(text)]
    paragraphs = [stripped for piece in _PARAGRAPH_BREAK.split(text) if (stripped := piece.strip())]
    pieces = text.split()
    words = words_in(text)
    duplicate_lines, duplicate_line_characters = _duplicates(lines)
    duplicate_paragraphs, duplicate_paragraph_characters = _duplicates(paragraphs)
    stop_word_count, stop_word_occurrences = _stop_words(words)
    by_size = dict(enumerate(repetitions(words, longest=10), start=2))
    return Quality(
        word_count=len(words),
        mean_word_length=_fraction(sum(map(len, words)), len(words)),
        hash_to_word_ratio=_fraction(text.count("#"), len(words)),
        ellipsis_to_word_ratio=_fraction(sum(map(text.count, _ELLIPSES)), len(words)),
        bullet_line_fraction=_fraction(sum(line.startswith(_BULLETS) for line in lines), len(lines)),
        ellipsis_line_fraction=_fraction(sum(line.endswith(_ELLIPSES) for line in lines), len(lines)),
        alphabetic_word_fraction=_fraction(sum(map(has_letter, pieces)), len(pieces)),
        stop_word_count=stop_word_count,
        stop_word_ratio=_fraction(stop_word_occurrences, len(words)),
        duplicate_line_fraction=duplicate_lines,
        duplicate_paragraph_fraction=duplicate_paragraphs,
        duplicate_line_character_fraction=duplicate_line_characters,
        duplicate_paragraph_character_fraction=duplicate_paragraph_characters,
        top_2gram_character_fraction=by_size[2].top,
        top_3gram_character_fraction=by_size[3].top,
        top_4gram_character_fraction=by_size[4].top,
        duplicate_5gram_character_fraction=by_size[5].duplicate,
        duplicate_6gram_character_fraction=by_size[6].duplicate,
        duplicate_7gram_character_fraction=by_size[7].duplicate,
        duplicate_8gram_character_fraction=by_size[8].duplicate,
        duplicate_9gram_character_fraction=by_size[9].duplicate,
        duplicate_10gram_character_fraction=by_size[10].duplicate,
        sentence_count=count_sentences(text),
        curly_bracket="{" in text,
        lorem_ipsum="lorem ipsum" in text.lower(),
        terminal_punctuation_line_fraction=_fraction(sum(map(_is_terminated, lines)), len(lines)),
        short_line_fraction=_fraction(sum(len(line) <= SHORT_LINE for line in lines), len(lines)),
        writing=writing_of(text),
    )


def _fraction(part: float, whole: int) -> float:
    return part / whole if whole else 0.0


def _duplicates(pieces: Sequence[str]) -> tuple[float, float]:
    """The fraction of pieces that stood before, and of all characters the fraction in them."""
    counts = Counter(pieces)
    repeats = len(pieces) - len(counts)
    characters = sum(map(len, pieces))
    return _fraction(repeats, len(pieces)), _fraction(characters - sum(map(len, counts)), characters)


def _stop_words(words: Sequence[str]) -> tuple[int, int]:
    """Different stop words, and their occurrences, in the language that has most occurrences."""
    counts = Counter(words)
    found = [[counts[word] for word in stop_words if word in counts] for stop_words in STOP_WORDS.values()]
    best = max(found, key=sum)
    return len(best), sum(best)


def _is_terminated(line: str) -> bool:
    """Whether a line ends as a sentence does: in a mark, or in a quotation that closes, but no ellipsis."""
    return line.endswith(_TERMINALS) and not line.endswith(_ELLIPSES)
