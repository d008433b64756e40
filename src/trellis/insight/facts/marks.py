"""Marks: sums over blocks of rows, by which a snapshot sees what has changed in the database without reading it all."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import BigIntegerField, Case, Count, ExpressionWrapper, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast
from django.utils import timezone

from trellis.assessment.instruments import SHORT_SELF, THREE_SIXTY
from trellis.assessment.models import Response
from trellis.insight.attributes import Attribute
from trellis.insight.facts.layout import NEVER
from trellis.insight.facts.manifest import WaveFacts
from trellis.insight.facts.people import BLOCK
from trellis.insight.facts.reading import Days, Reader, day_or, numbers, whole
from trellis.people.models import Membership, OwnGroup, Person, Term

# Responses come in blocks of this many keys.
RESPONSES = 8_192

# What was summed, by wave or source and block, as in "2:17": JSON knows no other keys than text.
Marks = dict[str, list[int]]


def response_marks(reader: Reader, wave: WaveFacts, before: Marks, since: dt.datetime | None) -> Marks:
    """Return the marks of all responses that belong to a wave, by wave and block.

    `since` is when those of `before` were made.
    """
    sums = (Count("pk"), _sum("pk"), _sum("subject_id"))
    rows, block = finished(wave), F("pk") / Value(RESPONSES)
    came = _by_block(reader, rows.filter(finished_at__gte=since), block, sums, wave.key) if since is not None else {}
    return _continued(reader, rows, sums, _added(before, came)) or _by_block(reader, rows, block, sums, wave.key)


def person_marks(reader: Reader, on: dt.date, attributes: Sequence[Attribute], before: Marks) -> Marks:
    """Return the marks of all persons with what their place and groups follow from, by source and block.

    `on` is the day of the snapshot: a membership or a term that has begun or ended since changes its mark.
    """
    said = [(one.code, group.code) for one in attributes for group in one.groups]
    number = Case(
        *(When(attribute=of, group=group, then=Value(place)) for place, (of, group) in enumerate(said, 1)),
        default=Value(0),
    )
    active = Case(
        When(is_active=False, then=Value(0)), When(language__startswith="en", then=Value(1)), default=Value(1_000_000)
    )
    held = Membership.objects.annotate(began=Days(F("since")), ended=day_or("until", NEVER))
    terms = Term.objects.annotate(began=Days(F("starts")), ended=day_or("ends", NEVER))
    dates = (_sum("pk"), _sum("began"), _sum("ended"))
    block = Value(BLOCK)
    sources = (
        (Person.objects.all(), F("pk") / block, (Count("pk"), _sum("pk"), Sum(active, default=0))),
        (held, F("person_id") / block, (_sum("unit_id"), *dates, _holding("since", "until", on))),
        (terms, F("person_id") / block, (_sum("role_id"), *dates, _holding("starts", "ends", on))),
        (OwnGroup.objects.all(), F("person_id") / block, (_sum("pk"), Sum(number, default=0))),
    )
    found: Marks = {}
    for place, (rows, of, sums) in enumerate(sources):
        kept = {key: each for key, each in before.items() if key.startswith(f"{place}:")}
        found |= _continued(reader, rows, sums, kept) or _by_block(reader, rows, of, sums, place)
    return found


def block_of(key: str) -> int:
    """Return the block that a mark is of."""
    return int(key.partition(":")[2])


def changed(before: Mapping[str, list[int]], now: Mapping[str, list[int]]) -> set[str]:
    """Return the blocks whose marks differ, or that only one side has."""
    return {block for block in {*before, *now} if before.get(block) != now.get(block)}


def finished(wave: WaveFacts) -> "QuerySet[Response]":
    """Return the finished responses about a person, on the main framework, that belong to a wave."""
    return Response.objects.filter(
        subject__isnull=False,
        instrument__edition__framework__is_main=True,
        instrument__code__in=(SHORT_SELF, THREE_SIXTY),
        finished_at__gte=midnight(wave.opens_on),
        finished_at__lt=midnight(wave.closes_on + dt.timedelta(days=1)),
    )


def midnight(day: dt.date) -> dt.datetime:
    """Return the moment at which a day begins where the association is."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _sum(field: str) -> Cast:
    # PostgreSQL adds whole numbers up to a decimal, which Arrow has no plain type for.
    return Cast(Sum(field, default=0), BigIntegerField())


def _holding(first: str, last: str, on: dt.date) -> Cast:
    """Which hold on a day, and not only how many: one may begin on the day on which another ends."""
    held = Q((f"{first}__lte", on)) & (Q((f"{last}__isnull", True)) | Q((f"{last}__gte", on)))
    return Cast(Sum(Case(When(held, then=F("pk")), default=Value(0))), BigIntegerField())


def _continued(reader: Reader, rows: "QuerySet[Any]", sums: Sequence[Any], expected: Marks) -> Marks:
    """Return the marks that are expected, if they add up to the sums of all rows; otherwise none.

    Whoever came or went without being expected, their sums would all have to come to the same. Adding up by block
    sorts, and takes five times as long.
    """
    if not expected:
        return {}
    whole = _summed(reader, rows, Value(0), sums)
    return expected if whole == {0: [sum(each) for each in zip(*expected.values(), strict=True)]} else {}


def _added(marks: Marks, more: Marks) -> Marks:
    found = dict(marks)
    for key, sums in more.items():
        found[key] = [old + new for old, new in zip(found.get(key, [0] * len(sums)), sums, strict=True)]
    return found


def _by_block(reader: Reader, rows: "QuerySet[Any]", block: Any, sums: Sequence[Any], name: int) -> Marks:
    return {f"{name}:{number}": of_block for number, of_block in _summed(reader, rows, block, sums).items()}


def _summed(reader: Reader, rows: "QuerySet[Any]", block: Any, sums: Sequence[Any]) -> dict[int, list[int]]:
    in_block = ExpressionWrapper(block, output_field=BigIntegerField())
    named = {f"sum_{place}": each for place, each in enumerate(sums)}
    summed = rows.annotate(in_block=in_block).order_by().values("in_block").annotate(**named)
    table = whole(reader, summed.values_list("in_block", *named), numbers("block", *named))
    columns = [table[name].to_pylist() for name in table.schema.names]
    return {block: list(of_block) for block, *of_block in zip(*columns, strict=True)}
