"""The twelve operations of CASE: what each gives out. Addresses, views and discovery are made from this."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from trellis.exchange.case.model import (
    Association,
    AssociationGrouping,
    CaseModel,
    ConceptSet,
    Document,
    DocumentSet,
    Item,
    ItemAssociations,
    ItemTypeSet,
    Licence,
    Package,
    Rubric,
    SubjectSet,
)
from trellis.exchange.case.shelf import Shelf, by_identifier

Find = Callable[[Shelf, str], CaseModel | None]


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation by identifier: its place in the path, its name in the standard, what it gives out and where from.

    `older` is what version 1.0 calls the object, to know what it leaves out.
    """

    collection: str
    name: str
    answer: type[CaseModel]
    find: Find
    summary: str
    older: str = ""


ALL_DOCUMENTS = ("CFDocuments", "getAllCFDocuments", DocumentSet, "All published frameworks, a page at a time")


def _document(shelf: Shelf, identifier: str) -> Document | None:
    volume = shelf.volume(identifier)
    return volume.document if volume else None


def _package(shelf: Shelf, identifier: str) -> Package | None:
    volume = shelf.volume(identifier)
    return volume.package if volume else None


def _item(shelf: Shelf, identifier: str) -> CaseModel | None:
    return shelf.find(lambda volume: volume.items, identifier)


def _association(shelf: Shelf, identifier: str) -> CaseModel | None:
    return shelf.find(lambda volume: volume.associations, identifier)


def _item_associations(shelf: Shelf, identifier: str) -> ItemAssociations | None:
    """An item with all that it is an end of, in whichever edition that stands."""
    item = _item(shelf, identifier)
    ends = [each for volume in shelf.volumes for each in volume.ends.get(identifier, ())]
    return ItemAssociations(CFItem=item, CFAssociations=ends) if isinstance(item, Item) and ends else None


def _grouping(shelf: Shelf, identifier: str) -> CaseModel | None:
    return shelf.find(lambda volume: by_identifier(volume.definitions.CFAssociationGroupings), identifier)


def _licence(shelf: Shelf, identifier: str) -> CaseModel | None:
    return shelf.find(lambda volume: by_identifier(volume.definitions.CFLicenses), identifier)


def _rubric(shelf: Shelf, identifier: str) -> CaseModel | None:
    return shelf.find(lambda volume: by_identifier(volume.package.CFRubrics), identifier)


def _family(name: str, set_: type[CaseModel]) -> Find:
    """Find a definition with its children: those of its edition whose hierarchy code begins with its own."""

    def find(shelf: Shelf, identifier: str) -> CaseModel | None:
        for volume in shelf.volumes:
            things: list[Any] = getattr(volume.definitions, name) or []
            for found in things:
                if found.identifier == identifier:
                    below = [each for each in things if each.hierarchyCode.startswith(f"{found.hierarchyCode}.")]
                    return set_(**{name: [found, *below]})
        return None

    return find


OPERATIONS = (
    Operation("CFDocuments", "getCFDocument", Document, _document, "One framework", "CFDocument"),
    Operation("CFPackages", "getCFPackage", Package, _package, "A framework with everything in it"),
    Operation("CFItems", "getCFItem", Item, _item, "One item", "CFItem"),
    Operation(
        "CFItemAssociations", "getCFItemAssociations", ItemAssociations, _item_associations, "An item and its relations"
    ),
    Operation("CFAssociations", "getCFAssociation", Association, _association, "One relation", "CFAssociation"),
    Operation(
        "CFAssociationGroupings", "getCFAssociationGrouping", AssociationGrouping, _grouping, "A group of relations"
    ),
    Operation("CFLicenses", "getCFLicense", Licence, _licence, "Whose the words are, and on which terms"),
    Operation("CFRubrics", "getCFRubric", Rubric, _rubric, "A domain as a rubric"),
    Operation("CFConcepts", "getCFConcept", ConceptSet, _family("CFConcepts", ConceptSet), "A term and those below it"),
    Operation("CFItemTypes", "getCFItemType", ItemTypeSet, _family("CFItemTypes", ItemTypeSet), "A kind of item"),
    Operation("CFSubjects", "getCFSubject", SubjectSet, _family("CFSubjects", SubjectSet), "What frameworks are about"),
)
