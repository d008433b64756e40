"""Writes of needs: count anew where enough people have changed, and release what may be shown. Atomic, audited."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from trellis.assessment.instruments import SHORT_SELF
from trellis.assessment.models import Relation, Response
from trellis.core import audit, clock
from trellis.framework.queries import main_tree
from trellis.framework.tree import EditionTree
from trellis.growth.models import NeedCount, NeedRelease
from trellis.growth.need_places import Places, homes, parts_of
from trellis.growth.need_queries import targets_by_role
from trellis.growth.need_tables import Node, Shown, release, whole
from trellis.growth.needs import needs_of, tally
from trellis.growth.queries import levels_of
from trellis.measure.disclosure import THRESHOLD
from trellis.people.models import Membership, Term, UnitKind

# So many persons' answers are read at once.
_AT_ONCE = 2000
# Begins the key of those who belong to a unit directly, and not to a part of it.
_DIRECT = "in:"
_HIDDEN = Shown(None, {})


def refresh_needs(on: dt.date) -> str:
    """Count anew where 10 or more people have changed, and release if anything was; returns a line without names."""
    tree = main_tree()
    counted = count_needs(tree, by=None) if tree else 0
    released = release_needs(tree, by=None) if tree and counted else 0
    return f"{counted} parts counted, {released} units released"


@transaction.atomic
def count_needs(tree: EditionTree, *, by: audit.Actor | None) -> int:
    """Count what members need in every part that is new, or in which 10 or more people have changed since.

    Fewer changes wait for others: a table that differs from the last by one person's answers would show them. Returns
    how many parts were counted.
    """
    places = Places()
    home_of, known = homes(places), {count.unit_id: count for count in NeedCount.objects.select_for_update()}
    finished = Response.objects.filter(
        instrument__code=SHORT_SELF, relation=Relation.SELF, finished_at__isnull=False, subject__isnull=False
    )
    answered = set(finished.values_list("subject_id", flat=True).distinct())
    parts = parts_of(places, home_of, answered, set(known))
    changed = _changed(places, home_of, parts, known)
    due = [
        key
        for key, people in parts.items()
        if (len(people) >= THRESHOLD if key not in known else len(changed[key]) >= THRESHOLD)
    ]
    for key in due:
        _count(places, key, parts[key], tree)
    if due:
        audit.record(by=by, action="growth.needs.count", target=f"edition:{tree.uid}", detail={"parts": len(due)})
    return len(due)


def _changed(
    places: Places, home_of: Mapping[int, int], parts: Mapping[int, Collection[int]], known: Mapping[int, NeedCount]
) -> dict[int, set[int]]:
    """Return who has answered, come, gone, or begun or ended a role since their part was counted; three queries."""
    found: dict[int, set[int]] = defaultdict(set)
    if not known:
        return found
    first = min(count.counted_at for count in known.values())

    def note(person: int, home: int | None, at: dt.datetime) -> None:
        part = next((key for key in places.up_from(home) if key in parts), None)
        if part is not None and part in known and at > known[part].counted_at:
            found[part].add(person)

    given = Response.objects.filter(instrument__code=SHORT_SELF, relation=Relation.SELF, finished_at__gt=first)
    for person, at in given.values_list("subject_id", "finished_at"):
        if person is not None and at is not None:
            note(person, home_of.get(person), at)
    day, today = timezone.localdate(first), clock.today()
    dates = Q(since__gt=day) | Q(until__gte=day, until__lt=today)
    rows = Membership.objects.filter(dates).values_list("person_id", "unit__tree_id", "unit__lft", "since", "until")
    for person, tree, left, since, until in rows:
        note(person, places.at(tree, left), _morning_after(until) if until and until < today else _morning_of(since))
    held = Term.objects.filter(Q(starts__gt=day, starts__lte=today) | Q(ends__gte=day, ends__lt=today))
    for person, starts, ends in held.values_list("person_id", "starts", "ends"):
        note(person, home_of.get(person), _morning_after(ends) if ends and ends < today else _morning_of(starts))
    return found


def _morning_of(day: dt.date) -> dt.datetime:
    """When a day begins: what begins on the very day of a count was in it, or waits for another change."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _morning_after(day: dt.date) -> dt.datetime:
    return _morning_of(day + dt.timedelta(days=1))


