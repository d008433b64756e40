"""Searching the catalogue: what is asked for, and the offerings that answer it, the nearest date first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from trellis.core import clock
from trellis.framework.highlight import words_of
from trellis.framework.tree import EditionTree
from trellis.learning.access import listed_offerings
from trellis.learning.models import Offering, OfferingCell, Place, Session, SessionStatus
from trellis.learning.queries import soonest_first
from trellis.people.models import Membership, Person, Unit, around

PER_PAGE = 24
MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person looks for; `about` is the code of a domain or a theme, and everything may be left out."""

    words: str = ""
    about: str = ""
    level: int | None = None
    format: str = ""
    language: str = ""
    free: bool = False
    dated: bool = False
    near: bool = False

    @property
    def is_filtered(self) -> bool:
        """Whether anything but words is asked for."""
        return replace(self, words="") != Wanted()

    @property
    def is_narrow(self) -> bool:
        """Whether anything is asked for."""
        return self != Wanted()

    def query(self, **other: str) -> str:
        """Return it as the query string of an address that can be passed on, with nothing in it that says nothing."""
        named = {
            "q": self.words,
            "about": self.about,
            "level": str(self.level or ""),
            "format": self.format,
            "language": self.language,
            "free": "1" if self.free else "",
            "dated": "1" if self.dated else "",
            "near": "1" if self.near else "",
        }
        return urlencode({name: value for name, value in (named | other).items() if value})


def wanted_from(cleaned: Mapping[str, object]) -> Wanted:
    """Return what a checked form asks for; a field that was wrong asks for nothing."""
    level = str(cleaned.get("level") or "")
    return Wanted(
        words=" ".join(str(cleaned.get("q") or "").split()),
        about=str(cleaned.get("about") or ""),
        level=int(level) if level else None,
        format=str(cleaned.get("format") or ""),
        language=str(cleaned.get("language") or ""),
        free=bool(cleaned.get("free")),
        dated=bool(cleaned.get("dated")),
        near=bool(cleaned.get("near")),
    )


def search(viewer: Person, wanted: Wanted, tree: EditionTree | None) -> QuerySet[Offering]:
    """Return the listed offerings that answer what is wanted: titles that say it first, then the nearest date.

    Every word has to stand somewhere in title, description or provider. One query before it for what is near.
    """
    found = listed_offerings(viewer)
    words = words_of(wanted.words)[:MOST_WORDS]
    for word in words:
        found = found.filter(words__contains=word)
    if (wanted.about or wanted.level) and tree is not None:
        found = found.filter(pk__in=_teaching(wanted, tree).values("offering"))
    if wanted.format:
        found = found.filter(format=wanted.format)
    if wanted.language:
        found = found.filter(language=wanted.language)
    if wanted.free:
        found = found.filter(cost=0)
    if wanted.dated:
        coming = Session.objects.filter(status=SessionStatus.PLANNED, starts_at__gt=clock.now())
        found = found.filter(Exists(coming.filter(offering=OuterRef("pk"))))
    if wanted.near:
        found = found.filter(near(viewer))
    found = soonest_first(found)
    return found.order_by(_in_title(words), *found.query.order_by) if words else found


def near(person: Person) -> Q:
    """Return the condition "of a unit that the person belongs to today, or of one around it"; one query."""
    own = Unit.objects.filter(memberships__in=Membership.objects.filter(person=person).active(clock.today()))
    return around(own, "unit__")


def _teaching(wanted: Wanted, tree: EditionTree) -> QuerySet[OfferingCell]:
    cells = OfferingCell.objects.filter(place=Place.TEACHES)
    if wanted.about in tree.domain_by_code:
        cells = cells.filter(theme_uid__in=[theme.uid for theme in tree.domain_by_code[wanted.about].themes])
    elif wanted.about in tree.theme_by_code:
        cells = cells.filter(theme_uid=tree.theme_by_code[wanted.about].uid)
    return cells.filter(level=wanted.level) if wanted.level else cells


def _in_title(words: list[str]) -> Case:
    every = Q()
    for word in words:
        every &= Q(title__icontains=word)
    return Case(When(every, then=Value(0)), default=Value(1))
