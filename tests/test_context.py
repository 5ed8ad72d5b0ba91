"""Probabilities become labels: each decision on both sides of its edge."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filter.context import (
    ARTICLE,
    COPY_WORDS,
    FURNITURE,
    LABELS,
    LEAST_LIKELY,
    MOSTLY_SEEN,
    SPAM,
    SUSPECT_CHARACTERS,
    TITLE,
    choose_main_content,
    choose_suspects,
    decide_main_content,
    drop_copies,
    keep_headings,
    label,
    leave_out_hidden,
)
from filter.features.batch import gather
from filter.markup import read_markup
from filter.page import text_page
from tests.batches import flags, floats, pages_of


def expected_measure(chosen: list[bool], chances: list[float], lengths: list[float], beta: float) -> float:
    """Compute the expected F-measure of a choice, as the definition has it."""
    found = sum(p * n for p, n, kept in zip(chances, lengths, chosen, strict=True) if kept)
    taken = sum(n for n, kept in zip(lengths, chosen, strict=True) if kept)
    hoped = sum(p * n for p, n in zip(chances, lengths, strict=True))
    return (1 + beta**2) * found / (beta**2 * hoped + taken)


class TestMainContent:
    """Which blocks are main content."""

    def test_a_clear_page_is_cut_in_two(self) -> None:
        batch = pages_of([20, 20, 20, 20])
        assert choose_main_content(batch, floats(0.05, 0.95, 0.9, 0.1), 1.0).tolist() == [
            False,
            True,
            True,
            False,
        ]

    def test_an_unclear_page_keeps_what_a_clear_one_would_not(self) -> None:
        batch = pages_of([20, 20, 20])
        assert choose_main_content(batch, floats(0.4, 0.4, 0.4), 1.0).all()
        assert choose_main_content(batch, floats(1.0, 1.0, 0.4), 1.0).tolist() == [True, True, False]

    def test_half_of_the_best_measure_is_the_threshold(self) -> None:
        # Beside two sure blocks, the best measure is 0.9 whether a third of 0.45 is kept or not.
        batch = pages_of([20, 20, 20])
        assert choose_main_content(batch, floats(1.0, 1.0, 0.46), 1.0)[2]
        assert not choose_main_content(batch, floats(1.0, 1.0, 0.44), 1.0)[2]

    def test_nothing_is_kept_below_the_least_chance(self) -> None:
        batch = pages_of([20])
        assert choose_main_content(batch, floats(LEAST_LIKELY), 1.0)[0]
        assert not choose_main_content(batch, floats(LEAST_LIKELY - 0.001), 1.0)[0]
        assert LEAST_LIKELY == 0.08

    def test_whoever_fears_loss_keeps_more(self) -> None:
        batch = pages_of([20, 20, 20])
        chances = floats(0.9, 0.35, 0.15)
        kept = [int(choose_main_content(batch, chances, beta).sum()) for beta in (0.5, 1.0, 2.0)]
        assert kept == sorted(kept)
        assert kept[0] < kept[2]

    def test_loss_counts_by_the_square_of_what_is_feared(self) -> None:
        # With beta 2, both beat the first alone where 4 s^2 - 2.6 s >= 1.8: s, their sum, from 1.0704 on.
        batch = pages_of([20, 20])
        assert choose_main_content(batch, floats(0.9, 0.18), 2.0)[1]
        assert not choose_main_content(batch, floats(0.9, 0.16), 2.0)[1]

    def test_but_not_everything(self) -> None:
        # The first alone reaches 5 * 0.9 / (4 * 1.0 + 1) = 0.90, both reach 5 * 1.0 / (4 * 1.0 + 2) = 0.83.
        assert choose_main_content(pages_of([20, 20]), floats(0.9, 0.1), 2.0).tolist() == [True, False]

    def test_long_blocks_weigh_more_than_short_ones(self) -> None:
        # Beside a long unsure block a short sure one counts for little, and the other way round.
        assert choose_main_content(pages_of([2, 400]), floats(0.9, 0.3), 1.0).all()
        assert choose_main_content(pages_of([400, 2]), floats(0.9, 0.3), 1.0).tolist() == [True, False]

    @pytest.mark.parametrize(("chance", "kept"), [(0.377, False), (0.383, True)])
    def test_each_weighs_its_words_and_half_a_word_more(self, chance: float, kept: bool) -> None:
        # Of 1.5 and 2.5 words, the second joins a sure first from (-1 + sqrt(1 + 5/3)) / (5/3) = 0.380 on.
        assert choose_main_content(pages_of([1, 2]), floats(1.0, chance), 1.0).tolist() == [True, kept]

    def test_blocks_without_words_are_none(self) -> None:
        batch = gather([text_page(["word", "—"])])
        assert batch.words.counts.tolist() == [1, 0]
        assert choose_main_content(batch, floats(0.5, 0.9), 1.0).tolist() == [True, False]

    def test_each_page_is_judged_by_itself(self) -> None:
        lengths = [[20, 5, 20], [], [7], [3, 30]]
        chances = [[0.9, 0.3, 0.5], [], [0.2], [0.1, 0.6]]
        together = choose_main_content(pages_of(*lengths), floats(*chain.from_iterable(chances)), 1.0)
        alone = [
            choose_main_content(pages_of(page), floats(*values), 1.0)
            for page, values in zip(lengths, chances, strict=True)
        ]
        assert together.tolist() == np.concatenate(alone).tolist()

    @given(
        st.lists(st.lists(st.tuples(st.integers(1, 60), st.floats(0, 1, width=32)), max_size=5), max_size=5)
    )
    def test_whatever_the_others_are(self, pages: list[list[tuple[int, float]]]) -> None:
        together = choose_main_content(
            pages_of(*([length for length, _ in page] for page in pages)),
            floats(*(chance for page in pages for _, chance in page)),
            1.0,
        )
        alone = [
            choose_main_content(pages_of([length for length, _ in page]), floats(*(p for _, p in page)), 1.0)
            for page in pages
        ]
        assert together.tolist() == [kept for page in alone for kept in page.tolist()]

    def test_no_blocks_need_no_decision(self) -> None:
        assert choose_main_content(pages_of([]), floats(), 1.0).tolist() == []

    @given(
        st.lists(st.tuples(st.integers(1, 60), st.floats(0.125, 1, width=32)), min_size=1, max_size=8),
        st.sampled_from([0.5, 1.0, 2.0]),
    )
    def test_no_other_threshold_has_a_better_measure(
        self, blocks: list[tuple[int, float]], beta: float
    ) -> None:
        lengths, chances = [length + 0.5 for length, _ in blocks], [chance for _, chance in blocks]
        chosen = choose_main_content(pages_of([length for length, _ in blocks]), floats(*chances), beta)
        best = max(
            expected_measure([chance >= least for chance in chances], chances, lengths, beta)
            for least in chances
        )
        assert expected_measure(chosen.tolist(), chances, lengths, beta) >= best - 1e-6


class TestLabels:
    """How decisions go together."""

    def test_spam_outranks_a_title_and_a_title_the_article(self) -> None:
        nothing = floats(0, 0, 0, 0)
        labelling = label(
            flags(0, 1, 1, 1), flags(0, 0, 1, 1), flags(0, 0, 0, 1), (nothing, nothing, nothing)
        )
        assert labelling.labels.tolist() == [FURNITURE, ARTICLE, TITLE, SPAM]
        assert [str(LABELS[number]) for number in (TITLE, ARTICLE, FURNITURE, SPAM)] == [
            "title",
            "article",
            "furniture",
            "spam",
        ]

    def test_each_judge_divides_what_the_one_before_has_left(self) -> None:
        none = flags(0)
        found = label(none, none, none, (floats(0.3), floats(0.2), floats(0.4))).probabilities[0]
        assert found[SPAM] == pytest.approx(0.4)
        assert found[TITLE] == pytest.approx(0.6 * 0.2)
        assert found[ARTICLE] == pytest.approx(0.6 * 0.8 * 0.3)
        assert found[FURNITURE] == pytest.approx(0.6 * 0.8 * 0.7)

    @given(st.tuples(*[st.floats(0, 1, width=32)] * 3))
    def test_probabilities_sum_to_one(self, chances: tuple[float, float, float]) -> None:
        main, title, spam = chances
        none = flags(0)
        row = label(none, none, none, (floats(main), floats(title), floats(spam))).probabilities[0]
        assert row.sum() == pytest.approx(1, abs=1e-6)
        assert (row >= 0).all()


class TestSuspects:
    """Which blocks the search for spam reads."""

    def test_what_passes_for_the_article_and_what_might(self) -> None:
        batch = pages_of([2, 2, 2, 2])
        chances = floats(0.0, LEAST_LIKELY, LEAST_LIKELY - 0.001, LEAST_LIKELY + 0.3)
        assert choose_suspects(batch, flags(1, 0, 0, 0), chances).tolist() == [True, True, False, True]

    def test_hidden_prose_and_no_hidden_labels(self) -> None:
        long, short = "a" * SUSPECT_CHARACTERS, "a" * (SUSPECT_CHARACTERS - 1)
        batch = gather([read_markup(f"<div hidden>{long}</div><div hidden>{short}</div><div>{long}</div>")])
        nothing = np.zeros(3, dtype=bool)
        assert choose_suspects(batch, nothing, floats(0, 0, 0)).tolist() == [True, False, False]
        assert SUSPECT_CHARACTERS == 40

    def test_hidden_prose_of_any_length(self) -> None:
        batch = gather([read_markup(f"<div hidden>{'a' * (5 * SUSPECT_CHARACTERS)}</div>")])
        assert choose_suspects(batch, flags(0), floats(0)).all()

    def test_what_only_a_rule_of_the_style_sheet_hides_may_be_shown_by_another(self) -> None:
        long = "a" * SUSPECT_CHARACTERS
        batch = gather([read_markup(f"<style>.x{{display:none}}</style><div class=x>{long}</div>")])
        assert not choose_suspects(batch, flags(0), floats(0)).any()


SECTION = "<p>one</p><h2>two</h2><p>three</p>"


class TestHeadings:
    """Which headings come along with what they stand between."""

    def test_a_heading_between_two_kept_blocks_is_kept(self) -> None:
        batch = gather([read_markup(SECTION)])
        kept = keep_headings(batch, flags(1, 0, 1), floats(0.9, LEAST_LIKELY, 0.9))
        assert kept.tolist() == [True, True, True]

    def test_it_is_kept_wherever_on_the_page_it_stands(self) -> None:
        batch = gather([read_markup(f"<p>zero</p>{SECTION}<p>four</p>")])
        kept = keep_headings(batch, flags(0, 1, 0, 1, 0), floats(0.1, 0.9, 0.9, 0.9, 0.1))
        assert kept.tolist() == [False, True, True, True, False]

    @pytest.mark.parametrize("main", [flags(0, 0, 1), flags(1, 0, 0), flags(0, 0, 0)])
    def test_it_needs_both(self, main: np.ndarray) -> None:
        batch = gather([read_markup(SECTION)])
        assert keep_headings(batch, main, floats(0.9, 0.9, 0.9)).tolist() == main.tolist()

    def test_a_hopeless_one_is_not_kept(self) -> None:
        batch = gather([read_markup(SECTION)])
        assert not keep_headings(batch, flags(1, 0, 1), floats(0.9, LEAST_LIKELY - 0.001, 0.9))[1]

    @pytest.mark.parametrize("other", ["p", "li", "blockquote", "figcaption", "pre"])
    def test_what_is_no_heading_is_not(self, other: str) -> None:
        batch = gather([read_markup(f"<p>one</p><{other}>two</{other}><p>three</p>")])
        assert not keep_headings(batch, flags(1, 0, 1), floats(0.9, 0.9, 0.9))[1]

    def test_neighbours_on_other_pages_do_not_count(self) -> None:
        pages = ["<p>one</p>", "<h2>two</h2><p>three</p>"]
        batch = gather([read_markup(page) for page in pages])
        assert not keep_headings(batch, flags(1, 0, 1), floats(0.9, 0.9, 0.9))[1]

    @pytest.mark.parametrize("blocks", [0, 1, 2])
    def test_pages_too_short_for_it_are_left_as_they_are(self, blocks: int) -> None:
        batch = gather([read_markup("<h2>two</h2>" * blocks)])
        assert keep_headings(batch, np.ones(blocks, dtype=bool), floats(*[0.9] * blocks)).all()


class TestCopies:
    """What stands in the main content already."""

    @pytest.mark.parametrize("words", [COPY_WORDS, COPY_WORDS + 8])
    def test_the_first_of_equals_stays(self, words: int) -> None:
        batch = pages_of([words, words, words])
        assert drop_copies(batch, flags(1, 1, 1)).tolist() == [True, False, False]

    def test_short_lines_may_be_said_twice(self) -> None:
        batch = pages_of([COPY_WORDS - 1, COPY_WORDS - 1])
        assert drop_copies(batch, flags(1, 1)).all()
        assert COPY_WORDS == 12

    def test_a_copy_outside_the_main_content_takes_nothing_away(self) -> None:
        batch = pages_of([COPY_WORDS, COPY_WORDS])
        assert drop_copies(batch, flags(0, 1)).tolist() == [False, True]

    def test_other_texts_stay(self) -> None:
        batch = pages_of([COPY_WORDS, COPY_WORDS + 1])
        assert drop_copies(batch, flags(1, 1)).all()

    def test_other_pages_may_say_it(self) -> None:
        batch = pages_of([COPY_WORDS], [COPY_WORDS])
        assert drop_copies(batch, flags(1, 1)).all()

    def test_wherever_the_page_stands_in_its_batch(self) -> None:
        page = [COPY_WORDS, COPY_WORDS + 1, COPY_WORDS, COPY_WORDS + 2]
        kept = drop_copies(pages_of([COPY_WORDS, 3, 3], page), np.ones(7, dtype=bool))
        assert kept.tolist() == [True] * 3 + [True, True, False, True]


class TestHidden:
    """What readers don't see."""

    @pytest.mark.parametrize("style", ["<p style='display:none'>", "<p class='off'>"])
    def test_hidden_lines_among_visible_ones_are_left_out(self, style: str) -> None:
        rule = "<style>.off{display:none}</style>"
        batch = gather([read_markup(f"{rule}<p>{'word ' * 40}</p>{style}hidden words</p>")])
        assert leave_out_hidden(batch, flags(1, 1)).tolist() == [True, False]

    def test_a_page_that_shows_itself_by_script_keeps_its_text(self) -> None:
        batch = gather([read_markup("<div style='display:none'><p>one two</p><p>three four</p></div>")])
        assert leave_out_hidden(batch, flags(1, 1)).all()

    @pytest.mark.parametrize(("hidden", "left_out"), [(30, True), (31, False)])
    def test_how_much_of_a_page_may_be_hidden(self, hidden: int, left_out: bool) -> None:
        assert MOSTLY_SEEN == 0.3
        page = f"<p>{'x' * (100 - hidden)}</p><p style='display:none'>{'y' * hidden}</p>"
        assert leave_out_hidden(gather([read_markup(page)]), flags(1, 1)).tolist() == [True, not left_out]


def test_headings_come_back_before_copies_go() -> None:
    line = "word " * COPY_WORDS
    batch = gather([read_markup(f"<p>{line}</p><h2>two</h2><p>{line}</p>")])
    assert decide_main_content(batch, floats(1.0, 0.2, 1.0), 1.0).tolist() == [True, True, False]


def test_every_decision_is_made_of_truth_values() -> None:
    # Whole numbers would pick rows by their places where they are used to choose.
    batch = gather([read_markup("<p>one two</p><h2>three</h2><p hidden>four</p>")])
    main, chances = flags(1, 0, 1), floats(0.9, 0.5, 0.4)
    decisions = [
        choose_main_content(batch, chances, 1.0),
        leave_out_hidden(batch, main),
        keep_headings(batch, main, chances),
        drop_copies(batch, main),
        choose_suspects(batch, main, chances),
    ]
    assert {decision.dtype for decision in decisions} == {np.dtype(bool)}