def _count(places: Places, key: int, people: Collection[int], tree: EditionTree) -> None:
    """Count one part; persons without a known level say nothing."""
    known = targets_by_role(tree)
    roles = _roles(people)
    needs, many = [], 0
    for some in _chunks(sorted(people)):
        for person, standing in levels_of(tree, some).items():
            if standing:
                many += 1
                needs.append(needs_of(standing, known.get(roles.get(person, 0)), top=tree.top))
    unit = places.by_key[key]
    above = unit if unit.kind != UnitKind.LOCAL else places.by_key.get(places.above[key] or 0, unit)
    NeedCount.objects.update_or_create(
        unit=unit,
        defaults={
            "above": above,
            "edition_id": tree.id,
            "people": many,
            "counts": tally(needs, top=tree.top),
            "counted_at": clock.now(),
        },
    )


def _chunks(people: Sequence[int]) -> Iterator[Sequence[int]]:
    return (people[begun : begun + _AT_ONCE] for begun in range(0, len(people), _AT_ONCE))


def _roles(people: Collection[int]) -> dict[int, int]:
    """Return the role of today, by person, whose profile says what is asked of them: the first that has one."""
    held = Term.objects.active(clock.today()).filter(role__profiles__isnull=False).order_by("role__order", "pk")
    found: dict[int, int] = {}
    for person, role in held.values_list("person_id", "role_id"):
        if person in people:
            found.setdefault(person, role)
    return found


@transaction.atomic
def release_needs(tree: EditionTree, *, by: audit.Actor | None) -> int:
    """Put what may be shown of all counts in the place of the last release; returns how many units show anything."""
    before = {
        (row.unit_id, row.is_direct): Shown(row.people, {code: tuple(cells) for code, cells in row.cells.items()})
        for row in NeedRelease.objects.filter(edition_id=tree.id)
    }
    last = NeedRelease.objects.filter(edition_id=tree.id).aggregate(at=Max("released_at"))["at"]
    now, themes = clock.now(), [theme.code for theme in tree.themes]
    rows = [
        NeedRelease(
            unit_id=int(key.removeprefix(_DIRECT)),
            is_direct=key.startswith(_DIRECT),
            edition_id=tree.id,
            people=shown.people,
            cells=dict(shown.needs),
            released_at=now,
        )
        for top_unit in _tops(themes, tree, before, last)
        for key, shown in release(top_unit, themes, top=tree.top).items()
        if shown.people is not None
    ]
    NeedRelease.objects.all().delete()
    NeedRelease.objects.bulk_create(rows, batch_size=500)
    audit.record(by=by, action="growth.needs.release", target=f"edition:{tree.uid}", detail={"units": len(rows)})
    return len(rows)


def _tops(
    themes: Sequence[str],
    tree: EditionTree,
    before: Mapping[tuple[int, bool], Shown],
    last: dt.datetime | None,
) -> list[Node]:
    """Return the units that stand above all others, each with the tree of counts below it.

    A part stays in the table in which it was counted: a local that has moved to another state moves with its next
    count, because two tables would else differ by it alone.
    """
    inside: dict[int, list[Node]] = defaultdict(list)
    for count in NeedCount.objects.filter(edition_id=tree.id).order_by("unit__tree_id", "unit__lft"):
        is_direct = count.unit_id == count.above_id
        is_unchanged = last is not None and count.counted_at <= last
        shown = before.get((count.unit_id, is_direct), _HIDDEN) if is_unchanged else None
        key = f"{_DIRECT if is_direct else ''}{count.unit_id}"
        inside[count.above_id].append(Node(key, count.people, count.counts, (), shown))
    places, tops = Places(), []
    for unit in reversed(places.units):
        parts = inside.pop(unit.pk, [])
        if not parts:
            continue
        is_unchanged = all(part.before is not None for part in parts)
        shown = before.get((unit.pk, False), _HIDDEN) if is_unchanged else None
        node = whole(str(unit.pk), parts, themes, top=tree.top, before=shown)
        above = places.above[unit.pk]
        if above is None:
            tops.append(node)
        else:
            inside[above].append(node)
    return tops
