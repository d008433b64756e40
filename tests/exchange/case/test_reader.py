"""The CASE reader: lenient about dialects, strict about what cannot be, and lossless with its own kind."""

import copy
import json
import socket
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from tests.seeds import SEEDS
from trellis.core.models import AuditEntry
from trellis.exchange.case.reader.fetching import fetch
from trellis.exchange.case.reader.loose import CaseReadError, read_package
from trellis.exchange.case.reader.store import plan_case, store_case
from trellis.exchange.case.shelf import shelf
from trellis.exchange.models import OutsideLink
from trellis.framework.actions import publish_edition
from trellis.framework.models import Cell, Crosswalk, Domain, Edition, Framework, Statement, Theme

pytestmark = pytest.mark.seeds
SAMPLE = SEEDS.parent / "schemas" / "samples" / "case-v1p1-package.json"


@pytest.fixture
def sample() -> Any:
    """A package that another provider might give out: one domain, one theme, three levels."""
    return json.loads(SAMPLE.read_text(encoding="utf-8"))


@pytest.fixture
def own(framework: Edition) -> Any:
    """Our own package of the main edition, as plain data."""
    volume = shelf().volume(str(framework.uid))
    assert volume is not None
    return volume.package.model_dump(exclude_none=True)


def _counts(edition: Edition) -> tuple[int, ...]:
    return tuple(model.objects.filter(edition=edition).count() for model in (Domain, Theme, Cell, Statement))


def test_a_strangers_package_becomes_a_draft_with_its_words_as_official_ones(framework: Edition, sample: Any) -> None:
    plan = plan_case(read_package(sample))
    assert plan.framework is None
    edition = store_case(plan, by=None)
    assert (edition.is_draft, edition.has_official_texts, str(edition.uid)) == (
        True,
        True,
        sample["CFDocument"]["identifier"],
    )
    assert _counts(edition) == (1, 1, 3, 0)
    cell = Cell.objects.get(edition=edition, code="ADV.1.L1")
    assert cell.behaviour == "Identifies and discusses fundamentals of advocacy practice and theory"
    assert cell.considerations.startswith("Understands key concepts")
    assert AuditEntry.objects.order_by("-pk")[0].action == "exchange.case.import"


def test_dialects_say_the_same(framework: Edition, sample: Any) -> None:
    wrapped = {"CFPackage": copy.deepcopy(sample)}
    for thing in [wrapped["CFPackage"]["CFDocument"], *wrapped["CFPackage"]["CFItems"]]:
        thing["sourcedId"] = thing.pop("identifier").upper()
        thing["someFieldOfTheirs"] = {"a": 1}
        thing["CFPackageURI"] = {"title": "x", "identifier": "y", "uri": "z"}
    assert read_package(wrapped) == read_package(sample)


def test_the_same_package_again_changes_nothing(framework: Edition, own: Any) -> None:
    before = Edition.objects.count()
    plan = plan_case(read_package(own))
    assert plan.already == framework
    assert store_case(plan, by=None) == framework
    assert Edition.objects.count() == before


def test_a_new_version_is_an_edition_of_the_framework_here_and_keeps_uids_and_statements(
    framework: Edition, own: Any, tree: Any
) -> None:
    own["CFDocument"] |= {"identifier": "0e8a1f4e-1111-4222-8333-444455556666", "version": "2030"}
    own["CFDocument"]["extensions"]["trellis"]["edition"]["code"] = "2030"
    plan = plan_case(read_package(own))
    assert plan.framework == framework.framework
    assert plan.crosswalk == ()
    edition = store_case(plan, by=None)
    assert (edition.code, edition.name, edition.has_official_texts) == ("2030", "2030", False)
    assert _counts(edition) == _counts(framework)
    theme = tree.themes[4]
    assert Theme.objects.get(edition=edition, code=theme.code).uid == theme.uid
    said = Statement.objects.filter(edition=edition).order_by("cell__code", "order").values_list("uid", "text_self")
    assert list(said) == list(
        Statement.objects.filter(edition=framework).order_by("cell__code", "order").values_list("uid", "text_self")
    )


