"""Typed registries: how a page low in the house shows what lives above it, without importing upward."""

import datetime as dt
import enum
import random
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from trellis.core.privacy import Privacy


class Entry(Protocol):
    """Anything that can be registered: it has a key and a place in the order."""

    @property
    def key(self) -> str: ...

    @property
    def order(self) -> int: ...


EntryT = TypeVar("EntryT", bound=Entry)
Context = Mapping[str, Any]


class Registry(Generic[EntryT]):
    """An ordered set of entries, one for each key."""

    def __init__(self, name: str, purpose: str) -> None:
        self.name = name
        self.purpose = purpose
        self._entries: dict[str, EntryT] = {}

    def register(self, entry: EntryT) -> EntryT:
        """Add an entry; raises ValueError when its key is taken."""
        if entry.key in self._entries:
            raise ValueError(f"{self.name}: {entry.key!r} is registered already")
        self._entries[entry.key] = entry
        return entry

    def unregister(self, key: str) -> None:
        """Take an entry out again (for tests); raises KeyError when it is not there."""
        del self._entries[key]

    def get(self, key: str) -> EntryT | None:
        """Return the entry of that key, or None."""
        return self._entries.get(key)

    def __iter__(self) -> Iterator[EntryT]:
        return iter(sorted(self._entries.values(), key=lambda entry: (entry.order, entry.key)))

    def __len__(self) -> int:
        return len(self._entries)


@dataclass(frozen=True, slots=True)
class Panel:
    """A block on another app's page: `context` gets the request and the subject's uid, None means show nothing."""

    key: str
    template: str
    context: Callable[[HttpRequest, uuid.UUID], Context | None]
    order: int = 50


class MenuPart(enum.StrEnum):
    """Where a line of the person's menu stands: with what is their own, what they do for others, or their account."""

    OWN = "own"
    FOR_OTHERS = "for others"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """A link of the shell, by the name of its page: `visible` decides for this request, without a query if it can.

    In the main navigation one that `folds` stands in the person's menu on a phone, where little room is. `part` is for
    the person's menu only.
    """

    key: str
    label: Any  # a lazy translation
    icon: str
    url_name: str
    visible: Callable[[HttpRequest], bool]
    order: int = 50
    folds: bool = False
    part: MenuPart = MenuPart.OWN

    @property
    def address(self) -> str:
        """Where it leads; an address without arguments stays the same, and every page shows some thirty of them."""
        return _address(self.url_name)


@cache
def _address(url_name: str) -> str:
    return reverse(url_name)


@dataclass(frozen=True, slots=True)
class HomeTask:
    """A line in the task list of the home page: `context` returns None when the person has nothing to do there.

    `waits` returns rows without which there is nothing to do. The home page looks for those of all tasks in one query,
    and asks for the `context` only where it found any.
    """

    key: str
    template: str
    context: Callable[[HttpRequest], Context | None]
    order: int = 50
    waits: Callable[[HttpRequest], Collection[QuerySet[Any]]] | None = None


@dataclass(frozen=True, slots=True)
class Tool:
    """A practice tool that a step of a plan may name: `cells` are the codes that doing it is evidence for."""

    key: str
    label: Any  # a lazy translation
    url_name: str
    cells: tuple[str, ...]
    order: int = 50


@dataclass(frozen=True, slots=True)
class KeptApart:
    """Persons who must not judge one another: `pairs` gets two sets of keys, and returns the pairs that are apart.

    Whoever asks learns that two are apart, and never why; it is not shown to anybody.
    """

    key: str
    pairs: Callable[[Collection[int], Collection[int]], set[tuple[int, int]]]
    order: int = 50


@dataclass(frozen=True, slots=True)
class PrivacyEntry:
    """Privacy class and retention of a model that another package owns, by its label (`app.Model`)."""

    key: str
    privacy: Privacy
    order: int = 50


@dataclass(frozen=True, slots=True)
class Leaving:
    """Whether a secret goes along when everything is taken out, and why: a model (`app.Model`) or a field of one.

    What stays out of the file is empty where the file is read in again, or is `instead`.
    """

    key: str
    leaves: bool
    why: str
    instead: str = ""
    order: int = 50


class AtErasure(enum.StrEnum):
    """What becomes of rows that name a person, when the person is erased."""

    GOES = "goes"  # they are the person's, and go with all that hangs on them
    EMPTIED = "emptied"  # they belong to others, and only who it was goes
    STOOD_IN = "stood in"  # the same where there must be somebody: a stand-in without a name


@dataclass(frozen=True, slots=True)
class PersonPart:
    """Rows that hang on those of a PersonKey and are given with them: which fields (none for all), and which rows."""

    model: str
    fields: tuple[str, ...] = ()
    only: Q = field(default_factory=Q)


@dataclass(frozen=True, slots=True)
class PersonKey:
    """One way in which rows name a person, by model and field (`growth.Plan.person`, or a path that leads there).

    `label` heads the rows in what the person gets; `fields` are those that are given (none for all that is not secret),
    `only` which rows, `parts` what hangs on them, and `opened` makes what opens a row that is sealed. Where nothing of
    it `is_given`, `why` says so; it says too why the rows stay at erasure.
    """

    key: str
    label: Any  # a lazy translation
    at_erasure: AtErasure
    fields: tuple[str, ...] = ()
    only: Q = field(default_factory=Q)
    parts: tuple[PersonPart, ...] = ()
    opened: Callable[[Any], Callable[[Any], Mapping[str, Any]]] | None = None
    is_given: bool = True
    why: Any = ""
    order: int = 50

    @property
    def model(self) -> str:
        """Label of the model."""
        return ".".join(self.key.split(".")[:2])

    @property
    def path(self) -> str:
        """Name of the field, or the path, that leads to the person."""
        return self.key.split(".")[2]


