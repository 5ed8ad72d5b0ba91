"""Records: the same bytes on every machine."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filter.batch import record

pytest.importorskip("orjson")

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=3), VALUES, max_size=4))
def test_a_line_is_the_same_with_orjson_and_without(values: dict[str, object]) -> None:
    with_orjson = record._json_line(values)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(record, "orjson", None)
        without = record._json_line(values)
    assert json.loads(with_orjson) == json.loads(without) == values
    if all(abs(number) >= 1e-4 or number == 0 for number in _floats(values)):
        assert with_orjson == without


def _floats(value: object) -> list[float]:
    if isinstance(value, float):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [number for item in value for number in _floats(item)] if isinstance(value, list) else []


@pytest.mark.parametrize("text", ["ä", "日本", "\x7f", "\u2028", "\ud800", "a\nb\t\x01"])
def test_so_is_any_text(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    line = record._json_line({"text": text})
    monkeypatch.setattr(record, "orjson", None)
    assert record._json_line({"text": text}) == line


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (float("inf"), None),
        ([float("nan"), "NaN"], [None, "NaN"]),
        (datetime(2026, 1, 31, 12, 30, tzinfo=UTC), "2026-01-31T12:30:00+00:00"),
        (datetime(2026, 1, 31), "2026-01-31T00:00:00"),
        (date(2026, 1, 31), "2026-01-31"),
        (Decimal("1.50"), "1.50"),
        (b"\x89PNG", "iVBORw=="),
    ],
)
@pytest.mark.parametrize("beside", [None, 2**70])
def test_what_json_has_no_value_for_is_null_or_text(
    value: object, written: object, beside: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether orjson takes the rest of the record or not."""
    line = record._json_line({"value": value, "beside": beside})
    assert json.loads(line, parse_constant=pytest.fail) == {"value": written, "beside": beside}
    monkeypatch.setattr(record, "orjson", None)
    assert record._json_line({"value": value, "beside": beside}) == line


@pytest.mark.parametrize("text", ["a\u2028b", "a\u2029b", "a\x85b", "a\x7fb", "a\u201cb"])
def test_a_record_is_one_line_for_every_reader(text: str) -> None:
    line = record._json_line({"text": text})
    assert len(line.decode().splitlines()) == 1
    assert json.loads(line)["text"] == text
