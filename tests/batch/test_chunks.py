"""Chunks end where they always end, wherever one begins to read."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from filter.batch import chunks as chunking
from filter.batch.chunks import Chunk, read_chunks
from filter.batch.journal import Position
from filter.batch.readers import Fields, Reading
from filter.batch.sources import find_sources
from tests.batch.helpers import pages, write_json_lines


def chunks(names: list[str], start: Position) -> list[Chunk]:
    return list(read_chunks(find_sources(names), Reading(Fields(), 10_000), start))


@given(
    lengths=st.lists(st.integers(0, 200), min_size=1, max_size=4),
    largest=st.integers(1, 90),
    bytes_a_chunk=st.integers(1, 5_000),
)
def test_continued_at_any_chunk_the_same_chunks_follow(
    tmp_path_factory: object, lengths: list[int], largest: int, bytes_a_chunk: int
) -> None:
    folder = Path(str(tmp_path_factory.mktemp("chunks")))  # type: ignore[attr-defined]
    names = [
        str(write_json_lines(folder / f"{number}.jsonl", pages(*["page"] * length)))
        for number, length in enumerate(lengths)
    ]
    before = chunking.MAX_PAGES, chunking.MAX_BYTES
    chunking.MAX_PAGES, chunking.MAX_BYTES = largest, bytes_a_chunk
    try:
        whole = chunks(names, Position())
        assert sum(len(chunk.entries) for chunk in whole) == sum(lengths)
        assert all(len(chunk.entries) <= largest for chunk in whole)
        for number in range(0, len(whole), 7):
            rest = chunks(names, whole[number].end)
            assert [chunk.entries for chunk in rest] == [chunk.entries for chunk in whole[number + 1 :]]
    finally:
        chunking.MAX_PAGES, chunking.MAX_BYTES = before


def test_a_large_page_closes_its_chunk(tmp_path: Path, monkeypatch: object) -> None:
    name = str(write_json_lines(tmp_path / "in.jsonl", pages("a", "b" * 9_000, "c", "d")))
    before = chunking.MAX_BYTES
    chunking.MAX_BYTES = 9_000
    try:
        assert [len(chunk.entries) for chunk in chunks([name], Position())] == [2, 2]
    finally:
        chunking.MAX_BYTES = before