@dataclass(frozen=True, slots=True)
class Erasure:
    """What erasing a person takes beyond their rows: `before` they go, `afterwards` once that is stored for good.

    `keeps` says to the person, in a sentence or two, what of them stays in this part and why.
    """

    key: str
    before: Callable[[Any], Mapping[str, int]] | None = None
    afterwards: Callable[[], str] | None = None
    keeps: Any = ""  # a lazy translation
    order: int = 50


@dataclass(frozen=True, slots=True)
class ApiPart:
    """What an app answers over HTTP: `router` is one of django-ninja's, or its dotted name, below `prefix`.

    A program needs a token with this `scope`, of which `label` tells the token's owner; without a scope, none at all.
    """

    key: str
    prefix: str
    router: Any
    scope: str = ""
    label: Any = ""  # a lazy translation
    order: int = 50


@dataclass(frozen=True, slots=True)
class DemoPart:
    """One app's share of the fictional association: `load` stores it, in the order of the parts, the same every time.

    It may count on the parts before it. The random source is seeded by the part's key.
    """

    key: str
    load: Callable[[random.Random], None]
    order: int = 50


@dataclass(frozen=True, slots=True)
class Feed:
    """An address that programs read, named in the head of the pages it belongs to, by the names of their addresses."""

    key: str
    title: Any  # a lazy translation
    media_type: str
    url_name: str
    pages: frozenset[str]
    order: int = 50


@dataclass(frozen=True, slots=True)
class DailyJob:
    """What is to be done once a day: `run` gets the day and returns one line that says what it did.

    A day may be missed, or come twice: a job looks at what is due, not at what day it is.
    """

    key: str
    run: Callable[[dt.date], str]
    order: int = 50


cell_panels: Registry[Panel] = Registry("cell_panels", "blocks on the page of a cell")
edition_panels: Registry[Panel] = Registry("edition_panels", "blocks on the page of a published edition")
unit_panels: Registry[Panel] = Registry("unit_panels", "blocks on the page of a unit")
instrument_panels: Registry[Panel] = Registry("instrument_panels", "blocks on the page of an instrument")
offering_panels: Registry[Panel] = Registry("offering_panels", "blocks on the page of an offering")
session_panels: Registry[Panel] = Registry("session_panels", "blocks on the page of a session")
people_panels: Registry[Panel] = Registry("people_panels", "blocks below the list of who comes to a session")
catalogue_panels: Registry[Panel] = Registry("catalogue_panels", "blocks at the top of the catalogue")
catalogue_end_panels: Registry[Panel] = Registry("catalogue_end_panels", "blocks below lists of offerings")
cohort_panels: Registry[Panel] = Registry("cohort_panels", "blocks on the page of a cohort")
plan_panels: Registry[Panel] = Registry("plan_panels", "blocks on a person's own plan")
evidence_panels: Registry[Panel] = Registry("evidence_panels", "blocks on a piece of one's own evidence")
settings_panels: Registry[Panel] = Registry("settings_panels", "blocks on a person's settings")
tools: Registry[Tool] = Registry("tools", "practice tools that a step of a plan may name")
kept_apart: Registry[KeptApart] = Registry("kept_apart", "who must not judge whom")
ways_to_sign_in: Registry[NavigationEntry] = Registry("ways_to_sign_in", "further ways on the sign-in page")
navigation: Registry[NavigationEntry] = Registry("navigation", "entries of the main navigation")
bar_links: Registry[NavigationEntry] = Registry("bar_links", "icons at the end of the bar, such as search")
person_menu: Registry[NavigationEntry] = Registry("person_menu", "lines of the signed-in person's menu")
home_tasks: Registry[HomeTask] = Registry("home_tasks", "lines of the home page's task list")
privacy_of_others: Registry[PrivacyEntry] = Registry("privacy_of_others", "privacy of models that other packages own")
leaving: Registry[Leaving] = Registry("leaving", "which secrets go along when everything is taken out")
person_keys: Registry[PersonKey] = Registry("person_keys", "every way in which rows name a person")
erasures: Registry[Erasure] = Registry("erasures", "what erasing a person takes beyond their rows")
api_parts: Registry[ApiPart] = Registry("api_parts", "what apps answer over HTTP to programs")
feeds: Registry[Feed] = Registry("feeds", "addresses that programs read, named in the head of pages")
demo_parts: Registry[DemoPart] = Registry("demo_parts", "each app's share of the fictional association")
daily_jobs: Registry[DailyJob] = Registry("daily_jobs", "what `trellis daily` does")

ALL: tuple[Registry[Any], ...] = (
    cell_panels,
    edition_panels,
    unit_panels,
    instrument_panels,
    offering_panels,
    session_panels,
    people_panels,
    catalogue_panels,
    catalogue_end_panels,
    cohort_panels,
    plan_panels,
    evidence_panels,
    settings_panels,
    tools,
    kept_apart,
    ways_to_sign_in,
    navigation,
    bar_links,
    person_menu,
    home_tasks,
    privacy_of_others,
    leaving,
    person_keys,
    erasures,
    api_parts,
    feeds,
    demo_parts,
    daily_jobs,
)
