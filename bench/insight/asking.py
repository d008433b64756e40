"""Two processes that take turns, one with our questions and one with the rival's; each says how long it took."""

import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from bench.insight import rivals
from bench.insight.ours import questions
from trellis.insight.engine import on_duckdb
from trellis.insight.facts.generations import Store

THREADS = 2
_BYTES = 1024  # getrusage counts in KiB on Linux


@dataclass(frozen=True, slots=True)
class Timed:
    """What one question took, in seconds of the clock and of the processor, and what it answered."""

    wall: float
    cpu: float
    answer: Any


class Asker:
    """A process of its own that answers questions by name."""

    def __init__(self, channel: Connection) -> None:
        self._channel = channel

    def ask(self, name: str) -> Timed:
        """Ask a question and wait."""
        self._channel.send(name)
        found: Timed = self._channel.recv()
        return found

    def peak(self) -> int:
        """Return the most bytes that the process has held at once."""
        self._channel.send("")
        found: int = self._channel.recv()
        return found


@contextmanager
def asker(work: Callable[..., None], *given: Any) -> Iterator[Asker]:
    """Start a process that works, and end it after the block."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(theirs, *given), daemon=True)
    process.start()
    try:
        yield Asker(ours)
    finally:
        process.terminate()
        process.join()


def ask_ours(channel: Connection, folder: Path) -> None:
    """Answer our questions about the facts in a folder."""
    snapshot = Store(folder).current()
    with on_duckdb(snapshot, threads=THREADS) as tables:
        _answer(channel, questions(tables, snapshot.manifest))


def ask_rival(channel: Connection, facts: Path, long: Path, themes: tuple[str, ...]) -> None:
    """Answer the rival's questions."""
    with rivals.connected(THREADS) as connection:
        rivals.views(connection, facts, long)
        texts = rivals.questions(themes)
        _answer(channel, {name: lambda sql=sql: connection.execute(sql).fetchall() for name, sql in texts.items()})


def _answer(channel: Connection, questions: dict[str, Callable[[], Any]]) -> None:
    while True:
        name = channel.recv()
        if not name:
            channel.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _BYTES)
            continue
        wall, cpu = time.perf_counter(), time.process_time()
        answer = questions[name]()
        channel.send(Timed(time.perf_counter() - wall, time.process_time() - cpu, answer))
