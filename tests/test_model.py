"""Models: saved, checked before they are read, and refused with a reason."""

import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pytest

from filter import Cleaner
from filter import model as model_module
from filter.errors import CallerError, ModelError
from filter.model import FORMAT, Model, default_digest, default_path, load, record_default, save

MODEL = Model(
    arrays={"weights": np.array([0.5, -1.5], dtype=np.float32), "table": np.eye(3, dtype=np.int8)},
    settings={"threshold": 0.25, "classes": ["article", "spam"]},
    features={"first": ("length", "links"), "second": ("before",)},
    training={"corpora": [{"name": "invented", "digest": "00"}]},
    versions={"numpy": "2.0"},
    figures={"recall": 0.9},
)

Contents = dict[str, Any]


@pytest.fixture
def saved(tmp_path: Path) -> Model:
    """Save the model above."""
    return save(MODEL, tmp_path / "some.joblib")


@pytest.fixture
def default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Model:
    """Make the model above the default one of a package of its own."""
    (tmp_path / "models").mkdir()
    (tmp_path / "filter").mkdir()
    monkeypatch.setattr(model_module, "_PACKAGE", tmp_path / "filter")
    model = save(MODEL, tmp_path / "models" / "default.joblib")
    record_default(model)
    return model


def rewritten(path: Path, change: Callable[[Contents], object]) -> Path:
    """Change what a model file holds, as a foreign program might."""
    contents = joblib.load(path)
    change(contents)
    joblib.dump(contents, path, protocol=4)
    return path


class TestSaving:
    """What was saved comes back."""

    @pytest.mark.parametrize("compress", [0, 9])
    def test_a_model_comes_back_as_it_was(self, tmp_path: Path, compress: int) -> None:
        saved = save(MODEL, tmp_path / "some.joblib", compress=compress)
        loaded = load(tmp_path / "some.joblib", digest=saved.digest)
        assert {name: array.tolist() for name, array in loaded.arrays.items()} == {
            name: array.tolist() for name, array in MODEL.arrays.items()
        }
        assert [array.dtype for array in loaded.arrays.values()] == [np.float32, np.int8]
        for part in ("settings", "features", "training", "versions", "figures"):
            assert getattr(loaded, part) == getattr(MODEL, part)
        assert (
            loaded.digest
            == saved.digest
            == hashlib.sha256((tmp_path / "some.joblib").read_bytes()).hexdigest()
        )
        assert loaded.source == saved.source == str(tmp_path / "some.joblib")

    def test_it_is_not_compressed_unless_asked_for(self, tmp_path: Path) -> None:
        plain = Path(save(MODEL, tmp_path / "plain").source).read_bytes()
        small = Path(save(MODEL, tmp_path / "small", compress=1).source).read_bytes()
        assert plain.startswith(b"\x80\x04")
        assert small.startswith(b"\x78")

    def test_it_can_not_be_changed(self, saved: Model) -> None:
        with pytest.raises(AttributeError):
            saved.digest = "00"  # type: ignore[misc]
        with pytest.raises(ValueError, match="read-only"):
            load(saved.source, trusted=True).arrays["weights"][0] = 1

    def test_the_file_is_a_plain_dictionary_for_joblib(self, saved: Model) -> None:
        contents = joblib.load(saved.source)
        assert contents["format"] == FORMAT
        assert json.loads(contents["facts"])["settings"] == MODEL.settings
        assert contents["arrays"]["weights"].tolist() == [0.5, -1.5]

    def test_equal_models_make_equal_files(self, tmp_path: Path, saved: Model) -> None:
        again = save(replace(MODEL, settings=dict(MODEL.settings)), tmp_path / "again.joblib")
        assert again.digest == saved.digest

    def test_the_libraries_at_hand_are_recorded_unless_it_names_its_own(self, tmp_path: Path) -> None:
        path = tmp_path / "some.joblib"
        assert save(MODEL, path).versions == {"numpy": "2.0"}
        versions = save(replace(MODEL, versions={}), path).versions
        assert versions["numpy"] == np.__version__
        assert versions["joblib"] == joblib.__version__

    def test_libraries_that_are_not_there_are_left_out(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def version(library: str) -> str:
            if library != "numpy":
                raise metadata.PackageNotFoundError(library)
            return "2.1"

        monkeypatch.setattr(metadata, "version", version)
        assert save(replace(MODEL, versions={}), tmp_path / "some.joblib").versions == {"numpy": "2.1"}

    def test_two_models_are_never_equal_for_arrays_can_not_be_compared_at_once(self) -> None:
        assert replace(MODEL) != MODEL
        assert len({MODEL, replace(MODEL)}) == 2

    @pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
    def test_numbers_that_are_not_finite_are_refused(self, tmp_path: Path, value: float) -> None:
        with pytest.raises(ModelError, match="'bad' that are not finite"):
            save(replace(MODEL, arrays={"bad": np.array([1.0, value])}), tmp_path / "some.joblib")

    def test_arrays_among_the_settings_are_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError, match="to its arrays"):
            save(replace(MODEL, settings={"table": np.eye(2)}), tmp_path / "some.joblib")

    def test_numbers_that_no_file_holds_are_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError, match=r"can't be saved.*'wide'"):
            save(replace(MODEL, arrays={"wide": np.ones(2, dtype=np.longdouble)}), tmp_path / "some.joblib")

    def test_a_folder_that_is_not_there_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError, match=r"can't write the model .*No such file.*check the path"):
            save(MODEL, tmp_path / "none" / "some.joblib")

    def test_estimators_are_refused_and_an_older_file_survives(self, saved: Model) -> None:
        with pytest.raises(ModelError, match="settings"):
            save(replace(MODEL, settings={"estimator": object()}), saved.source)
        assert load(saved.source, digest=saved.digest).settings == MODEL.settings
        assert [path.name for path in Path(saved.source).parent.iterdir()] == ["some.joblib"]


