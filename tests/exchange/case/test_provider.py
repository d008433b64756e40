"""The CASE provider: twelve paths that hold to the official schemas, for everybody to read, drafts left out."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.exchange.case.official import PACKAGE, faults, of_operation, refusal, validator
from trellis.exchange.case.operations import OPERATIONS
from trellis.exchange.case.shelf import shelf
from trellis.framework.models import Edition, Framework
from trellis.framework.tree import EditionTree

pytestmark = pytest.mark.seeds
LIST = "Attributes of student-centered bargaining and advocacy"
BASE = "/ims/case/v1p1"


@pytest.fixture
def ask(framework: Edition) -> Callable[..., HttpResponse]:
    """Ask the provider as a stranger, with nothing but an address."""

    def get(path: str, **query: str) -> HttpResponse:
        return Client().get(f"{BASE}{path}", query)

    return get


def body(response: HttpResponse) -> Any:
    """The answer's JSON; it must be said to be that."""
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    return json.loads(response.content)


def _package(ask: Callable[..., HttpResponse], edition: Edition) -> Any:
    return body(ask(f"/CFPackages/{edition.uid}"))


def _identifiers(package: Any) -> dict[str, list[str]]:
    definitions = package["CFDefinitions"]
    of = {
        "CFDocuments": [package["CFDocument"]], "CFPackages": [package["CFDocument"]],
        "CFItems": package["CFItems"], "CFItemAssociations": package["CFItems"],
        "CFAssociations": package["CFAssociations"], "CFRubrics": package.get("CFRubrics", []),
        "CFLicenses": definitions["CFLicenses"], "CFItemTypes": definitions["CFItemTypes"],
        "CFSubjects": definitions["CFSubjects"], "CFConcepts": definitions.get("CFConcepts", []),
    }  # fmt: skip
    return {collection: [thing["identifier"] for thing in things] for collection, things in of.items()}


def test_the_package_of_every_edition_holds_to_the_official_schema(ask: Callable[..., HttpResponse]) -> None:
    documents = body(ask("/CFDocuments"))["CFDocuments"]
    assert len(documents) == 2
    for document in documents:
        package = body(ask(f"/CFPackages/{document['identifier']}"))
        assert faults(validator(PACKAGE), package) == []
        assert faults(of_operation("getCFPackage"), package) == []


def test_every_object_of_a_package_is_to_be_had_alone_and_holds_to_its_schema(
    ask: Callable[..., HttpResponse], framework: Edition
) -> None:
    for collection, identifiers in _identifiers(_package(ask, framework)).items():
        operation = next(each for each in OPERATIONS if each.collection == collection)
        for identifier in identifiers:
            content = body(ask(f"/{collection}/{identifier}"))
            assert faults(of_operation(operation.name), content) == [], (collection, identifier)


def test_the_grid_is_complete_in_items_in_is_child_of_and_in_rubrics(
    ask: Callable[..., HttpResponse], framework: Edition, tree: EditionTree
) -> None:
    package = _package(ask, framework)
    kinds = [item["CFItemType"] for item in package["CFItems"]]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "Domain": 7, "Competency Theme": 33, "Level Behaviour": 99, "Learning Consideration": 99, "Skill Level": 3,
    }  # fmt: skip
    parents = {
        each["originNodeURI"]["identifier"]: each["destinationNodeURI"]["title"]
        for each in package["CFAssociations"]
        if each["associationType"] == "isChildOf"
    }
    codes = {item["identifier"]: item["humanCodingScheme"] for item in package["CFItems"]}
    title = package["CFDocument"]["title"]
    above = {code: code.rpartition(".")[0] or title for code in codes.values()}
    assert {codes[identifier]: parent for identifier, parent in parents.items()} == above
    levels = [
        (criterion["category"], level["quality"], level["score"])
        for rubric in package["CFRubrics"]
        for criterion in rubric["CFRubricCriteria"]
        for level in criterion["CFRubricCriterionLevels"]
    ]
    assert levels == [(theme.code, cell.level_name, float(cell.level)) for theme in tree.themes for cell in theme.cells]
    types = [each["associationType"] for each in package["CFAssociations"]]
    assert (types.count("precedes"), types.count("hasSkillLevel")) == (66 + 2, 99)


def test_an_item_keeps_the_uid_that_it_has_in_trellis_and_its_address_answers(
    ask: Callable[..., HttpResponse], tree: EditionTree
) -> None:
    cell = tree.themes[0].cells[1]
    item = body(ask(f"/CFItems/{cell.uid}"))
    assert (item["humanCodingScheme"], item["abbreviatedStatement"]) == (cell.code, cell.level_name)
    assert Client().get(item["uri"].partition("8000")[2]).content == ask(f"/CFItems/{cell.uid}").content