def test_the_crosswalk_is_taken_from_its_own_word_and_proposed_by_name(
    framework: Edition, sample: Any, tree: Any
) -> None:
    sample["CFAssociations"] = [each for each in sample["CFAssociations"] if each["associationType"] != "exactMatchOf"]
    (by_name,) = plan_case(read_package(sample)).crosswalk
    assert (by_name.is_certain, by_name.other) == (False, tree.theme_by_code["ADV.1"].uid)
    theme = next(each for each in sample["CFItems"] if each["humanCodingScheme"] == "ADV.1")
    other = str(tree.theme_by_code["ORG.2"].uid)
    sample["CFAssociations"].append(
        {
            "identifier": "5b6d4f38-0000-4000-8000-000000000001", "associationType": "exactMatchOf",
            "originNodeURI": {"identifier": theme["identifier"], "title": "ADV.1", "uri": "https://x.example/1"},
            "destinationNodeURI": {"identifier": other, "title": "ORG.2", "uri": "https://x.example/2"},
        }
    )  # fmt: skip
    plan = plan_case(read_package(sample))
    assert [(each.is_certain, str(each.other)) for each in plan.crosswalk] == [(True, other)]
    edition = store_case(plan, by=None)
    (row,) = Crosswalk.objects.filter(edition=edition)
    assert str(row.other_uid) == other
    publish_edition(edition, by=None)
    volume = shelf().volume(str(edition.uid))
    assert volume is not None
    kept = [each for each in volume.package.CFAssociations or () if each.associationType == "exactMatchOf"]
    assert [(each.originNodeURI.title, each.destinationNodeURI.uri) for each in kept] == [
        ("ADV.1", "https://x.example/2")
    ]


