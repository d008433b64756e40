"""Marks: sums over blocks of rows, by which a snapshot sees what has changed in the database without reading it all."""

import datetime as dt
from collections import defaultdict
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
from trellis.insight.facts.people import BLOCK, EPOCH
from trellis.insight.facts.reading import Days, Reader, day_or, numbers, whole
from trellis.people.models import Membership, OwnGroup, Person, Term

# Responses come in blocks of this many keys.
RESPONSES = 32_768

# By block what was summed; blocks are text, because JSON knows no other keys.
Marks = dict[str, list[int]]


def response_marks(reader: Reader, wave: WaveFacts, before: Mapping[str, list[int]]) -> Marks:
    """Return the marks of all responses that belong to a wave, by wave and block; one or two queries.

    Those of a closed wave are those of `before` when the whole wave's sums are: whoever came or went, their number,
    their keys and their subjects would all have to add up to the same. Summing by block sorts, and takes five times as
    long; it is what an open wave, in which people answer, would need all the same.
    """
    sums = (Count("pk"), _sum("pk"), _sum("subject_id"))
    if before and wave.frozen:
        whole_wave = _summed(reader, finished(wave), Value(0), sums)
        if whole_wave == {"0": [sum(each) for each in zip(*before.values(), strict=True)]}:
            return dict(before)
    by_block = _summed(reader, finished(wave), F("pk") / Value(RESPONSES), sums)
    return {f"{wave.key}:{block}": of_block for block, of_block in by_block.items()}


def person_marks(reader: Reader, on: dt.date, attributes: Sequence[Attribute]) -> Marks:
    """Return the marks of all persons with what their place and groups follow from, by block; four queries.

    `on` is the day of the snapshot: a membership or a term that has begun or ended since changes its mark.
    """
    day = (on - EPOCH).days
    now = Q(began__lte=day, ended__gte=day)
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
    # Which hold today, and not only how many: one may begin on the day on which another ends.
    holding = Cast(Sum(Case(When(now, then=F("pk")), default=Value(0))), BigIntegerField())
    dates = (_sum("pk"), _sum("began"), _sum("ended"), holding)
    block = Value(BLOCK)
    sources = (
        _summed(reader, Person.objects.all(), F("pk") / block, (Count("pk"), _sum("pk"), Sum(active))),
        _summed(reader, held, F("person_id") / block, (_sum("unit_id"), *dates)),
        _summed(reader, terms, F("person_id") / block, (_sum("role_id"), *dates)),
        _summed(reader, OwnGroup.objects.all(), F("person_id") / block, (_sum("pk"), Sum(number))),
    )
    found: Marks = defaultdict(list)
    for place, source in enumerate(sources):
        for number_of, sums in source.items():
            found[number_of] += [place, *sums]
    return dict(found)


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


def _summed(reader: Reader, rows: "QuerySet[Any]", block: Any, sums: Sequence[Any]) -> Marks:
    in_block = ExpressionWrapper(block, output_field=BigIntegerField())
    named = {f"sum_{place}": each for place, each in enumerate(sums)}
    summed = rows.annotate(in_block=in_block).order_by().values("in_block").annotate(**named)
    table = whole(reader, summed.values_list("in_block", *named), numbers("block", *named))
    columns = [table[name].to_pylist() for name in table.schema.names]
    return {str(block): list(of_block) for block, *of_block in zip(*columns, strict=True)}
