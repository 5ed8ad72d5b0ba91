"""More than one machine: shards of the sources, each a task for an engine that joblib can drive.

A shard reads and writes on storage that all machines share. It writes under a
name of its own and takes its final name when it is complete, so a shard that
an engine starts a second time, because a machine died or was only thought to,
neither loses nor doubles a page.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import re
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from filter.batch.backend import Backend
from filter.batch.command import Options, job_digest, run
from filter.batch.extras import needed
from filter.batch.outputs import Form, changed, find_output
from filter.batch.overlap import check_apart
from filter.batch.sources import Format, Source, find_sources
from filter.batch.storage import is_remote, read_bytes, size_of, write_bytes
from filter.batch.summary import Summary
from filter.batch.tally import Tally
from filter.errors import CallerError

SHARD_BYTES = 256_000_000
"""A shard is closed when its sources hold so much: some minutes of one core, so that little is done twice."""


_PRIVATE = re.compile(r"\.[0-9a-f]{32}-(?P<name>.+?)(\.journal|\.partial\.jsonl\.zst|\.unfinished)?$")


@dataclass(frozen=True, slots=True)
class Shard:
    """A part of a batch that is done in one piece.

    Attributes
    ----------
    sources : tuple of str
        Its files, in order.
    output : str
        Where its records go.
    job : str
        Digest of what the records depend on.
    """

    sources: tuple[str, ...]
    output: str
    job: str

    @property
    def mark(self) -> str:
        """The file that says how far the shard has come, with its figures once it is complete."""
        return f"{self.output}.done.json"


def run_sharded(
    sources: Sequence[str], output: str, options: Options, backend: Backend, scheduler: str | None = None
) -> Summary:
    """Clean every page of the sources, shard by shard, on an engine's workers.

    Parameters
    ----------
    sources : sequence of str
        Files, folders, patterns, URLs, as every worker finds them.
    output : str
        As for :func:`filter.batch.run`, with a ``*`` where the shard's number goes.
    options : Options
        How to go about it; ``workers`` counts for each shard, 1 by default.
    backend : Backend
        The engine.
    scheduler : str, optional
        The engine's address; without, it runs on this machine.

    Returns
    -------
    Summary
        The figures of all shards.

    Raises
    ------
    CallerError
        If the sources, the output or the engine can't be used as asked.
    """
    began = time.monotonic()
    options = replace(options, workers=options.workers or 1)
    shards = plan_shards(find_sources(sources), output, options)
    joblib = needed("joblib")
    with _engine(backend, scheduler) as workers:
        tasks = (joblib.delayed(run_shard)(shard, options) for shard in shards)
        figures = joblib.Parallel(n_jobs=workers, batch_size=1)(tasks)
    _remove_abandoned(shards)
    tally = Tally()
    for shard_tally in figures:
        tally.add(Tally.from_json(shard_tally))
    return Summary(output, tally, seconds=time.monotonic() - began)


def plan_shards(sources: Sequence[Source], output: str, options: Options) -> list[Shard]:
    """Return the shards of a batch: neighbouring sources, cut by their sizes alone.

    Raises
    ------
    CallerError
        If `output` has no place for the number, or a source can't be read by other processes, or
        would be written over.
    """
    if output.count("*") != 1:
        raise CallerError(f"{output}: shards need a * where their numbers go, as in out/part-*.jsonl.gz")
    if find_output(output.replace("*", "0"), options.spool).form not in (Form.LINES, Form.PARQUET):
        raise CallerError(f"{output}: shards write files, as in out/part-*.jsonl.gz")
    if any(source.format is Format.STANDARD_INPUT for source in sources):
        raise CallerError("shards can't read standard input: name files")
    groups: list[list[Source]] = [[]]
    for source in sources:
        if groups[-1] and sum(each.size for each in groups[-1]) + source.size > SHARD_BYTES:
            groups.append([])
        groups[-1].append(source)
    shards = [
        Shard(
            tuple(source.location for source in group),
            output.replace("*", f"{number:05}"),
            job_digest(group, options),
        )
        for number, group in enumerate(groups)
    ]
    check_apart(sources, (shard.output for shard in shards))
    if not options.overwrite:
        _check_free(shards)
    return shards


def _check_free(shards: Sequence[Shard]) -> None:
    """Refuse outputs that no shard has begun to write."""
    for shard in shards:
        if size_of(shard.output) is not None and read_bytes(shard.mark) is None:
            raise CallerError(
                f"{shard.output} exists already: choose another output, or replace it with --overwrite"
            )


def run_shard(shard: Shard, options: Options) -> dict[str, object]:
    """Do a shard, unless it is complete, and return the figures of its tally.

    It runs in a fresh process: the workers of some engines are daemons, which
    may have no children of their own. When the engine's worker dies, the pipe
    breaks and that process ends, too.
    """
    command = [sys.executable, "-m", "filter.batch.shard"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe) as process:  # noqa: S603 - our own interpreter
        assert process.stdin is not None
        assert process.stdout is not None
        pickle.dump((shard, options), process.stdin)
        process.stdin.flush()
        answer = json.loads(process.stdout.read() or b'{"error": "the shard\'s process was killed"}')
    if "error" in answer:
        raise CallerError(f"{shard.output}: {answer['error']}")
    tally: dict[str, object] = answer["tally"]
    return tally


def complete_shard(shard: Shard, options: Options) -> dict[str, object]:
    """Do a shard in this process, unless it is complete, and mark it as complete."""
    done = None if options.overwrite else _figures_of(shard)
    if done is not None:
        return done
    _mark(shard, length=None)  # so that the output, once it is there, is known for the shard's own
    figures = _attempt(shard, options).tally.as_json()
    _mark(shard, length=size_of(shard.output), tally=figures)
    return figures


def _figures_of(shard: Shard) -> dict[str, object] | None:
    """Return the figures of a shard that is complete; ``None`` for one that has yet to be done."""
    mark = read_bytes(shard.mark)
    if mark is None:
        return None
    done = json.loads(mark)
    if done["job"] != shard.job:
        raise CallerError(f"{shard.mark} is of another job: choose another output, or use --overwrite")
    if done["length"] is None:
        return None
    if (size := size_of(shard.output)) != done["length"]:
        raise CallerError(
            f"{shard.output} was complete but {changed(size, done['length'])}: put it back as it was, "
            f"or remove {shard.mark} to have it done again"
        )
    tally: dict[str, object] = done["tally"]
    return tally


def _mark(shard: Shard, **said: object) -> None:
    """Say how far a shard has come: its length is null until it is complete."""
    if not is_remote(shard.mark):
        Path(shard.mark).parent.mkdir(parents=True, exist_ok=True)
    write_bytes(shard.mark, json.dumps({"job": shard.job, **said}).encode())


def _attempt(shard: Shard, options: Options) -> Summary:
    """Do a shard under a private name, and give the result its final name."""
    if is_remote(shard.output):
        with tempfile.TemporaryDirectory() as spool:
            return run(shard.sources, shard.output, replace(options, spool=Path(spool), overwrite=True))
    final = Path(shard.output)
    private = final.with_name(f".{uuid.uuid4().hex}-{final.name}")
    journal = private.with_name(f"{private.name}.journal")
    try:
        summary = run(shard.sources, str(private), options)
        os.replace(private, final)
    finally:
        private.unlink(missing_ok=True)
        journal.unlink(missing_ok=True)
    return summary


def _remove_abandoned(shards: Sequence[Shard]) -> None:
    """Remove what shards left whose machine died: all that they were to do is done elsewhere."""
    folders = {Path(shard.output).parent for shard in shards if not is_remote(shard.output)}
    names = {Path(shard.output).name for shard in shards}
    for path in (path for folder in folders for path in folder.glob(".*")):
        private = _PRIVATE.match(path.name)
        if private and private["name"] in names:
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def _engine(backend: Backend, scheduler: str | None) -> Iterator[int]:
    """Have joblib use an engine while the block runs; yields for how many tasks at once."""
    parallel_config = needed("joblib").parallel_config
    match backend:
        case Backend.LOKY:
            with parallel_config("loky"):
                yield os.cpu_count() or 1
        case Backend.DASK:
            distributed = needed("distributed", "dask")
            try:
                client = distributed.Client(scheduler)
            except (OSError, ValueError) as error:
                raise CallerError(f"no Dask scheduler answers at {scheduler}: {error}") from error
            with client, parallel_config("dask", client=client, wait_for_workers_timeout=60):
                yield -1
        case Backend.RAY:
            ray = needed("ray", "ray")
            try:
                ray.init(address=scheduler, log_to_driver=False, ignore_reinit_error=True)
            except Exception as error:  # Ray raises no narrower one when its processes don't come up
                raise CallerError(
                    f"no Ray cluster answers at {scheduler or 'this machine'}: {error}"
                ) from error
            needed("ray.util.joblib", "ray").register_ray()
            try:
                with parallel_config("ray"):
                    yield -1
            finally:
                ray.shutdown()
