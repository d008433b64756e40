"""Which unit a list means by a worksite and a local: by its name, in forty spellings, or by what a person says."""

import re
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from trellis.exchange.people.stage import Tables
from trellis.exchange.tables.mapping import plain
from trellis.people.models import Unit, UnitKind, within

NEW, OUT = "new", "out"
# 0 to 100: two of rapidfuzz's ratios together: the letters of all words, and the words in common. "harbour" for
# "harbor" has 92, "lincoln elementary scool" for "lincoln elementary" 93 and for "lincoln" 72.
LIKELY, PERHAPS = 90, 60
_SCORERS = ((fuzz.token_sort_ratio, 5), (fuzz.token_set_ratio, 5))
_DIGITS = re.compile(r"\d+")
_CLEARLY = 5
_MOST = 5
_SHORT = {
    "elem": "elementary", "el": "elementary", "elementry": "elementary", "es": "elementary", "primaria": "elementary",
    "hs": "high", "ms": "middle", "mid": "middle", "secundaria": "middle", "jr": "junior", "sr": "senior",
    "jhs": "junior high", "st": "saint", "mt": "mount", "ft": "fort", "ctr": "center", "centre": "center",
    "acad": "academy", "ed": "education", "educ": "education", "assn": "association", "assoc": "association",
    "dist": "district", "dept": "department", "univ": "university", "cc": "community college", "tech": "technical",
    "voc": "vocational", "intl": "international", "natl": "national", "n": "north", "s": "south", "e": "east",
    "w": "west",
}  # fmt: skip
_LETTERS = re.compile(r"\b\w(?: \w)+\b")  # "E.S." is "ES"
_NO_MATTER = frozenset(("school", "sch", "schl", "the", "escuela", "of", "de", "la", "el", "at", "and", "y"))


# A place's number, the key of a unit, and how it was found.
MEANS = """
UPDATE $words AS w SET unit = v.b, value = v.c FROM $many WHERE w.id = v.a
"""


class Spot(NamedTuple):
    """A unit as far as finding it takes: of tens of thousands, whole models would be most of the work."""

    pk: int
    uid: uuid.UUID
    kind: str
    name: str
    tree_id: int
    lft: int
    rgt: int


@dataclass(frozen=True, slots=True)
class Spelling:
    """A place as a list writes it, that nobody knows yet: how many rows have it, and which units it may be."""

    number: int
    worksite: str
    local: str
    rows: int
    likely: tuple[tuple[Spot, int], ...]
    inside: Spot | None

    @property
    def token(self) -> str:
        """How it is answered and remembered, whatever the list."""
        return token_of(self.local, self.worksite)

    @property
    def likeliest(self) -> Spot | None:
        """The unit that it is most likely, if one is clearly more likely than any other."""
        if not self.likely or self.likely[0][1] < LIKELY:
            return None
        clear = len(self.likely) == 1 or self.likely[0][1] - self.likely[1][1] >= _CLEARLY
        return self.likely[0][0] if clear else None


