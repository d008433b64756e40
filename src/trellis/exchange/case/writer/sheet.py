"""The sheet that a package is written on: it gives items their identifiers, and joins them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trellis.exchange.case.identity import Addresses, derived
from trellis.exchange.case.model import (
    Definitions,
    ItemType,
    Licence,
    Link,
    NodeLink,
    Package,
    PackagedAssociation,
    PackagedDocument,
    PackagedItem,
    Rubric,
    Subject,
)
from trellis.exchange.case.writer.about import About
from trellis.exchange.models import OutsideLink

LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of item: its name, what it is, its place in the hierarchy of kinds, and the standard's short code."""

    title: str
    description: str
    hierarchy: str
    code: str


@dataclass(frozen=True, slots=True)
class Known:
    """An item of another edition: the identifier it has there, its code and its text.

    One of the same framework is followed by another version of itself; one of another framework is pointed at.
    """

    identifier: uuid.UUID
    code: str
    text: str
    is_elsewhere: bool = False


@dataclass
class Sheet:
    """Collects the parts of one package; `known` has the items of earlier editions by the uid that lasts."""

    about: About
    addresses: Addresses
    known: Mapping[uuid.UUID, Known] = field(default_factory=dict)
    items: list[PackagedItem] = field(default_factory=list)
    associations: list[PackagedAssociation] = field(default_factory=list)
    rubrics: list[Rubric] = field(default_factory=list)
    kinds: dict[str, ItemType] = field(default_factory=dict)
    definitions: Definitions = field(default_factory=Definitions)
    # What this edition adds to what later ones know.
    added: dict[uuid.UUID, Known] = field(default_factory=dict)

    @property
    def at(self) -> str:
        """When all of it was last changed: the moment of publication."""
        return self.about.at

    def identifier(self, uid: uuid.UUID) -> uuid.UUID:
        """Return what an item is called here: its own uid, unless an earlier edition has published it under that."""
        return derived(self.about.uid, str(uid)) if uid in self.known else uid

    def kind(self, kind: Kind) -> Link:
        """Return the link to a kind of item, which is kept among the definitions."""
        identifier = derived(self.about.uid, "CFItemType", kind.title)
        if kind.title not in self.kinds:
            self.kinds[kind.title] = ItemType(
                identifier=str(identifier),
                uri=self.addresses.uri("CFItemTypes", identifier),
                lastChangeDateTime=self.at,
                title=kind.title,
                description=kind.description,
                hierarchyCode=kind.hierarchy,
                typeCode=kind.code,
            )
        return self.addresses.link("CFItemTypes", identifier, kind.title)

    def item(self, uid: uuid.UUID, kind: Kind, *, code: str, text: str, lasts: bool = True, **more: Any) -> uuid.UUID:
        """Add an item and return its identifier; one whose uid `lasts` is matched with the same of earlier editions."""
        before = self.known.get(uid)
        if before is not None and before.is_elsewhere and before.text == text:
            # An alias: the item stays where it is, and only its place here is said.
            self.added[uid] = before
            return before.identifier
        identifier = self.identifier(uid)
        link = self.kind(kind)
        self.items.append(
            PackagedItem(
                identifier=str(identifier),
                uri=self.addresses.uri("CFItems", identifier),
                lastChangeDateTime=self.at,
                fullStatement=text,
                CFItemType=kind.title,
                CFItemTypeURI=link,
                humanCodingScheme=code,
                language=LANGUAGE,
                **{name: value for name, value in more.items() if value},
            )
        )
        if lasts:
            if before is not None:
                same = before.text == text
                self.join(
                    "exactMatchOf" if same else "isRelatedTo",
                    (identifier, code),
                    (before.identifier, before.code),
                    notes="Unchanged" if same else "The words have changed",
                )
            self.added[uid] = Known(identifier, code, text)
        return identifier

    def join(
        self,
        type_: str,
        origin: tuple[uuid.UUID, str],
        destination: tuple[uuid.UUID, str],
        *,
        number: int | None = None,
        notes: str | None = None,
        to: str = "CFItems",
    ) -> None:
        """Add an association between two nodes, each an identifier with its title."""
        identifier = derived(self.about.uid, "CFAssociation", type_, str(origin[0]), str(destination[0]))
        self.associations.append(
            PackagedAssociation(
                identifier=str(identifier),
                uri=self.addresses.uri("CFAssociations", identifier),
                lastChangeDateTime=self.at,
                associationType=type_,
                sequenceNumber=number,
                originNodeURI=self.addresses.node("CFItems", *origin),
                destinationNodeURI=self.addresses.node(to, *destination),
                notes=notes,
            )
        )

    def keep(self, link: OutsideLink) -> None:
        """Add an association that came in with the edition, as it came, unless it is said already."""
        identifier = derived(self.about.uid, "CFAssociation", link.type, link.origin, link.destination)
        if all(each.identifier != str(identifier) for each in self.associations):
            self.associations.append(
                PackagedAssociation(
                    identifier=str(identifier),
                    uri=self.addresses.uri("CFAssociations", identifier),
                    lastChangeDateTime=self.at,
                    associationType=link.type,
                    sequenceNumber=link.number,
                    originNodeURI=_end(link.origin, link.origin_title, link.origin_uri),
                    destinationNodeURI=_end(link.destination, link.destination_title, link.destination_uri),
                    notes=link.notes or None,
                )
            )

    def under_document(self, origin: tuple[uuid.UUID, str], number: int) -> None:
        """Put an item at the top of the hierarchy."""
        self.join("isChildOf", origin, (self.about.uid, self.about.title), number=number, to="CFDocuments")

    def package(self) -> Package:
        """Return the whole of it."""
        about, addresses, (title, text) = self.about, self.addresses, self.about.licence
        licence = Licence(**self._thing("CFLicenses", "CFLicense"), title=title, licenseText=text)
        subject = Subject(**self._thing("CFSubjects", "CFSubject"), title="Leadership", hierarchyCode="1")
        document = PackagedDocument(
            identifier=str(about.uid),
            uri=addresses.uri("CFDocuments", about.uid),
            lastChangeDateTime=self.at,
            caseVersion="1.1",
            creator=about.creator,
            publisher=about.creator,
            title=about.title,
            frameworkType="Competency framework",
            officialSourceURL=about.page,
            description=about.purpose or None,
            subject=[subject.title],
            subjectURI=[addresses.link("CFSubjects", subject.identifier, subject.title)],
            language=LANGUAGE,
            version=about.version,
            adoptionStatus=about.adoption,
            statusStartDate=self.at[:10],
            licenseURI=addresses.link("CFLicenses", licence.identifier, licence.title),
            extensions=about.extensions,
        )
        definitions = self.definitions.model_copy(
            update={
                "CFItemTypes": sorted(self.kinds.values(), key=lambda kind: kind.hierarchyCode),
                "CFLicenses": [licence],
                "CFSubjects": [subject],
            }
        )
        return Package(
            CFDocument=document,
            CFItems=self.items,
            CFAssociations=sorted(self.associations, key=_place),
            CFDefinitions=definitions,
            CFRubrics=self.rubrics or None,
        )

    def _thing(self, collection: str, name: str) -> dict[str, Any]:
        identifier = derived(self.about.uid, name)
        uri = self.addresses.uri(collection, identifier)
        return {"identifier": str(identifier), "uri": uri, "lastChangeDateTime": self.at}


def _place(each: PackagedAssociation) -> tuple[str, str, str, str]:
    """An order that depends on nothing but what is said."""
    return each.associationType, each.originNodeURI.title, each.destinationNodeURI.title, each.identifier


def _end(identifier: str, title: str, uri: str) -> NodeLink:
    return NodeLink(title=title, identifier=identifier, uri=uri, targetType="CASE")
