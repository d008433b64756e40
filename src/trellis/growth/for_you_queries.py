"""Reads for "for you": the person as the rule sees them, and the offerings that fit, with their sessions."""

import uuid
from collections.abc import Iterable, Set
from dataclasses import dataclass

from django.db.models import Count, F, Q

from trellis.core import clock
from trellis.framework.tree import EditionTree
from trellis.growth.access import own_goals
from trellis.growth.catalogue_index import catalogue_index
from trellis.growth.for_you import Entry, Pick, Place, Reader, judge, rank, too_high, wants_of
from trellis.growth.for_you_words import not_yet, why
from trellis.growth.next_action import gaps
from trellis.growth.queries import Aim, aim_of, standing_for
from trellis.growth.standing import Standing
from trellis.learning.models import Offering, Session, SignUp, SignUpStatus
from trellis.people.models import Person, Unit, around
from trellis.people.queries import home_unit

# So many of the best are looked at again with the seats that are left.
_POOL = 40


@dataclass(frozen=True, slots=True)
class ForYou:
    """What fits a person: the picks, what their reasons need to be said, and whether anything is known of them."""

    picks: tuple[Pick, ...]
    aim: Aim
    is_known: bool
    wants: int


@dataclass(frozen=True, slots=True)
class _Told:
    reader: Reader
    aim: Aim
    standing: Standing


def for_you(person: Person, tree: EditionTree, *, most: int, passed: Set[int] | None = None) -> ForYou:
    """Return the offerings that fit a person best, at most so many; ten queries, one more without `passed`.

    What they took, are signed up for or passed over (`passed`, by key) is left out. Seats are counted for the best 40
    alone: an offering whose dates are full goes down among these.
    """
    told = _told(person, tree)
    now = clock.now()
    entries = catalogue_index().teaching_any(told.reader.wants.values())
    gone = _taken(person) | (passed if passed is not None else {one.pk for one in passed_over(person)})
    pool = rank((entry for entry in entries if entry.key not in gone), told.reader, now=now)[:_POOL]
    full = full_sessions(pool)
    picks = rank((pick.entry for pick in pool), told.reader, now=now, full=full) if full else pool
    return ForYou(tuple(picks[:most]), told.aim, bool(told.standing.known), len(told.reader.wants))


def fit_of(person: Person, tree: EditionTree, offering_uid: uuid.UUID) -> dict[str, list[str]] | None:
    """Return in words why an offering fits a person (`reasons`), or what comes first (`not_yet`).

    None for neither, and for what is not listed. Nine queries.
    """
    entry = catalogue_index().entries.get(offering_uid)
    told = _told(person, tree) if entry is not None else None
    if entry is None or told is None or not told.standing.known:
        return None
    found = judge(entry, told.reader, now=clock.now())
    if found is None:
        later = too_high(entry, told.reader)
        return {"not_yet": not_yet(later, told.reader.levels, tree)} if later else None
    found = judge(entry, told.reader, now=clock.now(), full=full_sessions([found])) or found
    return {"reasons": why(found, told.aim, tree)}


def _told(person: Person, tree: EditionTree) -> _Told:
    standing, aim = standing_for(tree, person), aim_of(person, tree)
    levels = {theme.theme.uid.int: theme.level for theme in standing.themes if theme.is_known}
    goals = dict(own_goals(person).going().values_list("theme_code", "target_level").order_by("target_level"))
    ways = gaps(standing, targets=aim.targets, focus_domain=aim.domain_code, top=tree.top)
    wants = wants_of(ways, goals, aim.targets, levels, tree.theme_by_code)
    return _Told(Reader(wants, levels, person.language, homes_of(person)), aim, standing)


def homes_of(person: Person) -> tuple[Place, ...]:
    """Return the units that a person is in, from the nearest to the top; two queries."""
    home = home_unit(person)
    if home is None:
        return ()
    units = Unit.objects.filter(around([home])).order_by("-lft")
    return tuple(Place(unit.tree_id, unit.lft, unit.rgt, unit.kind, unit.name) for unit in units)


def _taken(person: Person) -> set[int]:
    """Offerings that a person took or is signed up for; one query."""
    going = Q(status__in=[SignUpStatus.SEAT, SignUpStatus.WAITING], session__ends_at__gt=clock.now())
    taken = SignUp.objects.filter(Q(came=True) | going, person=person)
    return set(taken.values_list("session__offering_id", flat=True))


def full_sessions(picks: Iterable[Pick]) -> frozenset[int]:
    """Return the keys of the coming sessions of these offerings that have no seat left; one query."""
    keys = [date.key for pick in picks for date in pick.entry.dates if date.seats is not None]
    if not keys:
        return frozenset()
    counted = Session.objects.filter(pk__in=keys).annotate(held=Count("sign_ups", filter=Q(sign_ups__status="seat")))
    return frozenset(counted.filter(held__gte=F("seats")).values_list("pk", flat=True))


def passed_over(person: Person) -> list[Offering]:
    """Return what a person does not want to be shown, the newest first; one query."""
    own = Offering.objects.filter(passed_over__person=person)
    return list(own.select_related("unit").order_by("-passed_over__at", "pk"))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An offering that fits, with the reasons in words."""

    entry: Entry
    reasons: list[str]


def with_words(found: ForYou, tree: EditionTree) -> list[Suggestion]:
    """Return the picks with their reasons, in the same order; no query."""
    return [Suggestion(pick.entry, why(pick, found.aim, tree)) for pick in found.picks]
