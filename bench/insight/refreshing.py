"""What it costs to bring the facts up to date after one in a hundred has answered, beside making them all anew."""

import datetime as dt
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

from django.conf import settings
from django.db import connection, transaction

from bench.tables import Goal
from trellis.assessment.actions import instrument_for
from trellis.assessment.instruments import SHORT_SELF
from trellis.assessment.models import Rating, Response
from trellis.core import clock
from trellis.framework.queries import main_edition
from trellis.insight.actions import close_wave, open_wave
from trellis.insight.facts.marks import midnight
from trellis.insight.facts.refresh import refresh
from trellis.insight.models import Release, ReleasedTable, Wave
from trellis.people.models import Membership, Person, Term, Unit

STATES, LOCALS = 50, 20
_AT_ONCE = 2_000


def measure(folder: Path, repetitions: int, say: Callable[[str], None], *, small: bool) -> list[Goal]:
    """Return the goal of a refresh; the association has answered in two waves, and 1 % answer in the second later."""
    settings.TRELLIS_DATA = folder
    # What a refresh takes whatever has come, for its files and its questions, is a third of a second: of an association
    # much smaller than a national one it would be more than what is measured.
    persons, repetitions = (5_000, repetitions) if small else (600_000, min(3, repetitions))
    begun = time.perf_counter()
    association = _Association(persons)
    made = time.perf_counter() - begun
    full, later = [], []
    for turn in range(repetitions):
        settings.TRELLIS_DATA = folder / str(turn)
        full.append(_timed(refresh))
        association.answer(association.waiting(turn), at=clock.now())
        later.append(_timed(refresh))
    ratio = median([few / all_ for few, all_ in zip(later, full, strict=True)])
    say(
        f"\n== Refresh ==\n{Response.objects.count():,} responses in the database (made in {made:.0f} s): all of them"
        f" {median(full):.2f} s, after 1 % more {median(later):.2f} s"
    )
    return [Goal("refresh after 1 % new responses / all", 0.05, ratio, "", 3)]


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


class _Association:
    def __init__(self, persons: int) -> None:
        self._random = random.Random(1)
        for model in (ReleasedTable, Release, Wave, Rating, Response, Term, Membership, Unit):
            model._default_manager.all().delete()
        edition = main_edition()
        assert edition is not None
        self._instrument = instrument_for(edition, SHORT_SELF, by=None)
        self._edition = edition.pk
        today = clock.today()
        self._days = (today - dt.timedelta(days=300), today - dt.timedelta(days=1))
        for number, day in enumerate(self._days, 1):
            span = (day - dt.timedelta(days=20), day + dt.timedelta(days=2))
            open_wave(code=f"wave-{number}", name=f"Wave {number}", opens_on=span[0], closes_on=span[1], by=None)
        close_wave(Wave.objects.get(code="wave-1"), by=None)
        people = self._members(persons)
        self._random.shuffle(people)
        self._later, self._now = people[: persons // 10], people[persons // 10 :]
        self.answer((person, turn) for turn in (0, 1) for person in self._now)

    def _members(self, persons: int) -> list[Person]:
        locals_ = list(_planted())
        people = [
            Person(email=f"p{n}@example.org", given_name="P", family_name=f"{n}", password="!") for n in range(persons)
        ]
        Person.objects.bulk_create(people, batch_size=_AT_ONCE)
        since = self._days[0] - dt.timedelta(days=400)
        Membership.objects.bulk_create(
            (
                Membership(person=one, unit=locals_[n * len(locals_) // persons], since=since)
                for n, one in enumerate(people)
            ),
            batch_size=_AT_ONCE,
        )
        return people

    def waiting(self, turn: int) -> Iterator[tuple[Person, int]]:
        """Return 1 % of the answers so far, of people from everywhere."""
        size = 2 * len(self._now) // 100
        for person in self._later[turn * size : (turn + 1) * size]:
            yield person, 1

    @transaction.atomic
    def answer(self, who: Iterator[tuple[Person, int]], at: dt.datetime | None = None) -> None:
        """Let people answer in one of the two waves, long ago or at a moment."""
        batch: list[Response] = []
        for person, turn in who:
            finished = at or midnight(self._days[turn]) + dt.timedelta(hours=12)
            batch.append(
                Response(
                    instrument=self._instrument,
                    subject=person,
                    rater=person,
                    wave=turn + 1,
                    finished_at=finished,
                )
            )
            if len(batch) == _AT_ONCE:
                self._store(batch)
                batch = []
        self._store(batch)

    def _store(self, batch: Sequence[Response]) -> None:
        if not batch:
            return
        stored = Response.objects.bulk_create(batch)
        with connection.cursor() as cursor:
            # By the database: twenty million objects would take longer than everything that is measured.
            cursor.execute(
                "INSERT INTO assessment_rating"
                " (response_id, theme_id, item, aspect, value, cannot_say, answered_at)"
                " SELECT response.id, theme.id, '', '', abs(random()) % 7, false, response.finished_at"
                " FROM assessment_response response, framework_theme theme"
                " WHERE response.id BETWEEN %s AND %s AND theme.edition_id = %s",
                [stored[0].pk, stored[-1].pk, self._edition],
            )


def _planted() -> Iterator[Unit]:
    """Store a tree of states and locals, and yield the locals."""
    units = [Unit(name="Nation", kind="national", tree_id=1, depth=1, lft=1, rgt=2 * (1 + STATES * (LOCALS + 1)))]
    left = 2
    for state in range(STATES):
        units.append(Unit(name=f"S{state}", kind="state", tree_id=1, depth=2, lft=left, rgt=left + 2 * LOCALS + 1))
        for local in range(LOCALS):
            at = left + 1 + 2 * local
            units.append(Unit(name=f"L{state}-{local}", kind="local", tree_id=1, depth=3, lft=at, rgt=at + 1))
        left += 2 * LOCALS + 2
    stored = Unit.objects.bulk_create(units)
    yield from (unit for unit in stored if unit.kind == "local")
