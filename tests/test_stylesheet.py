"""What styles hide from readers, and what only looks like it."""

import pytest

from filter.markup import read_markup
from filter.stylesheet import MOST_NAMES, hide_by_rules, hides, is_shown_again, rules_that_hide


class TestStyleAttributes:
    """The styles of an element itself."""

    @pytest.mark.parametrize(
        "style",
        [
            "display:none",
            "color: red; DISPLAY : None !important",
            "visibility:hidden",
            "visibility:HIDDEN",
            "font-size:0",
            "font-size: 0;",
            "opacity:  0",
            "position:absolute;left:-9999px",
            "left:-4000px",
            "top: -100px",
            "text-indent:-8000px",
            "margin-left:-999em",
            "margin-top:-9999px",
            "opacity:0.0",
            "height:0;overflow:hidden",
            "width: 0px;overflow-x: clip",
            "width:0;display:none",
        ],
    )
    def test_hide_what_no_reader_sees(self, style: str) -> None:
        assert hides(style)

    @pytest.mark.parametrize(
        "style",
        [
            "",
            "display:block",
            "visibility:visible",
            "font-size:0.9em",
            "opacity:0.5",
            "left:-99px",
            "margin-top:-120px",
            "margin-top:-999px",
            "padding-left:100px",
            "line-height:0",
            "height:0;padding-bottom:56%",
            "flex:1;width:0",
            "opacity:0.01",
            "max-height:0",
            "border-width:0",
            "height:0.5em",
            "height:05px",
            "overflow:hidden",
        ],
    )
    def test_do_not_hide_what_is_only_moved_or_small(self, style: str) -> None:
        assert not hides(style)


class TestRules:
    """Rules of a page's style sheets."""

    @pytest.mark.parametrize(
        ("style", "names"),
        [
            (".off{display:none}", {"off"}),
            ("#off { color: red; display: none }", {"off"}),
            (".a,#b{visibility:hidden} .c{color:red}", {"a", "b"}),
            (".off{position:absolute;left:-9999px}", {"off"}),
            (".off{display:none;visibility:hidden}.on{color:red}", {"off"}),
            ("@media print{.ads{display:none}} .off{display:none}", {"off"}),
        ],
    )
    def test_hide_classes_and_ids(self, style: str, names: set[str]) -> None:
        assert rules_that_hide([style]) == names

    @pytest.mark.parametrize(
        "style",
        [
            "@media print{.story{display:none}}",
            "@media (max-width:600px){ .a{color:red} .story{display:none} }",
            "@supports (display:grid){@media print{.story{display:none}}}",
            ".off .story{display:none}",
            ".story:empty{display:none}",
            "p.story{display:none}",
            "p{display:none}",
            "display:none} .story{color:red}",
            ".story{z-index:-999}",
            ".story{background-position: -9999px 0}",
        ],
    )
    def test_under_a_condition_do_not(self, style: str) -> None:
        assert rules_that_hide([style]) == set()

    def test_in_comments_do_not_and_their_braces_do_not_count(self) -> None:
        assert rules_that_hide(["/* .story{display:none} */ .off{display:none}"]) == {"off"}
        assert rules_that_hide(["/* @media print{ */ .off{display:none}"]) == {"off"}
        assert rules_that_hide([".off{display:none} /* never closed .story{display:none}"]) == {"off"}

    @pytest.mark.parametrize(
        ("styles", "shown"),
        [
            ([".story{display:none} .story{display:block}"], True),
            (["#story{display:none}", "#story { color: red; display: flex }"], True),
            ([".story{display:block} .story{display:none}"], False),
            ([".story{display:none} .story{color:red}"], False),
            ([".story{display:none} .off .story{display:block}"], False),
            ([".story{display:none} .mystory{display:block}"], False),
            ([".story{display:none} @media print{.story{display:block}}"], False),
        ],
    )
    def test_are_overruled_by_the_last_one_alone(self, styles: list[str], shown: bool) -> None:
        assert is_shown_again("story", styles) == shown

    def test_that_are_overruled_hide_no_element(self) -> None:
        elements = read_markup("<div class='a b'></div><div class=b></div>").elements
        hide_by_rules(elements, [".a,.b{display:none}", ".a{display:block}"])
        assert elements.hidden == [0, 0, 2, 2]

    @pytest.mark.parametrize("others", [0, 1])
    def test_are_asked_for_only_so_many_names(self, others: int) -> None:
        names = [f"n{number}" for number in range(MOST_NAMES + others)]
        elements = read_markup("".join(f"<p class={name}>x</p>" for name in names)).elements
        hide_by_rules(elements, [f".{name}{{display:none}}.{name}{{display:block}}" for name in names])
        assert set(elements.hidden[2:]) == {2 if others else 0}

    def test_of_several_style_sheets_count_together(self) -> None:
        assert rules_that_hide([".a{display:none}", "", "@media print{", ".b{display:none}"]) == {"a", "b"}

    @pytest.mark.parametrize("role", ["main", "article", "document", "region", "feed", "description", "name"])
    def test_do_not_hide_what_may_be_the_role_of_the_text(self, role: str) -> None:
        assert rules_that_hide([f".{role},.{role}s{{display:none}}"]) == {f"{role}s"}