def test_a_states_edition_points_at_national_items_and_gives_out_pointers_again(framework: Edition, tree: Any) -> None:
    """It brings a domain of its own, and under it a theme of the nation's, by nothing but an association."""
    theme = tree.theme_by_code["ADV.1"]
    document, domain = "7a0a9a3e-0000-4000-8000-00000000000a", "7a0a9a3e-0000-4000-8000-00000000000b"

    def end(identifier: Any, title: str) -> dict[str, str]:
        return {"identifier": str(identifier), "title": title, "uri": f"https://state.example/{identifier}"}

    def child(number: int, origin: dict[str, str], destination: dict[str, str]) -> dict[str, Any]:
        return {"identifier": f"7a0a9a3e-0000-4000-8000-{number:012}", "associationType": "isChildOf",
                "originNodeURI": origin, "destinationNodeURI": destination, "sequenceNumber": number}  # fmt: skip

    cells = [end(cell.uid, cell.code) for cell in theme.cells]
    levels = [end(level.uid, f"L{level.number}") for level in tree.levels]
    package = {
        "CFDocument": {"identifier": document, "title": "Alder's leaders", "creator": "Alder", "version": "1"},
        "CFItems": [{"identifier": domain, "fullStatement": "What Alder asks", "humanCodingScheme": "ALD"}]
        + [{"identifier": str(level.uid), "fullStatement": level.name, "CFItemType": "Skill Level",
            "listEnumeration": str(level.number)} for level in tree.levels],
        "CFAssociations": [child(1, end(domain, "ALD"), end(document, "Alder"))]
        + [child(2, end(theme.uid, "ADV.1"), end(domain, "ALD"))]
        + [child(10 + place, cell, end(theme.uid, "ADV.1")) for place, cell in enumerate(cells)]
        + [child(20 + place, cell, level) | {"associationType": "hasSkillLevel"}
           for place, (cell, level) in enumerate(zip(cells, levels, strict=True))],
    }  # fmt: skip
    plan = plan_case(read_package(package))
    assert plan.arrival.aliases == ("ADV.1", "ADV.1.L1", "ADV.1.L2", "ADV.1.L3")
    edition = store_case(plan, by=None)
    assert Theme.objects.get(edition=edition).uid == theme.uid
    publish_edition(edition, by=None)
    volume = shelf().volume(document)
    assert volume is not None
    given_out = {item.identifier for item in volume.package.CFItems or ()}
    assert str(theme.uid) not in given_out
    parents = [
        (each.originNodeURI.identifier, each.destinationNodeURI.identifier)
        for each in volume.package.CFAssociations or ()
        if each.associationType == "isChildOf"
    ]
    assert (str(theme.uid), domain) in parents


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda p: p.pop("CFDocument"), "no CFDocument"),
        (lambda p: p["CFItems"].append(p["CFItems"][0]), "stands twice"),
        (lambda p: p["CFItems"][3].pop("fullStatement"), r"CFItems\[3\]: there is no fullStatement"),
        (lambda p: p["CFItems"][2].pop("identifier"), r"CFItems\[2\]: there is no identifier"),
        (lambda p: p["CFAssociations"][5].pop("originNodeURI"), r"CFAssociations\[5\]: originNodeURI is missing"),
        (lambda p: p.update(CFItems={"a": 1}), "CFItems is no list"),
        (lambda p: p.update(CFAssociations=[]), "nothing has parts"),
        (lambda p: p["CFItems"].pop(3), "missing: 2"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place_and_nothing_is_stored(
    framework: Edition, sample: Any, change: Any, complaint: str
) -> None:
    change(sample)
    before = Edition.objects.count(), Framework.objects.count()
    with pytest.raises(CaseReadError, match=complaint):
        plan_case(read_package(sample))
    assert (Edition.objects.count(), Framework.objects.count()) == before


def test_a_circle_is_named(framework: Edition, sample: Any) -> None:
    by_code = {item["humanCodingScheme"]: item for item in sample["CFItems"]}

    def end(code: str) -> dict[str, str]:
        return {"identifier": by_code[code]["identifier"], "title": code, "uri": "https://x.example"}

    sample["CFAssociations"] = [
        {
            "identifier": str(place),
            "associationType": "isChildOf",
            "originNodeURI": end(a),
            "destinationNodeURI": end(b),
        }
        for place, (a, b) in enumerate([("ADV", "ADV.1.L1"), ("ADV.1", "ADV"), ("ADV.1.L1", "ADV.1")])
    ]
    with pytest.raises(CaseReadError, match=r"in a circle: ADV > ADV.1.L1 > ADV.1"):
        plan_case(read_package(sample))


def test_a_taken_code_is_said_and_changes_nothing(framework: Edition, own: Any) -> None:
    own["CFDocument"]["identifier"] = "0e8a1f4e-1111-4222-8333-444455556666"
    before = Edition.objects.count()
    with pytest.raises(ValidationError, match="choose another code"):
        store_case(plan_case(read_package(own)), by=None)
    assert (Edition.objects.count(), OutsideLink.objects.count()) == (before, 0)


def test_the_command_shows_the_plan_first_and_a_check_stores_nothing(
    framework: Edition, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Edition.objects.count()
    call_command("import_case", str(SAMPLE), "--check")
    said = capsys.readouterr().out
    assert "Holds 1 domains, 1 themes, 3 cells, 3 levels." in said
    assert "no plain-language statements" in said
    assert Edition.objects.count() == before
    call_command("import_case", str(SAMPLE), "--yes")
    assert "is stored. Publish it with" in capsys.readouterr().out
    assert Edition.objects.count() == before + 1
    broken = tmp_path / "broken.json"
    broken.write_bytes(b'{"CFDocument": ')
    for source, complaint in ((broken, "no JSON"), (tmp_path / "none.json", "No such file"), (SEEDS, "directory")):
        with pytest.raises(CommandError, match=complaint):
            call_command("import_case", str(source))


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/x",
        "file:///etc/passwd",
        "https://",
        "https://me@example.org/x",
        "https://example.org:99999/",
    ],
)
def test_only_plain_https_addresses_are_read(url: str) -> None:
    with pytest.raises(CaseReadError, match="only https"):
        fetch(url)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "::1", "0.0.0.0"])
def test_a_host_in_a_private_network_is_not_read(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))]
    found.append((socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)
    with pytest.raises(CaseReadError, match="private network"):
        fetch("https://framework.example.org/x")
