"""The persons of the measured site: who looks at which page, who saves, and teams of two sizes."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Q

from bench.association import Shape, plant
from bench.catalogue import plant_catalogue
from bench.signing import session_of
from trellis.assessment.actions import answer, begin, instrument_for
from trellis.assessment.form import Point
from trellis.assessment.instruments import SHORT_SELF
from trellis.assessment.models import Rating, Relation, Response, ThreeSixty
from trellis.core import clock
from trellis.framework.queries import edition_tree, main_edition
from trellis.framework.tree import EditionTree
from trellis.people.demo.cast import CAST
from trellis.people.models import Person, Sharing, Unit
from trellis.people.queries import people_of

BIG_TEAM = 500
OFFERINGS = 5_000
# Of a team that trusts its leaders; the demo's own share is about one in two.
_SHARE = 4


@dataclass(frozen=True, slots=True)
class Answering:
    """Someone with an open self-assessment, signed in."""

    person: int
    session: str
    response: Response


@dataclass(frozen=True, slots=True)
class Team:
    """A president's team: how many belong to it and how many share with leaders."""

    session: str
    path: str
    size: int
    sharing: int


@dataclass(frozen=True, slots=True)
class People:
    """Everybody that a run needs on the demo's site."""

    tree: EditionTree
    member: Answering
    floor_response: int
    team: Team
    big_team: Team
    report: str  # address of the president's 360: twelve raters, all themes
    newcomers: Iterator[Person]

    def answering(self) -> Answering:
        """Return someone new who has just begun; raises StopIteration when the association has no more."""
        return _begin(next(self.newcomers))


def prepare() -> People:
    """Sign in the cast, half answer the member's new self-assessment, and plant a large local and catalogue."""
    cast = {one.key: Person.objects.get(email=one.email) for one in CAST}
    member, president = cast["building-representative"], cast["local-president"]
    mine = _begin(member)
    tree = edition_tree(mine.response.instrument.edition)
    for theme in tree.themes[: len(tree.themes) // 2]:
        answer(mine.response, Point("theme", theme.id), value=3, answered_at=clock.now(), by=member)
    finished = Response.objects.filter(subject=member, relation=Relation.SELF, finished_at__isnull=False).latest("wave")
    local = Unit.objects.get(terms__person=president, terms__role__leads=True, terms__ends=None)
    people_of(local).update(sharing=Sharing.LEADERS)
    people_of(local).annotate(rest=F("pk") % (_SHARE + 1)).filter(rest=0).exclude(pk=president.pk).update(
        sharing=Sharing.ME
    )
    busy = Response.objects.filter(finished_at=None, rater__isnull=False).values("rater")
    newcomers = Person.objects.filter(email__endswith="@example.org", responses_by__isnull=False).exclude(
        Q(pk__in=[person.pk for person in cast.values()]) | Q(pk__in=busy)
    )
    waiting = list(newcomers.distinct().order_by("pk"))
    head, large = plant(Shape(persons=BIG_TEAM, near=BIG_TEAM, near_worksite=25))
    plant_catalogue(tree, OFFERINGS)
    return People(
        tree=tree,
        member=mine,
        floor_response=finished.pk,
        team=_team(president, local),
        big_team=_team(head, large),
        report=f"/feedback/{ThreeSixty.objects.get(round__subject=president, released_at__isnull=False).uid}/",
        newcomers=iter(waiting),
    )


def _begin(person: Person) -> Answering:
    edition = main_edition()
    if edition is None:
        raise LookupError("the fictional association comes first")
    return Answering(person.pk, session_of(person), begin(instrument_for(edition, SHORT_SELF, by=None), by=person))


def _team(president: Person, local: Unit) -> Team:
    people = people_of(local)
    sharing = people.filter(sharing=Sharing.LEADERS).count()
    return Team(session_of(president), f"/team/{local.uid}/", people.count(), sharing)


def ratings_of(response: Response) -> dict[int, int | None]:
    """Return what is stored of a response: half-steps by theme key."""
    return dict(Rating.objects.filter(response=response).values_list("theme_id", "value"))