class TestTrust:
    """Which files are read at all."""

    def test_a_foreign_file_is_refused_and_the_reason_says_what_to_do(self, saved: Model) -> None:
        with pytest.raises(ModelError, match=r"digest=, --model-digest.*trusted=True, --trust-model"):
            load(saved.source)

    def test_whatever_its_digest_is(self, tmp_path: Path) -> None:
        for number in range(8):
            model = save(replace(MODEL, settings={"number": number}), tmp_path / "some.joblib")
            with pytest.raises(ModelError, match="models of unknown origin"):
                load(model.source)
            for wrong in ("0" * 64, "f" * 64):
                with pytest.raises(ModelError, match="has the digest"):
                    load(model.source, digest=wrong)

    def test_a_word_of_trust_is_never_given_by_accident(self, saved: Model) -> None:
        with pytest.raises(TypeError):
            load(saved.source, saved.digest)  # type: ignore[misc]
        with pytest.raises(TypeError):
            save(MODEL, saved.source, 9)  # type: ignore[misc]

    def test_it_is_read_when_its_digest_is_given(self, saved: Model) -> None:
        for written in (saved.digest, saved.digest.upper(), f" sha256:{saved.digest}\n"):
            assert load(saved.source, digest=written).digest == saved.digest

    def test_it_is_read_when_it_is_said_to_be_trusted(self, saved: Model) -> None:
        assert load(saved.source, trusted=True).settings == MODEL.settings

    def test_a_wrong_digest_is_refused_even_for_a_trusted_file(self, saved: Model) -> None:
        with pytest.raises(ModelError, match=f"has the digest {saved.digest}, not {'0' * 64}"):
            load(saved.source, digest="0" * 64, trusted=True)

    @pytest.mark.parametrize("digest", ["", "abc", "g" * 64, "0" * 63, "0" * 65])
    def test_a_digest_that_is_none_is_the_callers_mistake(self, saved: Model, digest: str) -> None:
        with pytest.raises(CallerError, match="no SHA-256 digest"):
            load(saved.source, digest=digest)

    def test_nothing_is_read_before_the_digest_was_checked(
        self, saved: Model, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(data: bytes) -> None:
            raise AssertionError("the file was read")

        monkeypatch.setattr("filter.joblib_file.read", fail)
        for options in ({}, {"digest": "0" * 64}):
            with pytest.raises(ModelError):
                load(saved.source, **options)
        with pytest.raises(AssertionError):
            load(saved.source, trusted=True)


class TestDefault:
    """The model that comes with the package."""

    def test_it_is_found_in_a_checkout(self, default: Model) -> None:
        assert default_path() == Path(default.source)
        assert load().digest == default.digest == default_digest()

    def test_it_is_found_in_a_wheel_first(self, default: Model) -> None:
        packaged = default_path().parent.parent / "filter" / "default.joblib"
        packaged.write_bytes(default_path().read_bytes())
        assert default_path() == packaged
        assert load().source == str(packaged)

    def test_its_digest_is_in_the_form_that_sha256sum_checks(self, default: Model, tmp_path: Path) -> None:
        line = (tmp_path / "filter" / "default_model.sha256").read_text()
        assert line == f"{default.digest}  default.joblib\n"

    def test_it_needs_no_word_of_trust_by_its_path_either(self, default: Model) -> None:
        assert load(default.source).digest == default.digest

    def test_it_is_refused_when_a_single_bit_was_changed(
        self, default: Model, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        data = Path(default.source).read_bytes()
        monkeypatch.setattr("filter.joblib_file.read", lambda data: pytest.fail("the file was read"))
        for place in range(0, len(data), 50):
            Path(default.source).write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
            with pytest.raises(ModelError, match="not the model that this version of newsfilter came with"):
                load()

    def test_it_is_refused_when_the_package_holds_no_digest(self, default: Model, tmp_path: Path) -> None:
        (tmp_path / "filter" / "default_model.sha256").unlink()
        assert default_digest() == ""
        with pytest.raises(ModelError, match="not the model"):
            load()

    def test_it_must_have_the_digest_that_is_asked_for(self, default: Model) -> None:
        assert load(digest=default.digest).digest == default.digest
        with pytest.raises(ModelError, match="has the digest"):
            load(digest="0" * 64)
        with pytest.raises(CallerError, match="no SHA-256 digest"):
            load(digest="nonsense")

    def test_its_absence_is_told(self, default: Model) -> None:
        Path(default.source).unlink()
        with pytest.raises(ModelError, match=r"can't read the model .*default\.joblib"):
            load()


class TestShipped:
    """The model of this checkout."""

    def test_it_is_the_one_that_the_package_trusts(self) -> None:
        model = load()
        assert model.digest == default_digest()
        assert model.arrays
        assert model.training

    def test_it_is_small(self) -> None:
        assert default_path().stat().st_size <= 5_000_000

    def test_it_needs_neither_joblib_nor_scikit_learn_to_load_and_predict(self) -> None:
        program = (
            "import sys; from filter import clean; clean('<p>The council voted on Monday.</p>')\n"
            "assert not {'joblib', 'sklearn', 'scipy', 'catboost'} & set(sys.modules)"
        )
        subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[1])

    @pytest.mark.parametrize("change", ["leave out", "cut", "flatten"])
    def test_a_trusted_model_with_other_arrays_is_refused(self, change: str) -> None:
        model, missed = load(), []
        for name, array in model.arrays.items():
            arrays = dict(model.arrays)
            if change == "leave out":
                del arrays[name]
            elif change == "cut":
                arrays[name] = array[:-1] if array.ndim else array[()].reshape(1)
            else:
                arrays[name] = array.reshape(-1, 1, 1)
            try:
                Cleaner(replace(model, arrays=arrays))
            except ModelError:
                continue
            missed.append(name)
        assert missed == []


class TestDamage:
    """Files that are not what they should be."""

    def test_a_missing_file_and_a_folder_are_told(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError, match="No such file"):
            load(tmp_path / "none.joblib", trusted=True)
        with pytest.raises(ModelError, match="can't read the model"):
            load(tmp_path, trusted=True)

    def test_a_file_cut_short_anywhere_is_told(self, saved: Model) -> None:
        data = Path(saved.source).read_bytes()
        for length in range(0, len(data), 7):
            Path(saved.source).write_bytes(data[:length])
            with pytest.raises(ModelError, match="copy it again"):
                load(saved.source, trusted=True)

    def test_a_file_too_large_for_a_model_is_not_read(
        self, saved: Model, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        size = Path(saved.source).stat().st_size
        monkeypatch.setattr(model_module, "_MAXIMUM_BYTES", size)
        load(saved.source, trusted=True)
        monkeypatch.setattr(model_module, "_MAXIMUM_BYTES", size - 1)
        with pytest.raises(ModelError, match="too large for a model"):
            load(saved.source, trusted=True)

    @pytest.mark.parametrize("contents", [[1, 2], "text", {}, {"format": "1"}, {"format": True}])
    def test_another_programs_file_is_told(self, tmp_path: Path, contents: object) -> None:
        joblib.dump(contents, tmp_path / "other.joblib", protocol=4)
        with pytest.raises(ModelError, match="no model of newsfilter"):
            load(tmp_path / "other.joblib", trusted=True)

    @pytest.mark.parametrize(
        ("number", "advice"),
        [
            (FORMAT - 1, f"old format {FORMAT - 1}.*train it again"),
            (FORMAT + 1, "newer version.*upgrade newsfilter"),
        ],
    )
    def test_another_format_is_told(self, saved: Model, number: int, advice: str) -> None:
        path = rewritten(Path(saved.source), lambda contents: contents.update(format=number))
        with pytest.raises(ModelError, match=advice):
            load(path, trusted=True)

    @pytest.mark.parametrize("fact", ["settings", "features", "training", "versions", "figures"])
    def test_a_missing_fact_is_told(self, saved: Model, fact: str) -> None:
        def change(contents: Contents) -> None:
            facts = json.loads(contents["facts"])
            del facts[fact]
            contents["facts"] = json.dumps(facts)

        with pytest.raises(ModelError, match=f"has no {fact}"):
            load(rewritten(Path(saved.source), change), trusted=True)

    @pytest.mark.parametrize("names", [5, "length", {"length": 1}, None])
    def test_features_without_names_are_told(self, saved: Model, names: object) -> None:
        def change(contents: Contents) -> None:
            contents["facts"] = json.dumps(json.loads(contents["facts"]) | {"features": {"blocks": names}})

        with pytest.raises(ModelError, match="features without names"):
            load(rewritten(Path(saved.source), change), trusted=True)

    def test_missing_arrays_are_told(self, saved: Model) -> None:
        path = rewritten(Path(saved.source), lambda contents: contents.pop("arrays"))
        with pytest.raises(ModelError, match="has no arrays"):
            load(path, trusted=True)

    @pytest.mark.parametrize("facts", [None, 1, "", "{", "[]", '"text"', "[" * 100_000])
    def test_facts_that_are_none_are_told(self, saved: Model, facts: object) -> None:
        path = rewritten(Path(saved.source), lambda contents: contents.update(facts=facts))
        with pytest.raises(ModelError, match="does not say what it is"):
            load(path, trusted=True)

    def test_arrays_that_are_none_are_told(self, saved: Model) -> None:
        path = rewritten(Path(saved.source), lambda contents: contents["arrays"].update(weights=[1.0]))
        with pytest.raises(ModelError, match="'weights', which is no array"):
            load(path, trusted=True)

    def test_numbers_that_are_not_finite_are_told(self, saved: Model) -> None:
        bad = np.array([np.nan])
        path = rewritten(Path(saved.source), lambda contents: contents["arrays"].update(weights=bad))
        with pytest.raises(ModelError, match="'weights' that are not finite"):
            load(path, trusted=True)

    def test_an_estimator_is_told(self, tmp_path: Path) -> None:
        linear_model = pytest.importorskip("sklearn.linear_model")
        joblib.dump({"format": FORMAT, "model": linear_model.LogisticRegression()}, tmp_path / "other.joblib")
        with pytest.raises(ModelError, match="asks for the code of sklearn"):
            load(tmp_path / "other.joblib", trusted=True)

    def test_a_chain_of_pickles_is_told(self, saved: Model) -> None:
        stream = io.BytesIO()
        joblib.dump({"format": FORMAT}, stream)
        Path(saved.source).write_bytes(stream.getvalue()[:-1])
        with pytest.raises(ModelError, match="can't be read as a model"):
            load(saved.source, trusted=True)


class TestFeatures:
    """The features that a model was made for."""

    def test_the_same_features_are_let_through(self) -> None:
        MODEL.require({step: tuple(str(name) for name in names) for step, names in MODEL.features.items()})

    @pytest.mark.parametrize(
        ("features", "difference"),
        [
            ({"first": ("links", "length"), "second": ("before",)}, "the same, in another order"),
            ({"first": ("length", "links", "new"), "second": ("before",)}, "'first': lacks new"),
            ({"first": ("length",), "second": ("before",)}, "'first': has unknown links"),
            ({"first": ("length", "links")}, "'second': has unknown before"),
            ({"first": ("length", "links"), "second": ("before",), "third": ("x",)}, "'third': lacks x"),
            ({"first": tuple("abcde"), "second": ("before",)}, "lacks a, b, c; has unknown length, links"),
        ],
    )
    def test_other_features_are_told(self, features: dict[str, tuple[str, ...]], difference: str) -> None:
        with pytest.raises(ModelError, match=f"{difference}.*train it again"):
            MODEL.require(features)
