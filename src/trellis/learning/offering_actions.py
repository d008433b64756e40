"""What who arranges does with offerings: write, list, retire, discard. Each is atomic and leaves an audit row."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.framework.tree import EditionTree
from trellis.learning.models import Format, Offering, OfferingCell, OfferingStatus, Place
from trellis.people.models import Unit


class CellRef(NamedTuple):
    """A cell as an offering remembers it: by the uids that hold in every edition, and the codes of one."""

    theme_uid: UUID
    theme_code: str
    cell_uid: UUID
    cell_code: str
    level: int


@dataclass(frozen=True, slots=True)
class OfferingContent:
    """What is said about an offering; `teaches` and `needs` are the cells it teaches, and those one should stand at."""

    title: str
    minutes: int
    description: str = ""
    provider: str = ""
    key: str = ""
    format: str = Format.IN_PERSON
    language: str = "en"
    access_notes: str = ""
    cost: Decimal = Decimal(0)
    is_public: bool = False
    teaches: tuple[CellRef, ...] = ()
    needs: tuple[CellRef, ...] = ()


_PLAIN = (
    "title", "minutes", "description", "provider", "key", "format", "language", "access_notes", "cost", "is_public",
)  # fmt: skip


def cell_refs(tree: EditionTree, codes: Iterable[str]) -> tuple[CellRef, ...]:
    """Return the cells of these codes in the order of the grid, each once; raises ValidationError for one unknown."""
    wanted = set(codes)
    unknown = sorted(wanted - tree.cell_by_code.keys())
    if unknown:
        raise ValidationError(_("There is no step %(code)s in the framework.") % {"code": unknown[0]})
    return tuple(
        CellRef(theme.uid, theme.code, cell.uid, cell.code, cell.level)
        for theme in tree.themes
        for cell in theme.cells
        if cell.code in wanted
    )


@transaction.atomic
def save_offering(
    content: OfferingContent, *, unit: Unit, by: audit.Actor | None, offering: Offering | None = None
) -> Offering:
    """Write a new offering of a unit as a draft, or change one, with its cells.

    Raises ValidationError (by field where there is one) for content that does not hold together, such as a cell that
    is both taught and needed, or a key that the unit has used already.
    """
    both = {cell.cell_uid for cell in content.teaches} & {cell.cell_uid for cell in content.needs}
    if both:
        code = next(cell.cell_code for cell in content.teaches if cell.cell_uid in both)
        raise ValidationError(_("%(code)s cannot be taught and needed first at once.") % {"code": code})
    offering = Offering.objects.select_for_update().get(pk=offering.pk) if offering else Offering()
    for name in _PLAIN:
        setattr(offering, name, getattr(content, name))
    offering.unit, offering.changed_at = unit, clock.now()
    if content.key and unit.offerings.filter(key=content.key).exclude(pk=offering.pk).exists():
        raise ValidationError({"key": _("Your unit uses this number already.")})
    offering.full_clean()
    offering.save()
    offering.cells.all().delete()
    OfferingCell.objects.bulk_create(
        OfferingCell(offering=offering, place=place, **cell._asdict())
        for place, cells in ((Place.TEACHES, content.teaches), (Place.NEEDS, content.needs))
        for cell in dict.fromkeys(cells)
    )
    taught = [cell.cell_code for cell in content.teaches]
    _note(offering, "save", by=by, teaches=taught, public=offering.is_public)
    return offering


@transaction.atomic
def list_offering(offering: Offering, *, by: audit.Actor | None) -> Offering:
    """Put an offering into the catalogue, for the first time or again."""
    return _move(offering, OfferingStatus.LISTED, by=by)


@transaction.atomic
def retire_offering(offering: Offering, *, by: audit.Actor | None) -> Offering:
    """Take a listed offering out of the catalogue; who took it still finds its page. Sessions that are planned stay.

    Raises ValidationError for a draft, which was never in it.
    """
    if offering.status == OfferingStatus.DRAFT:
        raise ValidationError(_("A draft is not in the catalog yet."))
    return _move(offering, OfferingStatus.RETIRED, by=by)


@transaction.atomic
def discard_draft(offering: Offering, *, by: audit.Actor | None) -> None:
    """Delete a draft for good; raises ValidationError for anything else, and for one that has sessions."""
    offering = Offering.objects.select_for_update().get(pk=offering.pk)
    if offering.status != OfferingStatus.DRAFT or offering.sessions.exists():
        raise ValidationError(_("Only a draft without sessions can be discarded."))
    _note(offering, "discard", by=by)
    offering.delete()


def _move(offering: Offering, status: OfferingStatus, *, by: audit.Actor | None) -> Offering:
    offering = Offering.objects.select_for_update().get(pk=offering.pk)
    if offering.status != status:
        _note(offering, str(status), by=by)
        offering.status, offering.changed_at = status, clock.now()
        offering.save(update_fields=["status", "changed_at"])
    return offering


def _note(offering: Offering, what: str, *, by: audit.Actor | None, **detail: object) -> None:
    audit.record(by=by, action=f"learning.offering.{what}", target=f"offering:{offering.uid}", detail=detail)