def test_where_no_official_text_is_loaded_our_words_stand_there_and_the_licence_says_whose_they_are(
    ask: Callable[..., HttpResponse], framework: Edition, tree: EditionTree
) -> None:
    package = _package(ask, framework)
    cell = tree.themes[0].cells[0]
    item = next(each for each in package["CFItems"] if each["identifier"] == str(cell.uid))
    assert item["fullStatement"] == " ".join(statement.text_other for statement in cell.statements)
    assert [each["uid"] for each in item["extensions"]["trellis"]["statements"]] == [
        str(statement.uid) for statement in cell.statements
    ]
    (licence,) = package["CFDefinitions"]["CFLicenses"]
    assert "not the official wording of National Education Association" in licence["licenseText"].replace("\n", " ")


def test_official_words_stand_in_the_statement_and_ours_beside_them(framework: Edition) -> None:
    """A later edition has identifiers of its own, and says which items are the same as before."""

    later = _later_edition(framework)
    volume = shelf().volume(str(later.uid))
    assert volume is not None
    items = {item.humanCodingScheme: item for item in volume.package.CFItems or ()}
    assert items["ADV.1.L1"].fullStatement == "Identifies what advocacy is."
    assert "steps" in (items["ADV.1.L1"].notes or "")
    first = shelf().volume(str(framework.uid))
    assert first is not None
    before = {item.humanCodingScheme: item for item in first.package.CFItems or ()}
    assert items["ADV.1.L1"].identifier != before["ADV.1.L1"].identifier
    related = {
        (each.originNodeURI.identifier, each.destinationNodeURI.identifier): each.associationType
        for each in volume.package.CFAssociations or ()
    }
    assert related[items["ADV.1.L1"].identifier, before["ADV.1.L1"].identifier] == "isRelatedTo"
    assert related[items["ADV.1"].identifier, before["ADV.1"].identifier] == "exactMatchOf"
    assert faults(validator(PACKAGE), volume.package.model_dump(exclude_none=True)) == []


def _later_edition(framework: Edition) -> Edition:
    from trellis.framework.actions import publish_edition
    from trellis.framework.models import Cell, Domain, Level, Statement, Theme

    later = Edition.objects.create(
        framework=framework.framework, code="later", name="Later", based_on=framework, has_official_texts=True
    )
    domain = Domain.objects.get(edition=framework, code="ADV")
    theme = Theme.objects.get(edition=framework, code="ADV.1")
    new_domain = Domain.objects.create(edition=later, uid=domain.uid, code="ADV", order=1, name=domain.name)
    new_theme = Theme.objects.create(
        edition=later, uid=theme.uid, domain=new_domain, code="ADV.1", order=1, name=theme.name, short=theme.short
    )
    for level in Level.objects.filter(edition=framework):
        new_level = Level.objects.create(edition=later, uid=level.uid, number=level.number, name=level.name)
        cell = Cell.objects.get(edition=framework, theme=theme, level=level)
        new_cell = Cell.objects.create(
            edition=later, uid=cell.uid, theme=new_theme, level=new_level, code=cell.code,
            behaviour="Identifies what advocacy is.", considerations="Learn what it is.",
        )  # fmt: skip
        for statement in Statement.objects.filter(cell=cell):
            statement.pk, statement.edition, statement.cell = None, later, new_cell
            statement._state.adding = True
            statement.save()
    publish_edition(later, by=None)
    later.refresh_from_db()
    return later


def test_a_draft_is_not_there(ask: Callable[..., HttpResponse], framework: Edition) -> None:
    draft = Edition.objects.create(framework=Framework.objects.get(code="nea-lcf"), code="draft", name="A draft")
    for collection in ("CFDocuments", "CFPackages"):
        response = ask(f"/{collection}/{draft.uid}")
        assert response.status_code == 404
        assert faults(refusal(), body(response)) == []
    assert all(each["identifier"] != str(draft.uid) for each in body(ask("/CFDocuments"))["CFDocuments"])


@pytest.mark.parametrize("collection", [operation.collection for operation in OPERATIONS])
@pytest.mark.parametrize(
    ("identifier", "word"),
    [("00000000-0000-4000-8000-000000000000", "unknownobject"), ("no-uuid", "invalid_uuid"), ("a/b", "invalid_uuid")],
)
def test_what_is_not_there_is_refused_in_the_standards_words(
    ask: Callable[..., HttpResponse], collection: str, identifier: str, word: str
) -> None:
    response = ask(f"/{collection}/{identifier}")
    content = body(response)
    assert response.status_code == 404
    assert faults(refusal(), content) == []
    assert content["imsx_codeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"] == word


def test_any_other_address_below_the_base_is_refused_in_the_same_form(ask: Callable[..., HttpResponse]) -> None:
    for path in ("/", "/CFNothing/1", "/CFItems/"):
        response = ask(path)
        assert response.status_code == 404
        assert faults(refusal(), body(response)) == []


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"filter": "title='NEA Leadership Competency Framework'"}, ["NEA Leadership Competency Framework"]),
        ({"filter": "title~'leadership' AND language='EN'"}, ["NEA Leadership Competency Framework"]),
        ({"filter": "title~'zzz' OR title~'COMPETENCY'"}, ["NEA Leadership Competency Framework"]),
        (
            {"limit": "1", "sort": "title", "orderBy": "desc", "offset": "1"},
            [LIST],
        ),
    ],
)
def test_documents_can_be_filtered_sorted_and_paged(
    ask: Callable[..., HttpResponse], query: dict[str, str], titles: list[str]
) -> None:
    assert [each["title"] for each in body(ask("/CFDocuments", **query))["CFDocuments"]] == titles


