"""The classes of CASE 1.1 as types; field names are the standard's own. The discovery document is made from them."""
# ruff: noqa: N815  (the names are those of the standard)

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Identifier = Annotated[
    str, Field(pattern="[0-9a-f]{8}-[0-9a-f]{4}-[1-5]{1}[0-9a-f]{3}-[8-9a-b]{1}[0-9a-f]{3}-[0-9a-f]{12}")
]
Uri = Annotated[str, Field(json_schema_extra={"format": "uri"})]
Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Day = Annotated[str, Field(json_schema_extra={"format": "date"})]
Extensions = dict[str, Any]
AssociationType = Annotated[
    str,
    Field(
        pattern=r"^(isChildOf|isPeerOf|isPartOf|exactMatchOf|precedes|isRelatedTo|replacedBy|exemplar|hasSkillLevel"
        r"|isTranslationOf|ext:[a-zA-Z0-9._-]+)$"
    ),
]


class CaseModel(BaseModel):
    """Anything of CASE: unknown fields are refused, as the standard's own schema does."""

    model_config = ConfigDict(extra="forbid")


class Link(CaseModel):
    """A link to an object of CASE."""

    title: str
    identifier: Identifier
    uri: Uri


class NodeLink(CaseModel):
    """An end of an association, which may lie in another system."""

    title: str
    identifier: str
    uri: Uri
    targetType: str | None = None


class Thing(CaseModel):
    """What every object has."""

    identifier: Identifier
    uri: Uri
    lastChangeDateTime: Moment


class PackagedDocument(Thing):
    """A framework's edition, as it stands inside of its package."""

    creator: str
    title: str
    frameworkType: str | None = None
    caseVersion: Literal["1.1"] | None = None
    officialSourceURL: Uri | None = None
    publisher: str | None = None
    description: str | None = None
    subject: list[str] | None = None
    subjectURI: list[Link] | None = None
    language: str | None = None
    version: str | None = None
    adoptionStatus: str | None = None
    statusStartDate: Day | None = None
    statusEndDate: Day | None = None
    licenseURI: Link | None = None
    notes: str | None = None
    extensions: Extensions | None = None


class Document(PackagedDocument):
    """A framework's edition by itself, with the way to its package."""

    CFPackageURI: Link


class PackagedItem(Thing):
    """A domain, theme, behaviour, learning consideration, level or attribute, as it stands inside of a package."""

    fullStatement: str
    alternativeLabel: str | None = None
    CFItemType: str | None = None
    humanCodingScheme: str | None = None
    listEnumeration: str | None = None
    abbreviatedStatement: str | None = None
    conceptKeywords: list[str] | None = None
    conceptKeywordsURI: Link | None = None
    notes: str | None = None
    subject: list[str] | None = None
    subjectURI: list[Link] | None = None
    language: str | None = None
    educationLevel: list[str] | None = None
    CFItemTypeURI: Link | None = None
    licenseURI: Link | None = None
    statusStartDate: Day | None = None
    statusEndDate: Day | None = None
    extensions: Extensions | None = None


class Item(PackagedItem):
    """An item by itself, with the way to its document."""

    CFDocumentURI: Link


class PackagedAssociation(Thing):
    """How two nodes stand to each other, inside of a package."""

    associationType: AssociationType
    originNodeURI: NodeLink
    destinationNodeURI: NodeLink
    sequenceNumber: int | None = None
    CFAssociationGroupingURI: Link | None = None
    notes: str | None = None
    extensions: Extensions | None = None


class Association(PackagedAssociation):
    """An association by itself, with the way to its document."""

    CFDocumentURI: Link | None = None


class AssociationGrouping(Thing):
    """A name for associations that belong together."""

    title: str
    description: str | None = None
    extensions: Extensions | None = None


class Concept(Thing):
    """A term that is used in a sense of its own."""

    title: str
    hierarchyCode: str
    keywords: str | None = None
    description: str | None = None
    extensions: Extensions | None = None


