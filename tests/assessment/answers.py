"""Answers of a person, stored at once, and other editions to give them on."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from copy import deepcopy
from functools import cache
from typing import Any

from trellis.assessment.actions import instrument_for
from trellis.assessment.instruments import SHORT_SELF
from trellis.assessment.models import Instrument, Rating, Response
from trellis.framework.actions import load_plain_edition, publish_edition
from trellis.framework.models import Cell, Edition
from trellis.framework.plain import SHIPPED, PlainEdition, read_folder
from trellis.framework.queries import edition_tree
from trellis.people.models import Person

LAST_YEAR = dt.date(2025, 10, 20)
THIS_YEAR = dt.date(2026, 10, 20)


def instrument_of(edition: Edition) -> Instrument:
    """The short self-assessment of an edition."""
    return instrument_for(edition, SHORT_SELF, by=None)


def give(
    person: Person,
    edition: Edition,
    answers: Mapping[str, int | None],
    *,
    on: dt.date = THIS_YEAR,
    finished: bool = True,
) -> Response:
    """Store a person's next wave: half-steps by theme code, None for no chance; begun at noon of that day."""
    begun = dt.datetime.combine(on, dt.time(12), dt.UTC)
    response = Response.objects.create(
        instrument=instrument_of(edition),
        subject=person,
        rater=person,
        wave=1 + Response.objects.filter(subject=person).count(),
        domain_order=[domain.code for domain in edition_tree(edition).domains],
        started_at=begun,
        finished_at=begun + dt.timedelta(minutes=10) if finished else None,
    )
    themes = edition_tree(edition).theme_by_code
    Rating.objects.bulk_create(
        Rating(
            response=response,
            theme_id=themes[code].id,
            value=half,
            cannot_say=half is None,
            answered_at=begun,
        )
        for code, half in answers.items()
    )
    return response


def everything(edition: Edition, half_steps: int) -> dict[str, int | None]:
    """The same answer to every theme."""
    return {theme.code: half_steps for theme in edition_tree(edition).themes}


def _move(plain: PlainEdition, theme: dict[str, Any], *, keep: bool) -> None:
    """Give a theme and its statements new uids, and note in the crosswalk what they were."""
    statements = [statement for cell in theme["cells"] for statement in cell["statements"]]
    for item in [theme, *statements]:
        was, item["uid"] = item["uid"], str(uuid.uuid4())
        versions = {name: item["version"] for name in ("version", "was_version") if "version" in item}
        if keep:
            plain.manifest.setdefault("crosswalk", []).append({"uid": item["uid"], "was": was} | versions)


@cache
def _shipped() -> PlainEdition:
    return read_folder(SHIPPED[0])


def next_edition(
    *,
    reworded: Collection[str] = (),
    gone: Collection[str] = (),
    moved: Collection[str] = (),
    same: Collection[str] = (),
    official: Mapping[str, str] | None = None,
) -> Edition:
    """Publish another edition of the main framework.

    `reworded` themes have new versions of their statements, `gone` themes are no longer there, `moved` themes have new
    uids and so have their statements, the `same` of them are in the crosswalk. `official` holds behaviours by the codes
    of their cells.
    """
    plain = deepcopy(_shipped())
    plain.manifest["edition"] = {"code": "2031", "uid": str(uuid.uuid4()), "name": "2031"}
    for part in plain.parts:
        part["themes"] = [theme for theme in part["themes"] if theme["code"] not in gone]
        for theme in part["themes"]:
            if theme["code"] in reworded:
                for cell in theme["cells"]:
                    for statement in cell["statements"]:
                        statement["version"] += 1
            if theme["code"] in moved:
                _move(plain, theme, keep=theme["code"] in same)
    edition, _ = load_plain_edition(plain, by=None)
    for code, behaviour in (official or {}).items():
        Cell.objects.filter(edition=edition, code=code).update(behaviour=behaviour)
    if official:
        edition.has_official_texts = True
        edition.save(update_fields=["has_official_texts"])
    return publish_edition(edition, by=None)
