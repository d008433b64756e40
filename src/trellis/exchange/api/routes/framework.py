"""The framework: published editions, for everybody, with a token or without."""

import datetime as dt
import uuid

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from trellis.exchange.case.identity import BASE_PATH
from trellis.framework.access import published_editions
from trellis.framework.models import Edition, FrameworkKind
from trellis.framework.queries import attribute_tree, edition_tree
from trellis.framework.tree import AttributeTree, CellNode, EditionTree

router = Router(tags=["Framework"])


class EditionOut(Schema):
    """A published edition; `case` is where its CASE package is."""

    framework: str
    edition: str
    uid: uuid.UUID
    name: str
    kind: str
    published_on: dt.date
    is_retired: bool
    case: str


class StatementOut(Schema):
    """One idea, in plain words: as one says it of oneself, and of somebody else."""

    uid: uuid.UUID
    version: int
    self: str
    other: str


class ActivityOut(Schema):
    """Something to do, and about how many minutes it takes."""

    uid: uuid.UUID
    version: int
    kind: str
    minutes: int
    text: str


class CellOut(Schema):
    """A theme at a level; the official texts are empty where none are loaded."""

    uid: uuid.UUID
    code: str
    level: int
    statements: list[StatementOut]
    activities: list[ActivityOut]
    official_behaviour: str
    official_considerations: str


class ThemeOut(Schema):
    """A theme with its cells."""

    uid: uuid.UUID
    code: str
    name: str
    short: str
    cells: list[CellOut]


class DomainOut(Schema):
    """A domain with its themes."""

    uid: uuid.UUID
    code: str
    name: str
    purpose: str
    themes: list[ThemeOut]


class AttributeOut(Schema):
    """Something that is in place in a unit, or not."""

    uid: uuid.UUID
    code: str
    short: str
    text: str


class LevelOut(Schema):
    """A level."""

    uid: uuid.UUID
    number: int
    name: str


class WholeOut(Schema):
    """A whole edition: domains and levels, or, for a list of attributes, those."""

    framework: str
    edition: str
    uid: uuid.UUID
    name: str
    levels: list[LevelOut]
    domains: list[DomainOut]
    attributes: list[AttributeOut]


@router.get("", response=list[EditionOut], operation_id="editions", summary="List the published editions")
def editions(request: HttpRequest) -> list[EditionOut]:
    """Return the published editions, those that are no longer in use too."""
    return [_edition(edition) for edition in published_editions().order_by("framework__code", "published_at", "pk")]


@router.get("/{framework}/{edition}", response=WholeOut, operation_id="edition", summary="Read an edition")
def edition(request: HttpRequest, framework: str, edition: str) -> WholeOut:
    """Return a whole edition; what is published never changes, so ask with If-None-Match."""
    found = _found(framework, edition)
    if found.framework.kind == FrameworkKind.ATTRIBUTES:
        return _list(attribute_tree(found))
    return _grid(edition_tree(found))


@router.get("/{framework}/{edition}/cells/{code}", response=CellOut, operation_id="cell", summary="Read one cell")
def cell(request: HttpRequest, framework: str, edition: str, code: str) -> CellOut:
    """Return one cell of a grid by its code, such as `ORG.5.L2`."""
    found = _found(framework, edition)
    if found.framework.kind == FrameworkKind.GRID:
        node = edition_tree(found).cell_by_code.get(code)
        if node is not None:
            return _cell(node)
    raise Http404("There is no such cell.")


def _found(framework: str, edition: str) -> Edition:
    # What cannot be a code is not asked of the database: PostgreSQL refuses some characters.
    codes = (framework, edition)
    found = None
    if all(code.isprintable() for code in codes):
        found = published_editions().filter(framework__code=framework, code=edition).first()
    if found is None:
        raise Http404("There is no such edition.")
    return found


def _edition(edition: Edition) -> EditionOut:
    assert edition.published_at is not None  # noqa: S101  (the database holds it)
    return EditionOut(
        framework=edition.framework.code,
        edition=edition.code,
        uid=edition.uid,
        name=f"{edition.framework.name}, {edition.name}",
        kind=edition.framework.kind,
        published_on=edition.published_at.date(),
        is_retired=edition.status == "retired",
        case=f"{BASE_PATH}/CFPackages/{edition.uid}",
    )


def _grid(tree: EditionTree) -> WholeOut:
    return WholeOut(
        framework=tree.framework_code,
        edition=tree.code,
        uid=tree.uid,
        name=f"{tree.framework_name}, {tree.name}",
        levels=[LevelOut(uid=level.uid, number=level.number, name=level.name) for level in tree.levels],
        domains=[
            DomainOut(
                uid=domain.uid,
                code=domain.code,
                name=domain.name,
                purpose=domain.purpose,
                themes=[
                    ThemeOut(
                        uid=theme.uid,
                        code=theme.code,
                        name=theme.name,
                        short=theme.short,
                        cells=[_cell(each) for each in theme.cells],
                    )
                    for theme in domain.themes
                ],
            )
            for domain in tree.domains
        ],
        attributes=[],
    )


def _list(tree: AttributeTree) -> WholeOut:
    return WholeOut(
        framework=tree.framework_code,
        edition=tree.code,
        uid=tree.uid,
        name=f"{tree.framework_name}, {tree.name}",
        levels=[],
        domains=[],
        attributes=[
            AttributeOut(uid=each.uid, code=each.code, short=each.short, text=each.text) for each in tree.attributes
        ],
    )


def _cell(node: CellNode) -> CellOut:
    return CellOut(
        uid=node.uid,
        code=node.code,
        level=node.level,
        statements=[
            StatementOut(uid=each.uid, version=each.version, self=each.text_self, other=each.text_other)
            for each in node.statements
        ],
        activities=[
            ActivityOut(uid=each.uid, version=each.version, kind=each.kind, minutes=each.minutes, text=each.text)
            for each in node.activities
        ],
        official_behaviour=node.behaviour,
        official_considerations=node.considerations,
    )