class Subject(Thing):
    """What a framework is about."""

    title: str
    hierarchyCode: str
    description: str | None = None
    extensions: Extensions | None = None


class Licence(Thing):
    """On which terms the texts may be used, and whose they are."""

    title: str
    licenseText: str
    description: str | None = None
    extensions: Extensions | None = None


class ItemType(Thing):
    """A kind of item."""

    title: str
    description: str
    hierarchyCode: str
    typeCode: str | None = None
    extensions: Extensions | None = None


class CriterionLevel(Thing):
    """A cell as a column of a rubric's row."""

    quality: str | None = None
    description: str | None = None
    feedback: str | None = None
    score: float | None = None
    position: int | None = None
    rubricCriterionId: Identifier | None = None
    # A list here, an object everywhere else: the standard has it so.
    extensions: list[Extensions] | None = None


class Criterion(Thing):
    """A theme as a rubric's row."""

    category: str | None = None
    description: str | None = None
    CFItemURI: Link | None = None
    weight: float | None = None
    position: int | None = None
    rubricId: Identifier | None = None
    CFRubricCriterionLevels: list[CriterionLevel] | None = None
    extensions: Extensions | None = None


class Rubric(Thing):
    """A domain as a grid that can be assessed."""

    title: str | None = None
    description: str | None = None
    CFRubricCriteria: list[Criterion] | None = None
    extensions: Extensions | None = None


class Definitions(CaseModel):
    """What the items of a package refer to."""

    CFConcepts: list[Concept] | None = None
    CFSubjects: list[Subject] | None = None
    CFLicenses: list[Licence] | None = None
    CFItemTypes: list[ItemType] | None = None
    CFAssociationGroupings: list[AssociationGrouping] | None = None
    extensions: Extensions | None = None


class Package(CaseModel):
    """A whole edition: document, items, associations, definitions and rubrics."""

    CFDocument: PackagedDocument
    CFItems: list[PackagedItem] | None = None
    CFAssociations: list[PackagedAssociation] | None = None
    CFDefinitions: Definitions | None = None
    CFRubrics: list[Rubric] | None = None
    extensions: Extensions | None = None


class DocumentSet(CaseModel):
    """A page of documents."""

    CFDocuments: Annotated[list[Document], Field(min_length=1)]


class ItemAssociations(CaseModel):
    """An item with every association that it is an end of."""

    CFItem: Item
    CFAssociations: Annotated[list[PackagedAssociation], Field(min_length=1)]


class ConceptSet(CaseModel):
    """A concept and those below it."""

    CFConcepts: Annotated[list[Concept], Field(min_length=1)]


class SubjectSet(CaseModel):
    """A subject and those below it."""

    CFSubjects: Annotated[list[Subject], Field(min_length=1)]


class ItemTypeSet(CaseModel):
    """A kind of item and those below it."""

    CFItemTypes: Annotated[list[ItemType], Field(min_length=1)]


class CodeMinorField(CaseModel):
    """What was wrong, in the standard's own word."""

    imsx_codeMinorFieldName: str
    imsx_codeMinorFieldValue: Literal[
        "forbidden",
        "fullsuccess",
        "internal_server_error",
        "invalid_selection_field",
        "invalid_sort_field",
        "invalid_uuid",
        "server_busy",
        "unauthorised_request",
        "unknownobject",
    ]


class CodeMinor(CaseModel):
    """The details of a refusal."""

    imsx_codeMinorField: Annotated[list[CodeMinorField], Field(min_length=1)]


class StatusInfo(CaseModel):
    """The body of every refusal."""

    imsx_codeMajor: Literal["failure", "processing", "success", "unsupported"]
    imsx_severity: Literal["error", "status", "warning"]
    imsx_description: str | None = None
    imsx_codeMinor: CodeMinor | None = None
