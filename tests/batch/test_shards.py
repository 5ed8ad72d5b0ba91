"""Shards on engines: whatever dies, no page is lost and none is done twice."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from filter.batch import Options
from filter.batch.backend import Backend
from filter.batch.shards import plan_shards, run_sharded
from filter.batch.sources import Format, Source, find_sources
from filter.errors import CallerError
from tests.batch.helpers import options, pages, read_records, write_json_lines


def write_sources(folder: Path, gate: Path) -> list[str]:
    """Write six files of 20 pages, two of which wait for the gate to open."""
    names = []
    for number in range(6):
        texts = [f"page {index} of file {number}" for index in range(20)]
        if number in (1, 2):
            texts[10] = f"WAIT {gate}"
        names.append(str(write_json_lines(folder / f"in-{number}.jsonl", pages(*texts))))
    return names


def all_records(folder: Path) -> list[tuple[str, int]]:
    return [
        (Path(record["source"]).name.partition(":")[0], record["id"])
        for part in sorted(folder.glob("part-*.jsonl.gz"))
        for record in read_records(part)
    ]


EVERY_PAGE = [(f"in-{number}.jsonl", index) for number in range(6) for index in range(20)]


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """One source a shard."""
    monkeypatch.setattr("filter.batch.shards.SHARD_BYTES", 1)


def test_neighbouring_sources_share_a_shard_up_to_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("filter.batch.shards.SHARD_BYTES", 100)
    sources = [
        Source(name, Format.PAGE, name, size) for name, size in [("a", 60), ("b", 40), ("c", 1), ("d", 200)]
    ]
    shards = plan_shards(sources, "out/part-*.jsonl", Options(make_cleaner=options().make_cleaner))
    assert [shard.sources for shard in shards] == [("a", "b"), ("c",), ("d",)]
    assert [shard.output for shard in shards] == [f"out/part-0000{n}.jsonl" for n in range(3)]


@pytest.mark.parametrize("output", ["out.jsonl", "out/*/part-*.jsonl", "parts-*/", "-"])
def test_outputs_that_cannot_be_sharded_are_refused(output: str) -> None:
    with pytest.raises(CallerError):
        plan_shards([Source("a", Format.PAGE, "a")], output, options())


def test_a_source_that_a_shard_would_be_written_over_is_refused(tmp_path: Path) -> None:
    source = write_json_lines(tmp_path / "part-00000.jsonl", pages("precious"))
    sources = find_sources([str(source)])
    with pytest.raises(CallerError, match="a source and an output"):
        plan_shards(sources, f"{tmp_path}/part-*.jsonl", options())
    assert plan_shards(sources, f"{tmp_path}/other-*.jsonl", options())


def test_an_output_that_no_shard_has_begun_is_not_touched(tmp_path: Path) -> None:
    source = write_json_lines(tmp_path / "in.jsonl", pages("one"))
    precious, output = tmp_path / "part-00000.jsonl", f"{tmp_path}/part-*.jsonl"
    precious.write_text("precious\n")
    with pytest.raises(CallerError, match="exists already"):
        run_sharded([str(source)], output, options(workers=1), Backend.LOKY)
    assert precious.read_text() == "precious\n"
    run_sharded([str(source)], output, options(workers=1, overwrite=True), Backend.LOKY)
    assert len(read_records(precious)) == 1


def test_a_shard_that_died_before_it_was_marked_as_complete_is_done_again(tmp_path: Path) -> None:
    source = write_json_lines(tmp_path / "in.jsonl", pages("one"))
    output = f"{tmp_path}/part-*.jsonl"
    run_sharded([str(source)], output, options(workers=1), Backend.LOKY)
    mark = tmp_path / "part-00000.jsonl.done.json"
    job = json.loads(mark.read_text())["job"]
    mark.write_text(json.dumps({"job": job, "length": None}))
    (tmp_path / "part-00000.jsonl").write_text("half of ")
    run_sharded([str(source)], output, options(workers=1), Backend.LOKY)
    assert len(read_records(tmp_path / "part-00000.jsonl")) == 1
    assert json.loads(mark.read_text())["tally"]


def test_processes_of_this_machine(tmp_path: Path, small_shards: None) -> None:
    (tmp_path / "gate").touch()
    names = write_sources(tmp_path, tmp_path / "gate")
    output = str(tmp_path / "out" / "part-*.jsonl.gz")
    summary = run_sharded(names, output, options(workers=1), Backend.LOKY)
    assert summary.tally.pages == 120
    assert all_records(tmp_path / "out") == EVERY_PAGE
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()}
    assert run_sharded(names, output, options(workers=1), Backend.LOKY).tally == summary.tally
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()} == before


def test_a_shard_of_another_job_is_not_taken_for_done(tmp_path: Path, small_shards: None) -> None:
    (tmp_path / "gate").touch()
    names = write_sources(tmp_path, tmp_path / "gate")[:1]
    output = str(tmp_path / "out" / "part-*.jsonl.gz")
    run_sharded(names, output, options(), Backend.LOKY)
    with pytest.raises(CallerError, match="another job"):
        run_sharded(names, output, options(text_only=True), Backend.LOKY)


def test_a_shard_that_has_changed_is_not_taken_for_done(tmp_path: Path, small_shards: None) -> None:
    (tmp_path / "gate").touch()
    names = write_sources(tmp_path, tmp_path / "gate")[:2]
    output = str(tmp_path / "out" / "part-*.jsonl.gz")
    run_sharded(names, output, options(workers=1), Backend.LOKY)
    (tmp_path / "out" / "part-00001.jsonl.gz").unlink()
    with pytest.raises(CallerError, match="is gone"):
        run_sharded(names, output, options(workers=1), Backend.LOKY)
    (tmp_path / "out" / "part-00001.jsonl.gz.done.json").unlink()
    run_sharded(names, output, options(workers=1), Backend.LOKY)
    assert all_records(tmp_path / "out") == EVERY_PAGE[:40]


def test_dask_loses_and_doubles_nothing_when_a_worker_is_killed(tmp_path: Path, small_shards: None) -> None:
    distributed = pytest.importorskip("distributed")
    gate = tmp_path / "gate"
    names = write_sources(tmp_path, gate)
    output = str(tmp_path / "out" / "part-*.jsonl.gz")
    killed: list[int] = []
    with distributed.LocalCluster(
        n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        killer = threading.Thread(
            target=kill_a_busy_worker, args=(distributed, cluster, tmp_path / "out", killed, gate)
        )
        killer.start()
        summary = run_sharded(names, output, options(workers=1), Backend.DASK, cluster.scheduler_address)
        killer.join()
    assert len(killed) == 1
    assert summary.tally.pages == 120
    assert all_records(tmp_path / "out") == EVERY_PAGE
    assert not list((tmp_path / "out").glob(".*")), "what the dead worker left is cleared away"


def kill_a_busy_worker(distributed: Any, cluster: Any, output: Path, killed: list[int], gate: Path) -> None:
    """Kill a worker of Dask in the middle of a shard, then let the waiting pages go on."""
    try:
        with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
            deadline = time.monotonic() + 60
            while time.monotonic() < deadline:
                half_done = list(output.glob(".*.journal")) if output.exists() else []
                busy = [worker for worker, tasks in client.processing().items() if tasks]
                if len(half_done) >= 2 and busy and not any(p.stat().st_size == 0 for p in half_done):
                    victim = client.run(os.getpid, workers=busy[:1])[busy[0]]
                    os.kill(victim, signal.SIGKILL)
                    killed.append(victim)
                    return
                time.sleep(0.05)
    finally:
        gate.touch()


def test_ray_runs_the_shards(tmp_path: Path, small_shards: None, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ray")
    monkeypatch.setenv("RAY_raylet_start_wait_time_s", "300")  # a busy machine is no failure
    (tmp_path / "gate").touch()
    names = write_sources(tmp_path, tmp_path / "gate")
    summary = run_sharded(names, str(tmp_path / "out" / "part-*.jsonl.gz"), options(workers=1), Backend.RAY)
    assert summary.tally.pages == 120
    assert all_records(tmp_path / "out") == EVERY_PAGE


def test_the_engine_must_answer(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    source = write_json_lines(tmp_path / "in.jsonl", pages("one"))
    assert find_sources([str(source)])
    with pytest.raises(CallerError, match="no Dask scheduler"):
        run_sharded(
            [str(source)], str(tmp_path / "part-*.jsonl"), options(), Backend.DASK, "nonsense://nowhere"
        )
