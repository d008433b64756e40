"""Who may not read whose application: what would make a reading unfair, or not blind. Nobody is shown why."""

from collections.abc import Collection, Iterable

from trellis.core import clock
from trellis.core.registry import kept_apart
from trellis.learning.models import Application, Call, CallReader
from trellis.learning.programme_access import ENDORSES, RUNS
from trellis.people.models import Membership, Person, Term, Unit, UnitKind

# Where people know each other by what they write.
_CLOSE = frozenset({UnitKind.WORKSITE, UnitKind.COMMITTEE})


def barred_pairs(
    call: Call, applications: Collection[Application], readers: Collection[CallReader]
) -> set[tuple[int, int]]:
    """Return the pairs of application and reader (their keys) that must not be.

    Barred are one's own, those of a common worksite or committee, those whom the reader could endorse, those kept
    apart (see `kept_apart`), and everything for who runs the call, since they see names. A handful of queries.
    """
    owners = {application.pk: application.person_id for application in applications}
    judges = {reader.pk: reader.person_id for reader in readers}
    persons, others = set(owners.values()), set(judges.values())
    apart = {(one, one) for one in persons & others}
    for source in kept_apart:
        apart |= source.pairs(persons, others)
    homes = _homes(persons | others)
    terms = _terms(others)
    see_names = {judge for judge in others if _run(terms[judge], call)}
    for judge in others:
        endorsed = [term.unit for term in terms[judge] if ENDORSES in term.grants]
        for person in persons:
            close = {unit.pk for unit in homes[person] if unit.kind in _CLOSE} & {unit.pk for unit in homes[judge]}
            if close or any(_holds(unit, home) for unit in endorsed for home in homes[person]):
                apart.add((person, judge))
    return {
        (application, reader)
        for application, person in owners.items()
        for reader, judge in judges.items()
        if judge in see_names or (person, judge) in apart
    }


def runs_call(person: Person, call: Call) -> bool:
    """Say whether a term of today lets this person run the call, and with it see whose applications these are."""
    return _run(person.current_terms, call)


def _run(terms: Iterable[Term], call: Call) -> bool:
    return any(RUNS in term.grants and _holds(term.unit, call.programme.unit) for term in terms)


def _holds(outer: Unit, inner: Unit) -> bool:
    return bool(outer.tree_id == inner.tree_id and outer.lft <= inner.lft <= outer.rgt)


def _homes(persons: Collection[int]) -> dict[int, list[Unit]]:
    homes: dict[int, list[Unit]] = {person: [] for person in persons}
    held = Membership.objects.active(clock.today()).filter(person__in=persons).select_related("unit")
    for membership in held:
        homes[membership.person_id].append(membership.unit)
    return homes


def _terms(persons: Collection[int]) -> dict[int, list[Term]]:
    terms: dict[int, list[Term]] = {person: [] for person in persons}
    for term in Term.objects.active(clock.today()).filter(person__in=persons).select_related("role", "unit"):
        terms[term.person_id].append(term)
    return terms
