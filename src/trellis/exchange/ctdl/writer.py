"""Writes a published edition as a CTDL-ASN graph, with the identifiers that it has in CASE."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from trellis.exchange.case.identity import derived
from trellis.exchange.case.model import Criterion, PackagedItem, Rubric
from trellis.exchange.case.shelf import Volume
from trellis.exchange.case.writer.grid import LEVEL

CONTEXT = "https://credreg.net/ctdlasn/schema/context/json"
# Where the registry would answer for an identifier. Who publishes there keeps the form; nothing is fetched from it.
REGISTRY = "https://credentialengineregistry.org"
_PUBLISHED = "http://credreg.net/ctdlasn/vocabs/publicationStatus/Published"
_LANGUAGE = "en"

Node = dict[str, Any]


def write_graph(volume: Volume) -> dict[str, Any]:
    """Return an edition as a JSON-LD document: framework, competencies, progression model and levels, rubrics.

    Every text is a language map. The attribute list has no levels, so that it gets no progression model.
    """
    graph = _Graph(volume)
    return {"@context": CONTEXT, "@id": f"{REGISTRY}/graph/ce-{graph.framework}", "@graph": graph.nodes()}


def _resource(identifier: uuid.UUID | str) -> str:
    return f"{REGISTRY}/resources/ce-{identifier}"


def _said(text: str) -> dict[str, str]:
    return {_LANGUAGE: text}


@dataclass
class _Graph:
    volume: Volume
    children: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    parent: dict[str, str] = field(default_factory=dict)
    before: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    level: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        document = self.volume.document
        self.framework = document.identifier
        own = uuid.UUID(self.framework)
        self.model, self.publisher = derived(own, "asn:ProgressionModel"), derived(own, "publisher")
        for each in self.volume.package.CFAssociations or ():
            origin, destination = each.originNodeURI.identifier, each.destinationNodeURI.identifier
            if each.associationType == "isChildOf":
                self.parent[origin] = destination
                self.children[destination].append(origin)
            elif each.associationType == "precedes":
                self.before[destination].append(origin)
            elif each.associationType == "hasSkillLevel":
                self.level[origin] = destination
        items = self.volume.package.CFItems or []
        self.levels = [item for item in items if item.CFItemType == LEVEL.title]
        self.competencies = [item for item in items if item.CFItemType != LEVEL.title]

    def nodes(self) -> list[Node]:
        found = [self._framework(), *(self._competency(item) for item in self.competencies)]
        if self.levels:
            found += [self._model(), *(self._level(item) for item in self.levels)]
        for rubric in self.volume.package.CFRubrics or ():
            found += self._rubric(rubric)
        return found

    def _node(self, identifier: uuid.UUID | str, type_: str, **values: Any) -> Node:
        node = {"@id": _resource(identifier), "@type": type_, "ceterms:ctid": f"ce-{identifier}"}
        return node | {name.replace("_", ":", 1): value for name, value in values.items() if value}

    def _framework(self) -> Node:
        document = self.volume.document
        names = {item.identifier for item in self.competencies}
        return self._node(
            self.framework,
            "ceasn:CompetencyFramework",
            ceasn_name=_said(document.title),
            ceasn_description=_said(document.description or document.title),
            ceasn_inLanguage=[_LANGUAGE],
            ceasn_creator=[_resource(self.publisher)],
            ceasn_publisher=[_resource(self.publisher)],
            ceasn_publisherName={_LANGUAGE: [document.creator]},
            ceasn_rights=_said((self.volume.definitions.CFLicenses or [])[0].licenseText),
            ceasn_hasTopChild=[_resource(each) for each in self.children[self.framework] if each in names],
            ceasn_dateCreated=document.lastChangeDateTime[:10],
            ceasn_dateModified=document.lastChangeDateTime,
            ceasn_source=[document.officialSourceURL],
            ceasn_publicationStatusType=_PUBLISHED,
        )

    def _competency(self, item: PackagedItem) -> Node:
        identifier, parent = item.identifier, self.parent[item.identifier]
        is_top = parent == self.framework
        return self._node(
            identifier,
            "ceasn:Competency",
            ceasn_competencyText=_said(item.fullStatement),
            ceasn_competencyLabel=_said(item.abbreviatedStatement or item.humanCodingScheme or ""),
            ceasn_codedNotation=item.humanCodingScheme,
            ceasn_competencyCategory={_LANGUAGE: [item.CFItemType]},
            ceasn_inLanguage=[_LANGUAGE],
            ceasn_isPartOf=[_resource(self.framework)],
            ceasn_exactAlignment=[item.uri],
            ceasn_isTopChildOf=[_resource(parent)] if is_top else None,
            ceasn_isChildOf=None if is_top else [_resource(parent)],
            ceasn_hasChild=[_resource(each) for each in self.children.get(identifier, ())],
            ceasn_prerequisiteAlignment=[_resource(each) for each in self.before.get(identifier, ())],
            asn_hasProgressionLevel=[_resource(self.level[identifier])] if identifier in self.level else None,
        )

    def _model(self) -> Node:
        return self._node(
            self.model,
            "asn:ProgressionModel",
            ceasn_name=_said("Levels of practice"),
            ceasn_description=_said(", ".join(level.fullStatement for level in self.levels)),
            ceasn_inLanguage=[_LANGUAGE],
            ceasn_publisher=[_resource(self.publisher)],
            skos_hasTopConcept=[_resource(level.identifier) for level in self.levels],
        )

    def _level(self, item: PackagedItem) -> Node:
        return self._node(
            item.identifier,
            "asn:ProgressionLevel",
            skos_prefLabel=_said(item.fullStatement),
            skos_notation=item.humanCodingScheme,
            ceasn_inProgressionModel=_resource(self.model),
            skos_topConceptOf=_resource(self.model),
        )

    def _rubric(self, rubric: Rubric) -> list[Node]:
        criteria = rubric.CFRubricCriteria or []
        whole = self._node(
            rubric.identifier,
            "ceasn:Rubric",
            ceasn_name=_said(rubric.title or ""),
            ceasn_description=_said(rubric.description or ""),
            ceasn_inLanguage=[_LANGUAGE],
            ceasn_publisher=[_resource(self.publisher)],
            ceasn_hasRubricCriterion=[_resource(each.identifier) for each in criteria],
            asn_hasProgressionModel=[_resource(self.model)],
        )
        return [whole, *(node for criterion in criteria for node in self._criterion(criterion))]

    def _criterion(self, criterion: Criterion) -> list[Node]:
        levels = criterion.CFRubricCriterionLevels or []
        row = self._node(
            criterion.identifier,
            "ceasn:RubricCriterion",
            ceasn_name=_said(criterion.description or ""),
            ceasn_codedNotation=criterion.category,
            ceasn_listID=str(criterion.position),
            ceasn_weight=criterion.weight,
            ceasn_hasCriterionLevel=[f"_:ce-{level.identifier}" for level in levels],
        )
        # A criterion's level has no identifier of its own in CTDL: it is a blank node.
        cells = [
            {
                "@id": f"_:ce-{level.identifier}",
                "@type": "ceasn:CriterionLevel",
                "ceasn:benchmarkLabel": _said(level.quality or ""),
                "ceasn:benchmarkText": _said(level.description or ""),
                "ceasn:listID": str(level.position),
            }
            | ({"ceasn:feedback": _said(level.feedback)} if level.feedback else {})
            for level in levels
        ]
        return [row, *cells]
