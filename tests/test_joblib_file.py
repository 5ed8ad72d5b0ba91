"""Files of joblib: read as joblib reads them, and refused when they hold anything else."""

import io
import os
import pickle
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from filter.joblib_file import NotPlainError, UnreadableFileError, read, write

SAMPLE: dict[str, Any] = {
    "weights": np.arange(6, dtype=np.float32).reshape(2, 3),
    "columns": np.asfortranarray(np.arange(12, dtype=np.int16).reshape(3, 4)),
    "nothing": np.zeros((0, 3), dtype=np.uint8),
    "scalar": np.array(2.5),
    "settings": {"limit": 0.25, "big": 10**40, "none": None, "flags": [True, False], "text": "naïve"},
}

NUMBERS = st.sampled_from([np.bool_, np.int8, np.uint8, np.int32, np.int64, np.float32, np.float64])
ARRAYS = NUMBERS.flatmap(
    lambda kind: arrays_of.arrays(
        kind, arrays_of.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)
    )
)
PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
    | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcdé", max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


def dumped(value: object, **options: Any) -> bytes:
    """Return the file that joblib makes of a value."""
    stream = io.BytesIO()
    joblib.dump(value, stream, **options)
    return stream.getvalue()


def same(one: Any, other: Any) -> bool:
    """Compare values that hold arrays."""
    if isinstance(one, np.ndarray):
        return (
            isinstance(other, np.ndarray)
            and one.dtype == other.dtype
            and np.array_equal(one, other, equal_nan=True)
        )
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


class TestReading:
    """What joblib wrote comes back."""

    @pytest.mark.parametrize("protocol", [4, 5])
    @pytest.mark.parametrize("compress", [0, 1, 9])
    def test_arrays_and_plain_values_come_back(self, protocol: int, compress: int) -> None:
        assert same(read(dumped(SAMPLE, protocol=protocol, compress=compress)), SAMPLE)

    def test_arrays_can_not_be_written_to(self) -> None:
        for array in (read(dumped(SAMPLE))[name] for name in ("weights", "columns", "nothing", "scalar")):
            assert not array.flags.writeable

    def test_foreign_byte_order_is_turned_into_ours(self) -> None:
        array = read(dumped({"a": np.array([1, 2], dtype=">i4")}))["a"]
        assert array.dtype == np.dtype("=i4")
        assert array.tolist() == [1, 2]

    @given(st.dictionaries(st.text("abc", max_size=3), PLAIN, max_size=4))
    @settings(suppress_health_check=[HealthCheck.too_slow])
    def test_reads_as_joblib_does(self, value: dict[str, Any]) -> None:
        data = dumped(value, protocol=4)
        assert same(read(data), joblib.load(io.BytesIO(data)))


class TestWriting:
    """What is written can be read by joblib and by us."""

    @given(value=st.dictionaries(st.text("abc", max_size=3), PLAIN, max_size=4))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
    def test_comes_back_from_both(self, tmp_path: Path, value: dict[str, Any]) -> None:
        write(value, tmp_path / "file")
        assert same(read((tmp_path / "file").read_bytes()), value)
        assert same(joblib.load(tmp_path / "file"), value)

    def test_equal_values_make_equal_files(self, tmp_path: Path) -> None:
        once = "".join(["na", "me"])
        again = "".join(["nam", "e"])
        write({"a": [once, once], "b": (1, 2)}, tmp_path / "one")
        write({"a": [once, again], "b": [1, 2]}, tmp_path / "other")
        assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()

    def test_numbers_of_numpy_become_plain(self, tmp_path: Path) -> None:
        write({"f": np.float32(0.5), "i": np.int64(3), "b": np.bool_(True)}, tmp_path / "file")
        assert read((tmp_path / "file").read_bytes()) == {"f": 0.5, "i": 3, "b": True}

    @pytest.mark.parametrize(
        "value",
        [object(), {1, 2}, b"bytes", float("nan"), float("inf"), np.array(["text"]), np.array([None])],
    )
    def test_anything_else_is_refused_with_its_place(self, tmp_path: Path, value: object) -> None:
        with pytest.raises(NotPlainError, match=r"in \['outer'\]\['inner'\]"):
            write({"outer": {"inner": value}}, tmp_path / "file")


