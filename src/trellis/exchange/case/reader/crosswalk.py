"""Proposes which items of a package mean the same as items that are here: by its own word, then by name."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from trellis.exchange.case.reader.arrival import Arrival
from trellis.framework.models import Framework, Theme

SAME, LIKELY = "exactMatchOf", 90.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A theme of the package, and one here; `is_certain` when the package says so itself, else by likeness of names."""

    uid: uuid.UUID
    other: uuid.UUID
    name: str
    other_name: str
    likeness: float
    is_certain: bool


def proposals(arrival: Arrival, framework: Framework | None) -> tuple[Proposal, ...]:
    """Return the crosswalk of a package's themes to those of the framework here; themes that keep their uid need none.

    One query. Only what the package says itself is stored; likeness is for a person to look at.
    """
    themes = arrival.rows.get("Theme", [])
    here = {theme.uid: theme.name for theme in _themes(framework)}
    said = {each.origin.identifier: each.destination.identifier for each in arrival.outside if each.type == SAME}
    found = []
    for theme in themes:
        uid, name = theme["uid"], theme["name"]
        if uid in here:
            continue
        other = _uuid(said.get(str(uid), ""))
        if other is not None and other != uid:
            found.append(Proposal(uid, other, name, here.get(other, ""), 100.0, is_certain=True))
            continue
        best = process.extractOne(name, here, scorer=fuzz.ratio, score_cutoff=LIKELY)
        if best is not None:
            found.append(Proposal(uid, best[2], name, best[0], round(best[1], 1), is_certain=False))
    return tuple(found)


def _themes(framework: Framework | None) -> Iterable[Theme]:
    themes = Theme.objects.exclude(edition__status="draft").order_by("edition__published_at", "order")
    return themes.filter(edition__framework=framework) if framework else themes.filter(edition__framework__is_main=True)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
