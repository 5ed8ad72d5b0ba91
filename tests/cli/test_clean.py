"""``newsfilter clean``: genuine text on stdout, all else on stderr, exit codes that scripts can trust."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.program import PROGRAM, ROOT, SAMPLES, newsfilter, redirected

CLEAN = SAMPLES / "harbour-ferry.html"
WHOLE = SAMPLES / "bridge-german.html"
TRIMMED = SAMPLES / "library-pbn-tail.html"
DROPPED = Path(__file__).with_name("not_found.html")
BROKEN = Path("/proc/self/mem")
FULL = Path("/dev/full")


def expected(sample: Path) -> str:
    return sample.with_suffix(".expected.txt").read_text(encoding="utf-8")


class TestOutput:
    def test_is_the_text_of_the_article_and_nothing_else(self) -> None:
        run = newsfilter("clean", WHOLE)
        assert (run.code, run.out, run.err) == (0, expected(WHOLE), "")

    def test_standard_input_is_read_for_a_dash_and_by_default(self) -> None:
        for arguments in (("clean", "-"), ("clean",)):
            assert newsfilter(*arguments, stdin=WHOLE.read_bytes()).out == expected(WHOLE)

    def test_texts_of_several_pages_follow_each_other(self) -> None:
        assert newsfilter("clean", WHOLE, TRIMMED).out == f"{expected(WHOLE)}\n{expected(TRIMMED)}"

    def test_the_headline_comes_on_request(self) -> None:
        title = "Hängebrücke über die Lauter öffnet nach vier Jahren Streit"
        assert newsfilter("clean", "--title", WHOLE).out == f"{title}\n\n{expected(WHOLE)}"
        assert newsfilter("clean", "--no-title", WHOLE).out == expected(WHOLE)

    def test_markdown_keeps_headings_and_lists(self) -> None:
        out = newsfilter("clean", "--format", "markdown", CLEAN).out
        assert "\n\n## Two boats, four crew\n\n" in out
        assert "\n- 8.15 pm on Thursdays and Sundays\n- 9.40 pm" in out

    def test_json_is_one_object_for_one_page(self) -> None:
        record = json.loads(newsfilter("clean", "--format", "json", TRIMMED).out)
        assert (record["schema"], record["source"], record["verdict"]) == (1, str(TRIMMED), "trim")
        assert record["text"] + "\n" == expected(TRIMMED)

    def test_json_is_an_array_for_several_pages(self) -> None:
        records = json.loads(newsfilter("clean", "--format", "json", CLEAN, TRIMMED).out)
        assert [record["source"] for record in records] == [str(CLEAN), str(TRIMMED)]

    def test_json_lines_are_one_line_a_page(self) -> None:
        lines = newsfilter("clean", "--format", "jsonl", CLEAN, TRIMMED).out.splitlines()
        assert [json.loads(line)["verdict"] for line in lines] == ["keep", "trim"]

    def test_explain_shows_every_block_with_label_probability_and_reasons(self) -> None:
        run = newsfilter("clean", "--explain", TRIMMED)
        assert run.code == 0
        for label in ("title", "article", "furniture", "spam"):
            assert f"\n{label} " in run.out
        assert "verdict  trim" in run.out
        assert max(map(len, run.out.splitlines())) <= 80

    @pytest.mark.parametrize("format", ["markdown", "json", "jsonl"])
    def test_explain_has_no_other_format(self, format: str) -> None:
        run = newsfilter("clean", CLEAN, "--explain", "--format", format)
        assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
        assert f"leave out --format {format}" in run.err

    def test_is_never_coloured_outside_a_terminal(self) -> None:
        assert "\x1b" not in newsfilter("clean", "--explain", TRIMMED).out

    def test_is_not_coloured_in_a_terminal_either_if_its_user_wants_no_colour(self) -> None:
        explain = ("clean", "--explain", CLEAN)
        assert "\x1b" in newsfilter(*explain, FORCE_COLOR="1").out
        assert "\x1b" not in newsfilter(*explain, FORCE_COLOR="1", NO_COLOR="1").out

    def test_a_record_names_where_the_page_came_from_if_it_is_told(self) -> None:
        address = "https://harbour.example/ferry"
        for arguments, source in (((), str(CLEAN)), (("--url", address), address)):
            assert json.loads(newsfilter("clean", CLEAN, "-f", "json", *arguments).out)["source"] == source

    def test_several_pages_do_not_come_from_one_address(self) -> None:
        run = newsfilter("clean", CLEAN, WHOLE, "--url", "https://harbour.example/ferry")
        assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
        assert "--url is where one page came from" in run.err

    def test_a_page_can_be_read_as_text_or_html(self) -> None:
        page = b"<p>One paragraph of a page.</p>"
        blocks = {
            kind: json.loads(newsfilter("clean", "--format", "json", "--input", kind, stdin=page).out)[
                "blocks"
            ]
            for kind in ("html", "text")
        }
        assert blocks["html"][0]["text"] == "One paragraph of a page."
        assert blocks["text"][0]["text"] == page.decode()

    def test_no_control_sequence_reaches_the_terminal(self) -> None:
        page = CLEAN.read_bytes().replace(b"A late ferry", b"\x1b]0;owned\x07\x1b[31mA late\xc2\x9b2J ferry")
        for options in ((), ("--format", "markdown"), ("--explain",), ("--format", "jsonl")):
            run = newsfilter("clean", *options, stdin=page)
            assert "A late" in run.out
            assert not set("\x1b\x07\x9b") & set(run.out)

    @pytest.mark.parametrize("favour", ["precision", "balanced", "recall"])
    def test_favour_is_passed_on(self, favour: str) -> None:
        assert newsfilter("clean", "--favour", favour, CLEAN).code == 0


class TestDroppedPages:
    def test_print_nothing_and_exit_with_3(self) -> None:
        run = newsfilter("clean", DROPPED)
        assert (run.code, run.out) == (3, "")
        assert run.err.startswith(f"newsfilter: {DROPPED}: dropped: ")
        assert run.err.count("\n") == 1

    def test_print_their_text_when_forced(self) -> None:
        run = newsfilter("clean", "--force", DROPPED)
        assert (run.code, run.err) == (3, "")

    def test_have_a_record_all_the_same(self) -> None:
        run = newsfilter("clean", "--format", "json", DROPPED)
        assert run.code == 3
        assert json.loads(run.out)["verdict"] == "drop"

    def test_do_not_keep_others_back(self) -> None:
        run = newsfilter("clean", DROPPED, WHOLE)
        assert (run.code, run.out) == (3, expected(WHOLE))


class TestBadInput:
    @pytest.fixture
    def bad(self, tmp_path: Path) -> Path:
        return tmp_path / "bad.html"

    def assert_told(self, path: Path, code: int, *words: str) -> None:
        run = newsfilter("clean", path)
        assert (run.code, run.out) == (code, "")
        assert run.err.startswith(f"newsfilter: {path}")
        assert run.err.count("\n") == 1
        for word in words:
            assert word in run.err

    def test_a_missing_file_is_wrong_use(self, bad: Path) -> None:
        self.assert_told(bad, 2, "no such file", "check the path")

    def test_a_folder_is_wrong_use(self, tmp_path: Path) -> None:
        self.assert_told(tmp_path, 2, "is a folder", "newsfilter batch")

    def test_an_empty_name_is_wrong_use(self) -> None:
        run = newsfilter("clean", "")
        assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
        assert "an empty name is no page" in run.err

    def test_a_name_that_no_file_can_have_is_wrong_use(self, tmp_path: Path) -> None:
        self.assert_told(tmp_path / ("a" * 300), 2, "check the path")

    def test_a_path_through_a_file_is_wrong_use(self) -> None:
        self.assert_told(CLEAN / "page.html", 2, "no such file")

    def test_wrong_use_is_told_before_any_page_is_cleaned(self, bad: Path) -> None:
        run = newsfilter("clean", DROPPED, bad)
        assert (run.code, run.out) == (2, "")
        assert run.err.startswith(f"newsfilter: {bad}: no such file")
        assert run.err.count("\n") == 1

    def test_an_empty_file_failed(self, bad: Path) -> None:
        bad.touch()
        self.assert_told(bad, 1, "empty")

    def test_a_binary_file_failed(self, bad: Path) -> None:
        bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
        self.assert_told(bad, 1, "PNG")

    def test_a_page_of_200_megabytes_failed(self, bad: Path) -> None:
        with bad.open("wb") as file:
            file.truncate(200_000_000)  # sparse: takes no room
        self.assert_told(bad, 1, "200,000,000 bytes")

    def test_so_did_one_from_standard_input(self) -> None:
        run = newsfilter("clean", stdin=b"<p>word " * 7_000_000)
        assert (run.code, run.out, run.err.count("\n")) == (1, "", 1)

    def test_an_unreadable_file_is_told(self, bad: Path) -> None:
        bad.touch(mode=0)
        if os.access(bad, os.R_OK):
            pytest.skip("this user may read everything")
        self.assert_told(bad, 2, "permission")

    @pytest.mark.skipif(not BROKEN.exists(), reason="no file here fails while it is read")
    def test_a_file_that_fails_while_it_is_read_keeps_no_other_page_back(self) -> None:
        run = newsfilter("clean", WHOLE, BROKEN, TRIMMED)
        assert (run.code, run.out) == (1, f"{expected(WHOLE)}\n{expected(TRIMMED)}")
        assert run.err.startswith(f"newsfilter: {BROKEN}: the page can't be read (")
        assert run.err.count("\n") == 1

    def test_standard_input_that_is_open_for_writing_alone_has_a_record_too(self) -> None:
        run = redirected(f"0> {os.devnull}", "clean", "--format", "jsonl", "-", WHOLE)
        outcomes = [json.loads(line)["outcome"] for line in run.out.splitlines()]
        assert (run.code, outcomes) == (1, ["undecodable", "ok"])

    def test_each_failed_page_has_its_record(self, bad: Path) -> None:
        bad.write_bytes(b"%PDF-1.7\n" + bytes(100))
        run = newsfilter("clean", "--format", "jsonl", bad, CLEAN)
        outcomes = [json.loads(line)["outcome"] for line in run.out.splitlines()]
        assert (run.code, outcomes) == (1, ["undecodable", "ok"])

    def test_a_failure_weighs_more_than_a_dropped_page(self, bad: Path) -> None:
        bad.touch()
        assert newsfilter("clean", bad, DROPPED).code == 1

    def test_an_unknown_encoding_is_wrong_use(self) -> None:
        run = newsfilter("clean", "--encoding", "klingon", CLEAN)
        assert (run.code, run.out) == (2, "")
        assert "klingon" in run.err

    def test_a_file_that_is_no_model_is_wrong_use(self, bad: Path) -> None:
        bad.write_text("no model")
        for trust in ((), ("--trust-model",), ("--model-digest", "0" * 64)):
            run = newsfilter("clean", "--model", bad, *trust, CLEAN)
            assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
            assert str(bad) in run.err

    def test_a_name_that_is_no_text_is_told(self, tmp_path: Path) -> None:
        odd = os.fsencode(tmp_path) + b"/caf\xe9.html"
        command = [*map(os.fsencode, PROGRAM), b"clean", odd]
        done = subprocess.run(command, capture_output=True, check=False, cwd=ROOT)
        assert done.returncode == 2
        assert b"no such file" in done.stderr
        assert b"Traceback" not in done.stderr

    def test_a_name_that_is_no_utf_8_stands_in_json_as_any_reader_takes_it(self, tmp_path: Path) -> None:
        odd = os.fsencode(tmp_path) + b"/caf\xe9.html"
        Path(os.fsdecode(odd)).write_text("<p>The council voted on Monday.</p>")
        command = [*map(os.fsencode, PROGRAM), b"clean", b"--format", b"json", odd]
        done = subprocess.run(command, capture_output=True, check=False, cwd=ROOT)
        assert json.loads(done.stdout)["source"].endswith("caf\\xe9.html")


class TestStreams:
    @pytest.mark.parametrize("arguments", [(), ("-",), (WHOLE, "-")])
    def test_standard_input_that_is_closed_is_wrong_use(self, arguments: tuple[object, ...]) -> None:
        run = redirected("<&-", "clean", *arguments)
        assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
        assert "give a file" in run.err

    def test_standard_input_that_is_closed_does_not_matter_where_files_are_named(self) -> None:
        run = redirected("<&-", "clean", WHOLE)
        assert (run.code, run.out, run.err) == (0, expected(WHOLE), "")

    def test_standard_output_that_is_closed_is_wrong_use(self) -> None:
        run = redirected(">&-", "clean", WHOLE)
        assert (run.code, run.err.count("\n")) == (2, 1)
        assert "standard output is closed" in run.err

    @pytest.mark.skipif(not FULL.exists(), reason="no file here is always full")
    @pytest.mark.parametrize("pages", [[WHOLE], [CLEAN] * 20])
    def test_standard_output_without_room_is_told_in_one_line(self, pages: list[Path]) -> None:
        run = redirected(f"> {FULL}", "clean", *pages)
        assert (run.code, run.err.count("\n")) == (2, 1)
        assert run.err.startswith("newsfilter: standard output can't be written (")

    @pytest.mark.skipif(not FULL.exists(), reason="no file here is always full")
    @pytest.mark.parametrize("arguments", [("--help",), ("clean", "--help"), ("--version",)])
    def test_neither_help_nor_version_breaks_without_room(self, arguments: tuple[str, ...]) -> None:
        run = redirected(f"> {FULL}", *arguments)
        assert (run.code, run.err.count("\n")) == (2, 1)
        assert run.err.startswith("newsfilter: standard output can't be written (")

    def test_a_message_that_nobody_wants_keeps_no_page_back(self) -> None:
        run = redirected("2>&-", "clean", DROPPED, WHOLE)
        assert (run.code, run.out) == (3, expected(WHOLE))


def test_a_closed_pipe_is_no_error() -> None:
    process = subprocess.Popen(
        [*PROGRAM, "clean", *[str(CLEAN)] * 200], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout
    assert process.stderr
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait()
