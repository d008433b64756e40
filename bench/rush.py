"""Everybody at once: two hundred people answer all themes over real connections; then every answer is looked for."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.core.management import CommandError, call_command

from bench.client import Connection, request
from bench.figures import percentile
from bench.pages import place_of
from bench.people import Answering, People, ratings_of


@dataclass(frozen=True, slots=True)
class Rush:
    """What came of it; `p99` in milliseconds, `rate` in answers per second, `damage` empty when the file is whole."""

    people: int
    answers: int
    errors: int
    lost: int
    p50: float
    p99: float
    rate: float
    damage: str


def rush(people: People, port: int, *, count: int, clients: int) -> Rush:
    """Let so many people answer every theme; each client takes a share of them, all under way at the same time."""
    crowd = [people.answering() for _ in range(count)]
    themes = [(theme.id, theme.code) for theme in people.tree.themes]
    top = people.tree.top

    def chosen(one: Answering, place: int) -> int:
        return (one.person + place) % (top + 1)

    def client(share: Sequence[Answering]) -> tuple[list[float], int]:
        taken, errors = [], 0
        with Connection(port) as wire:
            # Theme by theme, so that all are answering from the first moment to the last.
            for place, (_, code) in enumerate(themes):
                for one in share:
                    session, path = place_of(one)
                    form = {"step": chosen(one, place), "age_ms": 0}
                    prepared = request(f"{path}{code}/", session=session, form=form, headers={"X-Trellis-Outbox": "1"})
                    start = time.perf_counter()
                    answer = wire.send(prepared)
                    taken.append(time.perf_counter() - start)
                    errors += answer.status != 200 or b'"stored"' not in answer.body
        return taken, errors

    begun = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        found = list(pool.map(client, [crowd[place::clients] for place in range(clients)]))
    whole = time.perf_counter() - begun
    taken = [second for seconds, _ in found for second in seconds]
    lost = sum(
        stored.get(theme, -1) != 2 * chosen(one, place)
        for one in crowd
        for stored in [ratings_of(one.response)]
        for place, (theme, _) in enumerate(themes)
    )
    return Rush(
        people=count,
        answers=len(taken),
        errors=sum(errors for _, errors in found),
        lost=lost,
        p50=1000 * percentile(taken, 0.5),
        p99=1000 * percentile(taken, 0.99),
        rate=len(taken) / whole,
        damage=_damage(),
    )


def _damage() -> str:
    try:
        with open("/dev/null", "w", encoding="utf-8") as nowhere:
            call_command("verify", stdout=nowhere)
    except CommandError as error:
        return str(error)
    return ""
