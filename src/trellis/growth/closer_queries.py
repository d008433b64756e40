"""Reads of the deep form for growth: a person's finished closer looks, and the words of their answers."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from trellis.assessment.access import own_forms
from trellis.assessment.instruments import DEEP_SELF, for_reader, shipped
from trellis.assessment.models import Rating
from trellis.growth.closer_look import HOW_OFTEN, Wave, Wording
from trellis.people.models import Person


@dataclass(frozen=True, slots=True)
class Words:
    """How the deep form's answers are called: how often and when last, by value, and "no chance"."""

    often: Mapping[int | None, str]
    last: Mapping[int | None, str]
    no_chance: str


def closer_waves(person: Person) -> list[Wave]:
    """Return the person's finished deep forms, newest first; two queries."""
    here = timezone.get_current_timezone()
    responses = own_forms(person).filter(instrument__code=DEEP_SELF, finished_at__isnull=False).order_by("-wave")
    rows = [(key, timezone.localdate(at, here)) for key, at in responses.values_list("pk", "finished_at") if at]
    given: dict[int, dict[Wording, dict[str, int | None]]] = defaultdict(lambda: defaultdict(dict))
    ratings = Rating.objects.filter(response__in=[key for key, _day in rows], statement__isnull=False)
    for key, uid, version, aspect, value in ratings.values_list(
        "response_id", "statement__uid", "statement__version", "aspect", "value"
    ):
        given[key][(uid, version)][aspect] = value
    return [Wave(day, given[key]) for key, day in rows]


def closer_words() -> Words:
    """Return the answers' words in the reader's language; no query."""
    definition = for_reader(shipped()[DEEP_SELF])
    scale = definition["scale"]
    last = next(aspect["scale"] for aspect in definition["aspects"] if aspect["code"] != HOW_OFTEN)
    return Words(
        {choice["value"]: choice["label"] for choice in scale["choices"]},
        {choice["value"]: choice["label"] for choice in last["choices"]},
        scale["cannot_say"],
    )