def test_a_page_says_how_many_there_are_and_where_the_others_are(ask: Callable[..., HttpResponse]) -> None:
    response = ask("/CFDocuments", limit="1")
    assert faults(of_operation("getAllCFDocuments"), body(response)) == []
    assert response.headers["X-Total-Count"] == "2"
    assert 'offset=1>; rel="next"' in response.headers["Link"]
    assert 'rel="prev"' not in response.headers["Link"]
    last = ask("/CFDocuments", limit="1", offset="1")
    assert 'offset=0>; rel="prev"' in last.headers["Link"]
    assert 'rel="next"' not in last.headers["Link"]


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ({"fields": ""}, "invalid_selection_field"),
        ({"limit": "0"}, "invalid_selection_field"),
        ({"offset": "x"}, "invalid_selection_field"),
        ({"filter": "title"}, "invalid_selection_field"),
        ({"filter": "title='a' AND title='b' OR title='c'"}, "invalid_selection_field"),
        ({"filter": "extensions='a'"}, "invalid_selection_field"),
        ({"orderBy": "up"}, "invalid_sort_field"),
    ],
)
def test_a_wrong_question_is_refused(ask: Callable[..., HttpResponse], query: dict[str, str], word: str) -> None:
    response = ask("/CFDocuments", **query)
    content = body(response)
    assert response.status_code == 400
    assert faults(refusal(), content) == []
    assert content["imsx_codeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"] == word


def test_unknown_fields_are_all_fields_and_what_is_required_always_comes(ask: Callable[..., HttpResponse]) -> None:
    whole = body(ask("/CFDocuments"))["CFDocuments"][0]
    assert body(ask("/CFDocuments", fields="nonsense"))["CFDocuments"][0] == whole
    few = body(ask("/CFDocuments", fields="version"))["CFDocuments"][0]
    assert set(few) == {"identifier", "uri", "creator", "title", "lastChangeDateTime", "CFPackageURI", "version"}


def test_who_has_it_already_is_told_so(ask: Callable[..., HttpResponse], framework: Edition) -> None:
    address = f"{BASE}/CFPackages/{framework.uid}"
    etag = Client().get(address).headers["ETag"]
    again = Client().get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_version_1_0_leaves_out_what_1_1_added(ask: Callable[..., HttpResponse], framework: Edition) -> None:
    response = Client().get(f"/ims/case/v1p0/CFPackages/{framework.uid}")
    package = json.loads(response.content)
    schema = PACKAGE.parent.parent / "case-v1p0-cfpackage-schema.opensalt.json"
    assert faults(validator(schema), package) == []
    text = json.dumps(package)
    for added in ("extensions", "targetType", "caseVersion", "frameworkType", "v1p1"):
        assert f'"{added}"' not in text
    assert "/ims/case/v1p1/" not in text


def test_the_packages_are_written_once(
    ask: Callable[..., HttpResponse], framework: Edition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ask(f"/CFPackages/{framework.uid}")
    with django_assert_num_queries(1):
        ask(f"/CFPackages/{framework.uid}")


def test_the_discovery_document_describes_the_twelve_paths_from_our_own_types(ask: Callable[..., HttpResponse]) -> None:
    found = body(ask("/discovery/imscasev1p1_openapi3_v1p0.json"))
    official = json.loads((PACKAGE.parent / "case-v1p1-openapi-3.0.0.json").read_text())
    assert set(found["paths"]) == set(official["paths"])
    assert {path: each["get"]["operationId"] for path, each in found["paths"].items()} == {
        path: each["get"]["operationId"] for path, each in official["paths"].items()
    }
    # field by field the same names and the same ones required as in the standard
    named = {"Item": "CFItemDType", "Document": "CFDocumentDType", "Rubric": "CFRubricDType"}
    for ours, theirs in named.items():
        mine, standard = found["components"]["schemas"][ours], official["components"]["schemas"][theirs]
        assert set(mine["properties"]) == set(standard["properties"])
        assert set(mine["required"]) == set(standard["required"])
    assert '"null"' not in json.dumps(found)


def test_only_get_is_answered_and_any_page_of_the_web_may_read(ask: Callable[..., HttpResponse]) -> None:
    address = f"{BASE}/CFDocuments"
    assert Client().options(address).status_code == 204
    for method in ("post", "put", "patch", "delete"):
        response = getattr(Client(), method)(address)
        assert response.status_code == 405
        assert faults(refusal(), body(response)) == []
