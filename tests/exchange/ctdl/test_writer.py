"""The CTDL-ASN graph against the vocabulary's own schema: only its terms, on the classes they belong to, joined up."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from tests.seeds import SEEDS
from trellis.exchange.case.shelf import shelf
from trellis.exchange.ctdl.writer import REGISTRY, write_graph
from trellis.framework.models import Edition

pytestmark = pytest.mark.seeds


@cache
def _terms() -> dict[str, Any]:
    found = {}
    for name in ("ctdl", "ctdlasn"):
        schema = json.loads((SEEDS.parent / "schemas" / "ctdl" / name / "schema.json").read_text(encoding="utf-8"))
        for term in schema["@graph"]:
            known = found.setdefault(term["@id"], {})
            for key in ("schema:domainIncludes", "schema:rangeIncludes"):
                known[key] = known.get(key, []) + list(term.get(key, []))
    return found


@pytest.fixture
def graphs(framework: Edition) -> list[dict[str, Any]]:
    """The graph of every published edition."""
    return [write_graph(volume) for volume in shelf().volumes]


def _links(node: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in node.items():
        for each in value if isinstance(value, list) else [value]:
            if name != "@id" and isinstance(each, str) and each.startswith((f"{REGISTRY}/resources/", "_:")):
                yield name, each


def test_every_term_is_one_of_the_vocabulary_and_stands_where_it_may(graphs: list[dict[str, Any]]) -> None:
    terms, wrong = _terms(), set()
    for graph in graphs:
        for node in graph["@graph"]:
            assert node["@type"] in terms
            for name in node.keys() - {"@id", "@type"}:
                domain = terms.get(name, {}).get("schema:domainIncludes")
                # What skos brings has no domain there.
                if domain is None or (domain and node["@type"] not in domain):
                    wrong.add((node["@type"], name))
    assert {pair for pair in wrong if not pair[1].startswith("skos:")} == set()


def test_every_link_leads_to_a_node_of_a_kind_that_may_stand_there(graphs: list[dict[str, Any]]) -> None:
    terms = _terms()
    for graph in graphs:
        types = {node["@id"]: node["@type"] for node in graph["@graph"]}
        assert len(types) == len(graph["@graph"])
        for node in graph["@graph"]:
            for name, target in _links(node):
                if name in ("ceasn:publisher", "ceasn:creator"):
                    continue  # the organization is published by itself
                ranges = terms.get(name, {}).get("schema:rangeIncludes", [])
                assert target in types, (name, target)
                assert not ranges or types[target] in ranges or name.startswith("skos:"), (name, types[target])


def test_identifiers_are_those_of_case_with_the_registrys_prefix(graphs: list[dict[str, Any]]) -> None:
    for volume, graph in zip(shelf().volumes, graphs, strict=True):
        items = {f"ce-{item.identifier}" for item in volume.package.CFItems or ()}
        found = {node["ceterms:ctid"] for node in graph["@graph"] if "ceterms:ctid" in node}
        assert items <= found
        assert all(node["@id"].endswith(node["ceterms:ctid"]) for node in graph["@graph"] if "ceterms:ctid" in node)


def test_texts_are_language_maps_and_the_tree_is_whole(graphs: list[dict[str, Any]]) -> None:
    grid = max(graphs, key=lambda graph: len(graph["@graph"]))["@graph"]
    kinds = [node["@type"] for node in grid]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "ceasn:CompetencyFramework": 1, "ceasn:Competency": 7 + 33 + 99 + 99, "asn:ProgressionModel": 1,
        "asn:ProgressionLevel": 3, "ceasn:Rubric": 7, "ceasn:RubricCriterion": 33, "ceasn:CriterionLevel": 99,
    }  # fmt: skip
    for node in grid:
        if node["@type"] == "ceasn:Competency":
            assert set(node["ceasn:competencyText"]) == {"en"}
            assert ("ceasn:isTopChildOf" in node) != ("ceasn:isChildOf" in node)