@dataclass(slots=True)
class Places:
    """The units that a list may name, by what they are called."""

    scope: Spot
    units: Sequence[Spot]
    answers: Mapping[str, str]
    _named: dict[UnitKind, dict[str, list[Spot]]] = field(default_factory=dict)
    _by_uid: dict[str, Spot] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._named = {kind: defaultdict(list) for kind in UnitKind}
        for unit in self.units:
            self._named[UnitKind(unit.kind)][key_of(unit.name)].append(unit)
            if self.answers:
                self._by_uid[str(unit.uid)] = unit

    def answer(self, worksite: str, local: str) -> str | Spot | None:
        """Return what a place means: a unit, NEW, OUT, or None where a person has to say."""
        said = self.answers.get(token_of(local, worksite), "") if self.answers else ""
        if said in (NEW, OUT):
            return said
        if said in self._by_uid:
            return self._by_uid[said]
        inside = self.local(local)
        if not worksite:
            return inside
        if inside is None and local:
            return None
        found = self._of(UnitKind.WORKSITE, worksite, inside or self.scope)
        return found[0] if len(found) == 1 else None

    def local(self, local: str) -> Spot | None:
        """Return the unit that a local's name means: the list's own where none is named, None where it is unknown."""
        if not local:
            return self.scope
        if key_of(local) == key_of(self.scope.name):
            return self.scope
        kinds = (UnitKind.LOCAL, UnitKind.STATE)
        found = next((units for kind in kinds if (units := self._of(kind, local, self.scope))), [])
        return found[0] if len(found) == 1 else None

    def likely(self, worksite: str, local: str) -> tuple[tuple[tuple[Spot, int], ...], Spot | None]:
        """Return the units that a place may be, the likeliest first, and inside of which it is (None: unknown too)."""
        inside = self.local(local)
        if inside is None or not worksite:
            return self._like(UnitKind.LOCAL, local, self.scope), None if inside is None else self.scope
        return self._like(UnitKind.WORKSITE, worksite, inside), inside

    def _of(self, kind: UnitKind, name: str, inside: Spot) -> list[Spot]:
        return [unit for unit in self._named[kind].get(key_of(name), ()) if _is_within(unit, inside)]

    def _like(self, kind: UnitKind, name: str, inside: Spot) -> tuple[tuple[Spot, int], ...]:
        named = {key: units for key, units in self._named[kind].items() if any(_is_within(u, inside) for u in units)}
        wanted, keys = key_of(name), list(named)
        scores: Counter[str] = Counter()
        for scorer, weight in _SCORERS:
            for score, key in zip(process.cdist([wanted], keys, scorer=scorer)[0], keys, strict=True):
                scores[key] += round(weight * float(score))
        for key in keys:
            scores[key] = _corrected(wanted, key, scores[key])
        best = [(key, score // 10) for key, score in scores.most_common(_MOST) if score >= 10 * PERHAPS]
        return tuple((unit, score) for key, score in best for unit in named[key] if _is_within(unit, inside))[:_MOST]


def _corrected(wanted: str, key: str, score: int) -> int:
    """Return a score of 0 to 1000 that sees through spaces, and is not sure where the numbers are others."""
    if set(_DIGITS.findall(wanted)) != set(_DIGITS.findall(key)):
        return min(score, 10 * LIKELY - 1)
    return max(score, round(10 * fuzz.ratio(wanted.replace(" ", ""), key.replace(" ", ""))))


def places_in(scope: Unit, answers: Mapping[str, str]) -> Places:
    """Return all that a list of a unit may name; one query."""
    units = Unit.objects.filter(within([scope])).order_by("lft").values_list(*Spot._fields)
    itself = Spot._make(getattr(scope, name) for name in Spot._fields)
    return Places(itself, list(map(Spot._make, units)), answers)


def place_all(tables: Tables, scope: Unit, answers: Mapping[str, str]) -> Places:
    """Write down which unit each place of a list is, as far as that is known."""
    places = places_in(scope, answers)
    found: list[tuple[int, int | None, str]] = []
    for number, worksite, local in tables.ask("SELECT id, text, more FROM $words WHERE kind = 'place'"):
        meant = places.answer(worksite, local)
        found.append((number, meant.pk, "unit") if isinstance(meant, Spot) else (number, None, meant or ""))
    tables.many(MEANS, found)
    return places


def open_spellings(tables: Tables, places: Places, most: int) -> list[Spelling]:
    """Return places that nobody knows, those of most rows first, each with the units that it may be."""
    question = (
        "SELECT w.id, w.text, w.more, count(*) FROM $words w JOIN $rows r ON r.place = w.id"
        " WHERE w.kind = 'place' AND w.unit IS NULL AND w.value = '' GROUP BY w.id, w.text, w.more"
        " ORDER BY count(*) DESC, w.id LIMIT %s"
    )
    return [
        Spelling(number, worksite, local, rows, *places.likely(worksite, local))
        for number, worksite, local, rows in tables.ask(question, most)
    ]


@lru_cache(maxsize=65_536)  # a list names the same places again and again, and is planned twice
def key_of(name: str) -> str:
    """Return a name of a place without what tells no two of them apart: case, accents, "school", usual short forms."""
    words = _LETTERS.sub(lambda letters: letters[0].replace(" ", ""), plain(name)).split()
    kept = [_SHORT.get(word, word) for word in words if word not in _NO_MATTER or word == "el"]
    return " ".join(kept) or " ".join(words)


def token_of(local: str, worksite: str) -> str:
    """Return what tells a spelling from others."""
    return f"{plain(local)}|{plain(worksite)}"


def _is_within(unit: Spot, other: Spot) -> bool:
    return bool(unit.tree_id == other.tree_id and other.lft <= unit.lft <= other.rgt)


def names_of(spellings: Iterable[Spelling]) -> list[str]:
    """Return the places as a person reads them."""
    return [
        f"{one.worksite}, {one.local}" if one.worksite and one.local else one.worksite or one.local for one in spellings
    ]
