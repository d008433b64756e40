"""The shelf: every published edition as a package, ready to be given out, with an index of all its objects."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.conf import settings
from django.utils.translation import override

from trellis.exchange.case.identity import Addresses
from trellis.exchange.case.model import (
    Association,
    CaseModel,
    Definitions,
    Document,
    Item,
    Link,
    Package,
    PackagedAssociation,
    Thing,
)
from trellis.exchange.case.writer.about import about
from trellis.exchange.case.writer.attributes import codes_of, write_attributes
from trellis.exchange.case.writer.grid import write_grid
from trellis.exchange.case.writer.sheet import Known, Sheet
from trellis.exchange.models import OutsideLink
from trellis.framework.access import published_editions
from trellis.framework.models import Edition, FrameworkKind
from trellis.framework.queries import attribute_tree, edition_tree


@dataclass(frozen=True)
class Volume:
    """One published edition: its package, and links to it and to its document."""

    package: Package
    document: Document
    link: Link

    @cached_property
    def items(self) -> dict[str, Item]:
        """Items by identifier, each with the way to its document."""
        return {item.identifier: Item(**dict(item), CFDocumentURI=self.link) for item in self.package.CFItems or ()}

    @cached_property
    def associations(self) -> dict[str, Association]:
        """Associations by identifier, each with the way to its document."""
        return {
            each.identifier: Association(**dict(each), CFDocumentURI=self.link)
            for each in self.package.CFAssociations or ()
        }

    @cached_property
    def ends(self) -> dict[str, list[PackagedAssociation]]:
        """Associations by each of their two ends."""
        found: dict[str, list[PackagedAssociation]] = {}
        for each in self.package.CFAssociations or ():
            for end in {each.originNodeURI.identifier, each.destinationNodeURI.identifier}:
                found.setdefault(end, []).append(each)
        return found

    @property
    def definitions(self) -> Definitions:
        """What the items refer to."""
        return self.package.CFDefinitions or Definitions()


Found = tuple[Volume, CaseModel]


class Shelf:
    """All published editions, the oldest first; the first that has an identifier answers for it."""

    def __init__(self, volumes: Sequence[Volume]) -> None:
        self.volumes = tuple(volumes)

    def documents(self) -> list[Document]:
        """Return the documents, the newest edition first."""
        return [volume.document for volume in reversed(self.volumes)]

    def find(self, collection: Callable[[Volume], Mapping[str, CaseModel]], identifier: str) -> CaseModel | None:
        """Return the object of that identifier in the first volume that has it."""
        return next((found for volume in self.volumes if (found := collection(volume).get(identifier))), None)

    def volume(self, identifier: str) -> Volume | None:
        """Return the edition of that identifier."""
        return next((volume for volume in self.volumes if volume.document.identifier == identifier), None)


def by_identifier(things: Sequence[Thing] | None) -> dict[str, Thing]:
    """Return things by their identifier."""
    return {thing.identifier: thing for thing in things or ()}


_kept: dict[tuple[str, tuple[tuple[uuid.UUID, str], ...]], Shelf] = {}


def shelf() -> Shelf:
    """Return the shelf of today; one query, and packages are written once per process until another is published."""
    editions = list(published_editions().order_by("published_at", "pk"))
    key = (settings.TRELLIS_URL, tuple((edition.uid, edition.status) for edition in editions))
    if key not in _kept:
        _kept.clear()
        # Editions are given out in the language that they are written in.
        with override(settings.LANGUAGE_CODE):
            _kept[key] = Shelf(list(_written(editions)))
    return _kept[key]


def _written(editions: Sequence[Edition]) -> Iterator[Volume]:
    addresses = Addresses(settings.TRELLIS_URL)
    known: dict[int, dict[uuid.UUID, Known]] = {}
    elsewhere: dict[uuid.UUID, Known] = {}
    links: dict[int, list[OutsideLink]] = {}
    for link in OutsideLink.objects.filter(edition__in=[edition.pk for edition in editions]):
        links.setdefault(link.edition_id, []).append(link)
    cells: dict[str, Known] = {}
    # Grids first: lists of attributes point into them.
    for edition in sorted(editions, key=lambda each: each.framework.kind != FrameworkKind.GRID):
        before = known.setdefault(edition.framework_id, {})
        sheet = Sheet(about(edition, site=settings.TRELLIS_URL), addresses, elsewhere | before)
        if edition.framework.kind == FrameworkKind.GRID:
            write_grid(sheet, edition_tree(edition))
            if edition.framework.is_main:
                cells = codes_of(sheet.added)
        else:
            write_attributes(sheet, attribute_tree(edition), cells)
        for link in links.get(edition.pk, ()):
            sheet.keep(link)
        known[edition.framework_id] = sheet.added | before
        for uid, item in sheet.added.items():
            elsewhere.setdefault(uid, replace(item, is_elsewhere=True))
        yield _bound(sheet, addresses)


def _bound(sheet: Sheet, addresses: Addresses) -> Volume:
    package = sheet.package()
    plain = package.CFDocument
    way = addresses.link("CFPackages", plain.identifier, plain.title)
    document = Document(**dict(plain), CFPackageURI=way)
    return Volume(package, document, addresses.link("CFDocuments", plain.identifier, plain.title))
