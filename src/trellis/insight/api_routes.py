"""Released figures for other programs: what the pages show, of the same units, and nothing else."""

import datetime as dt
import uuid
from typing import Annotated

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema

from trellis.core.viewer import viewer_of
from trellis.insight.access import insight_units
from trellis.insight.models import Release
from trellis.insight.queries import (
    Cell,
    Question,
    broken_down,
    groups_by_attribute,
    release_of,
    released_table,
    releases,
)
from trellis.people.models import Person

router = Router(tags=["Released figures"])


class FigureUnitOut(Schema):
    """A unit of which the caller may see figures."""

    uid: uuid.UUID
    name: str
    kind: str


class ReleaseOut(Schema):
    """A released wave; figures stand on no fewer people than `threshold`."""

    wave: str
    name: str
    opens_on: dt.date
    closes_on: dt.date
    released_at: dt.datetime
    threshold: int
    attributes: list[str]


class ValueOut(Schema):
    """A number, and whether it is exactly, at least or at most that: ends of the scale are not told apart."""

    end: str
    value: float


class FigureOut(Schema):
    """One group in one column; `hidden` says why there is no figure, and as little as it can."""

    group: str
    about: str
    people: int | None
    hidden: str
    values: dict[str, ValueOut]
    plus_minus: float | None


class FiguresOut(Schema):
    """What was released of one unit, of everybody or by the groups of an attribute."""

    wave: str
    question: str
    unit: FigureUnitOut
    attribute: str
    cells: list[FigureOut]


class Asked(Schema):
    """Of which unit, and by which attribute (empty for everybody)."""

    unit: uuid.UUID
    attribute: Annotated[str, Field(max_length=40)] = ""


@router.get("/units", response=list[FigureUnitOut], operation_id="insight_units", summary="List units with figures")
def units(request: HttpRequest) -> list[FigureUnitOut]:
    """Return the units of which the caller may see figures today, from the top down."""
    found = insight_units(viewer_of(request, Person))
    return [FigureUnitOut(uid=unit.uid, name=unit.name, kind=unit.kind) for unit in found]


@router.get("/releases", response=list[ReleaseOut], operation_id="releases", summary="List releases")
def all_releases(request: HttpRequest) -> list[ReleaseOut]:
    """Return what is released, the newest first."""
    return [_release(release) for release in releases()]


@router.get(
    "/releases/{wave}/{question}", response=FiguresOut, operation_id="released", summary="Read released figures"
)
def released(request: HttpRequest, wave: str, question: Question, asked: Query[Asked]) -> FiguresOut:
    """Return what a wave says about a question, of one unit."""
    release = release_of(wave) if wave.isprintable() else None
    unit = insight_units(viewer_of(request, Person)).filter(uid=asked.unit).first()
    if release is None or unit is None:
        raise Http404("There is no such release, or no such unit of which you may see figures.")
    if asked.attribute and asked.attribute not in broken_down(release, unit):
        raise Http404("Units of this kind are not shown by this attribute.")
    table = released_table(release, question, unit, asked.attribute)
    about = {theme["column"]: str(theme["code"]) for theme in release.content["themes"]}
    return FiguresOut(
        wave=release.wave.code,
        question=question,
        unit=FigureUnitOut(uid=unit.uid, name=unit.name, kind=unit.kind),
        attribute=asked.attribute,
        cells=[_cell(cell, about.get(cell.column, cell.column)) for cell in table.cells],
    )


def _release(release: Release) -> ReleaseOut:
    return ReleaseOut(
        wave=release.wave.code,
        name=release.wave.name,
        opens_on=release.wave.opens_on,
        closes_on=release.wave.closes_on,
        released_at=release.made_at,
        threshold=release.threshold,
        attributes=list(groups_by_attribute(release)),
    )


def _cell(cell: Cell, about: str) -> FigureOut:
    values = {name: ValueOut(end=value.end, value=value.value) for name, value in cell.values.items()}
    return FigureOut(
        group=cell.group, about=about, people=cell.n, hidden=cell.hidden, values=values, plus_minus=cell.give
    )