class Mischief:
    """Runs a command when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.path),)


class TestRefusing:
    """Whatever is not arrays and plain values is refused, and nothing in it runs."""

    def test_a_file_that_would_run_a_command_does_not(self, tmp_path: Path) -> None:
        data = dumped({"a": Mischief(tmp_path / "made")})
        with pytest.raises(UnreadableFileError, match=r"asks for the code of (posix|nt)\.mkdir"):
            read(data)
        assert not (tmp_path / "made").exists()
        joblib.load(io.BytesIO(data))
        assert (tmp_path / "made").exists()

    @pytest.mark.parametrize(
        "value",
        [
            {1, 2},
            np.array(["text"]),
            np.array([None, "object"]),
            np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f4")]),
            np.datetime64("2024-05-06"),
            Path("path"),
            b"bytes",
            complex(1, 2),
            {1: "number as a key"},
        ],
    )
    def test_other_values_are_refused(self, value: object) -> None:
        with pytest.raises(UnreadableFileError):
            read(dumped({"a": value}))

    def test_an_estimator_is_refused_by_name(self) -> None:
        linear_model = pytest.importorskip("sklearn.linear_model")
        with pytest.raises(UnreadableFileError, match="LogisticRegression"):
            read(dumped(linear_model.LogisticRegression()))

    @pytest.mark.parametrize("protocol", [0, 1, 2, 3])
    def test_old_protocols_are_refused(self, protocol: int) -> None:
        with pytest.raises(UnreadableFileError):
            read(pickle.dumps(Mischief(Path("made")), protocol=protocol))

    def test_a_shape_that_the_file_can_not_hold_is_refused_before_memory_is_taken(self) -> None:
        data = dumped({"a": np.zeros((200, 100), dtype=np.int8)})
        grown = data.replace(b"K\xc8Kd", b"J\xff\xff\xff\x7fKd".ljust(4))
        assert grown != data
        with pytest.raises(UnreadableFileError):
            read(grown)

    def test_an_array_whose_type_is_no_type_is_refused(self) -> None:
        data = dumped({"a": np.zeros(3, dtype=np.int8)})
        # From the class of numpy's type (its module is in the memo) to its state: all becomes a mere string.
        start, stop = data.index(b"h\x08\x8c\x05dtype\x94\x93"), data.index(b"b\x8c\nallow_mmap") + 1
        changed = data[:start] + b"\x8c\x02i1" + data[stop:]
        with pytest.raises(UnreadableFileError, match="without a type"):
            read(changed)

    def test_a_compression_bomb_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("filter.joblib_file.MAXIMUM_BYTES", 10_000)
        with pytest.raises(UnreadableFileError, match="beyond all measure"):
            read(dumped({"a": np.zeros(10_000, dtype=np.int8)}, compress=9))

    @pytest.mark.parametrize("compress", [0, 3])
    def test_a_file_cut_short_anywhere_is_refused(self, compress: int) -> None:
        data = dumped(SAMPLE, compress=compress)
        for length in range(len(data)):
            with pytest.raises(UnreadableFileError):
                read(data[:length])

    def test_what_only_begins_as_compressed_is_refused(self) -> None:
        with pytest.raises(UnreadableFileError, match="damaged"):
            read(b"\x78\x9c and no more of it")

    def test_a_file_with_any_byte_changed_is_read_or_refused(self) -> None:
        data = dumped(SAMPLE)
        for place in range(len(data)):
            for value in (0, 0x7F, 0x80, 0xFF, data[place] ^ 1):
                changed = data[:place] + bytes([value]) + data[place + 1 :]
                try:
                    read(changed)
                except UnreadableFileError:
                    continue

    @given(st.binary(max_size=200))
    def test_any_bytes_are_read_or_refused(self, data: bytes) -> None:
        for prefix in (b"", b"\x80\x04", b"\x80\x04}\x94(\x8c\x01a\x94"):
            try:
                read(prefix + data)
            except UnreadableFileError:
                continue
