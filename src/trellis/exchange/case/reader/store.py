"""Stores what a package became as a draft edition, all of it or nothing, with an audit row."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import slugify

from trellis.core import audit
from trellis.exchange.case.reader.arrival import Arrival, arrive
from trellis.exchange.case.reader.crosswalk import Proposal, proposals
from trellis.exchange.case.reader.loose import LooseItem, LoosePackage
from trellis.exchange.models import OutsideLink
from trellis.framework.access import published_editions
from trellis.framework.actions import LONGEST_CODE
from trellis.framework.models import (
    Activity,
    Attribute,
    AttributeGroup,
    Cell,
    Crosswalk,
    Definition,
    Domain,
    Edition,
    Framework,
    Level,
    Statement,
    Theme,
)
from trellis.framework.search import index_edition

# In the order in which each finds its parents stored, with the field that names the parent by uid.
_MODELS: tuple[tuple[type[models.Model], str], ...] = (
    (Level, ""),
    (Domain, ""),
    (Theme, "domain"),
    (Cell, "theme"),
    (Statement, "cell"),
    (Activity, "cell"),
    (Definition, ""),
    (AttributeGroup, ""),
    (Attribute, "group"),
)


@dataclass(frozen=True, slots=True)
class CasePlan:
    """What storing a package would do: the framework it is an edition of (None: one of its own), and the crosswalk."""

    arrival: Arrival
    framework: Framework | None
    already: Edition | None
    crosswalk: tuple[Proposal, ...]


def plan_case(package: LoosePackage, *, into: str = "") -> CasePlan:
    """Plan the import of a package; raises CaseReadError, and ValidationError for an unknown framework in `into`."""
    already = Edition.objects.select_related("framework").filter(uid__in=_uuids(package.identifier)).first()
    arrival = arrive(package, _items_here())
    framework = _framework(arrival, into)
    return CasePlan(arrival, framework, already, proposals(arrival, framework))


@transaction.atomic
def store_case(plan: CasePlan, *, code: str = "", by: audit.Actor | None) -> Edition:
    """Store a planned package as a draft edition with its crosswalk; one that is here already is returned as it is.

    Raises ValidationError when the code is taken.
    """
    if plan.already is not None:
        return plan.already
    arrival, package = plan.arrival, plan.arrival.package
    framework = plan.framework or _new_framework(arrival)
    code = code or str(package.plain.get("edition", {}).get("code", "")) or slugify(package.version)
    code = slugify(code)[:LONGEST_CODE] or "imported"
    if framework.editions.filter(code=code).exists():
        raise ValidationError(f"{framework.name} has an edition {code} already; choose another code.")
    edition = Edition.objects.create(
        framework=framework,
        uid=_maybe_uuid(package.identifier) or uuid.uuid4(),
        code=code,
        name=package.version[:120],
        has_official_texts=arrival.is_official,
    )
    count = _rows(edition, arrival)
    Crosswalk.objects.bulk_create(
        Crosswalk(edition=edition, uid=each.uid, other_uid=each.other) for each in plan.crosswalk if each.is_certain
    )
    OutsideLink.objects.bulk_create(
        OutsideLink(
            edition=edition,
            type=each.type[:60],
            number=each.number,
            notes=each.notes,
            origin=each.origin.identifier[:64],
            origin_title=each.origin.title[:300],
            origin_uri=each.origin.uri[:500],
            destination=each.destination.identifier[:64],
            destination_title=each.destination.title[:300],
            destination_uri=each.destination.uri[:500],
        )
        for each in {
            (one.type, one.origin.identifier, one.destination.identifier): one for one in arrival.outside
        }.values()
    )
    index_edition(edition)
    audit.record(
        by=by,
        action="exchange.case.import",
        target=f"edition:{edition.uid}",
        detail={"framework": framework.code, "edition": code, "rows": count},
    )
    return edition


def _rows(edition: Edition, arrival: Arrival) -> int:
    stored: dict[type[models.Model], dict[Any, models.Model]] = {}
    levels: dict[int, models.Model] = {}
    count = 0
    parents = {Theme: Domain, Cell: Theme, Statement: Cell, Activity: Cell, Attribute: AttributeGroup}
    for model, parent in _MODELS:
        rows = []
        for values in arrival.rows.get(model.__name__, ()):
            given = dict(values)
            if parent:
                given[parent] = stored[parents[model]][given[parent]]  # type: ignore[index]
            if model is Cell:
                given["level"] = levels[given["level"]]
            rows.append(model(edition=edition, **given))
        for row in rows:
            row.clean_fields(exclude=["edition", "level", parent])
        made = model._default_manager.bulk_create(rows, batch_size=500)
        stored[model] = {row.uid: row for row in made}  # type: ignore[attr-defined]
        if model is Level:
            levels = {row.number: row for row in made}  # type: ignore[attr-defined]
        count += len(made)
    return count


def _framework(arrival: Arrival, into: str) -> Framework | None:
    if into:
        found = Framework.objects.filter(code=into, kind=arrival.kind).first()
        if found is None:
            raise ValidationError(f"There is no framework {into} of this shape.")
        return found
    plain = arrival.package.plain.get("framework", {})
    known = Framework.objects.filter(uid__in=_uuids(str(plain.get("uid", "")))).first()
    return known or Framework.objects.filter(name=arrival.package.title, kind=arrival.kind).first()


def _new_framework(arrival: Arrival) -> Framework:
    package, plain = arrival.package, arrival.package.plain.get("framework", {})
    stem = code = slugify(str(plain.get("code", "")) or package.title)[: LONGEST_CODE - 3] or "framework"
    number = 1
    while Framework.objects.filter(code=code).exists():
        number += 1
        code = f"{stem}-{number}"
    first = arrival.kind == "framework" and not Framework.objects.filter(is_main=True).exists()
    return Framework.objects.create(
        code=code,
        uid=_maybe_uuid(str(plain.get("uid", ""))) or uuid.uuid4(),
        name=package.title[:120],
        kind=arrival.kind,
        purpose=package.purpose,
        owner=package.creator[:120],
        is_main=first,
    )


def _items_here() -> dict[str, LooseItem]:
    """The items of every published edition here, by identifier: a state's edition may point at them."""
    found: dict[str, LooseItem] = {}
    editions = list(published_editions().values_list("pk", flat=True))
    for model, text, label in (
        (Domain, "purpose", "name"),
        (Theme, "name", "short"),
        (Cell, "behaviour", "code"),
    ):
        for row in model.objects.filter(edition__in=editions).order_by("edition__published_at"):
            name = getattr(row, label)
            found.setdefault(
                str(row.uid),
                LooseItem(str(row.uid), getattr(row, text) or name, name, row.code, model.__name__, 0, "", {}),
            )
    return found


def _uuids(text: str) -> list[uuid.UUID]:
    found = _maybe_uuid(text)
    return [found] if found else []


def _maybe_uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
