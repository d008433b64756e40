"""Matching everybody who looks for a mentor with everybody who offers, as the page for a whole group does it."""

import random
import time
from dataclasses import dataclass
from statistics import median

from scipy.optimize import linear_sum_assignment

from trellis.core import clock
from trellis.framework.queries import main_tree
from trellis.framework.tree import EditionTree
from trellis.growth.matching import fit
from trellis.growth.matching_queries import group_of, offers_to
from trellis.growth.matching_weights import weights
from trellis.growth.models import MentorOffer, MentorSearch
from trellis.growth.models.mentor import FreeTime
from trellis.people.models import Membership, Person, Unit, UnitKind

_SEED = 500
_THEMES, _TIMES = 4, 2


@dataclass(frozen=True, slots=True)
class Found:
    """Seconds for the whole, database and reasons and all, and for SciPy alone on the same fits; medians."""

    people: int
    pairs: int
    whole: float
    bare: float


def measure_matching(people: int, repetitions: int) -> Found:
    """Match so many who look with as many who offer; members of the demo, and as many more as it takes."""
    tree = main_tree()
    if tree is None:
        raise LookupError("the framework comes first")
    _plant(tree, people)
    searches = MentorSearch.objects.select_related("person").order_by("pk")
    wholes, bares, pairs = [], [], 0
    for _ in range(repetitions):
        start = time.perf_counter()
        group = group_of(tree, searches, offers_to(searches))
        wholes.append(time.perf_counter() - start)
        pairs = len(group.proposals.pairs)
        score = fit(list(group.seekers.values()), list(group.helpers.values()), weights())
        start = time.perf_counter()
        linear_sum_assignment(score, maximize=True)
        bares.append(time.perf_counter() - start)
    return Found(people, pairs, median(wholes), median(bares))


def _plant(tree: EditionTree, people: int) -> None:
    """Store both sides in the place of the demo's own."""
    MentorOffer.objects.all().delete()
    MentorSearch.objects.all().delete()
    members = _members(2 * people)
    rng = random.Random(_SEED)
    codes, times = list(tree.theme_by_code), FreeTime.values

    def says(number: int) -> dict[str, object]:
        return {
            "person": members[number],
            "themes": tuple(sorted(rng.sample(codes, _THEMES))),
            "times": tuple(sorted(rng.sample(times, _TIMES))),
            "languages": ("en",),
        }

    MentorOffer.objects.bulk_create(MentorOffer(sentence="I am glad to help.", **says(2 * n)) for n in range(people))
    MentorSearch.objects.bulk_create(MentorSearch(may_suggest=True, **says(2 * n + 1)) for n in range(people))


def _members(count: int) -> list[Person]:
    found = list(Person.objects.filter(is_active=True, memberships__isnull=False).distinct().order_by("pk")[:count])
    worksites = list(Unit.objects.filter(kind=UnitKind.WORKSITE, memberships__isnull=False).distinct().order_by("pk"))
    more = Person.objects.bulk_create(
        Person(email=f"match-{n}@example.net", given_name="Match", family_name=str(n), password="!")
        for n in range(count - len(found))
    )
    Membership.objects.bulk_create(
        Membership(person=person, unit=worksites[n % len(worksites)], since=clock.today())
        for n, person in enumerate(more)
    )
    return found + more
