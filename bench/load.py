"""Loads pages with 1 and with several clients, in turns, so that page and floor meet the same moods of the machine."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bench.client import AnswerError, Connection
from bench.figures import Burst
from bench.site import Server

# Both worker processes of the server must have read their templates and trees before anything counts.
_WARM_UP = 24


@dataclass(frozen=True, slots=True)
class Target:
    """What is measured: `make` gives the bytes to send for a client (0 upward) and a turn, `floor` names the rival."""

    name: str
    server: Server
    make: Callable[[int, int], bytes]
    floor: str
    status: int = 200


def repeat(prepared: bytes) -> Callable[[int, int], bytes]:
    """The same request for every client and turn."""
    return lambda client, turn: prepared


class Turns:
    """Counts the turns of each target over the whole run, so that no save says the same twice."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, int], int] = {}

    def next(self, target: Target, client: int) -> bytes:
        """Return the next request of a client."""
        key = (target.name, client)
        turn = self._counts[key] = self._counts.get(key, -1) + 1
        return target.make(client, turn)


def warm(targets: Sequence[Target], turns: Turns) -> None:
    """Ask for everything a few times over fresh connections, which spread over the server's processes."""
    for target in targets:
        for _ in range(_WARM_UP):
            with Connection(target.server.port) as connection:
                _check(target, connection.send(turns.next(target, 0)).status)


def burst(target: Target, turns: Turns, *, clients: int, seconds: float) -> Burst:
    """Load a target with so many clients for about so many seconds; raises AnswerError for an unexpected answer."""

    def client(place: int) -> list[float]:
        taken: list[float] = []
        with Connection(target.server.port) as connection:
            until = time.perf_counter() + seconds
            while not taken or time.perf_counter() < until:
                prepared = turns.next(target, place)
                start = time.perf_counter()
                answer = connection.send(prepared)
                taken.append(time.perf_counter() - start)
                _check(target, answer.status)
        return taken

    begun, busy = time.perf_counter(), target.server.cpu()
    with ThreadPoolExecutor(clients) as pool:
        taken = list(pool.map(client, range(clients)))
    whole = time.perf_counter() - begun
    return Burst(tuple(second for each in taken for second in each), whole, target.server.cpu() - busy)


def _check(target: Target, status: int) -> None:
    if status != target.status:
        raise AnswerError(f"{target.name}: answered {status}, not {target.status}")


def in_turns(
    targets: Sequence[Target], turns: Turns, *, repetitions: int, clients: int, seconds: float
) -> dict[str, list[Burst]]:
    """Return the bursts of each target by name: all targets once, then all again, ABAB."""
    found: dict[str, list[Burst]] = {target.name: [] for target in targets}
    for _ in range(repetitions):
        for target in targets:
            found[target.name].append(burst(target, turns, clients=clients, seconds=seconds))
    return found
