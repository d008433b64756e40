import pytest

from tests.framework.importing.documents import GARDEN, cells, grid
from tests.seeds import SEEDS
from trellis.framework.edition_outline import edition_outline
from trellis.framework.importing import plan_import
from trellis.framework.models import Edition
from trellis.framework.outline import Kind, Outline, document_outline
from trellis.framework.plan import Fate, Plan
from trellis.framework.reader import Document, DocumentError, read_document, read_text
from trellis.framework.report import plan_lines


def _document(domains: dict) -> Document:
    return read_text(grid(domains).encode())


def _coded(domains: dict) -> Outline:
    """The outline of a document as if it were an edition: with the codes that an import gives it."""
    return plan_import(_document(domains), None, "garden").result()


def _plan(domains: dict, **options: bool) -> Plan:
    return plan_import(_document(domains), _coded(GARDEN), "garden", **options)


def _codes(plan: Plan) -> list[str]:
    return [planned.code for planned in plan.walk() if planned.kind in (Kind.DOMAIN, Kind.THEME)]


def _fates(plan: Plan, kind: Kind) -> dict[Fate, int]:
    return {fate: count for fate, count in plan.counts()[kind].items() if count}


def test_without_a_base_everything_is_new_and_gets_codes() -> None:
    plan = plan_import(_document(GARDEN), None, "garden")
    assert _codes(plan) == ["GF", "GF.1", "GF.2", "ST", "ST.1", "MEE", "MEE.1"]
    assert _fates(plan, Kind.CELL) == {Fate.NEW: 12}
    assert [cell.code for cell in plan.tops[1].parts[0].parts] == ["ST.1.L1", "ST.1.L2", "ST.1.L3"]


def test_the_same_document_again_is_the_same_throughout() -> None:
    plan = _plan(GARDEN)
    assert all(set(_fates(plan, kind)) == {Fate.SAME} for kind in plan.counts())
    assert plan.doubts() == []
    assert plan.gains() == 0


def test_a_renamed_theme_keeps_its_code_and_is_said_to_be_a_likeness() -> None:
    themes = {"Prepares and feeds the soil": cells("soil"), "Sows and plants in season": cells("sowing")}
    plan = _plan({**GARDEN, "GROWING FOOD": ("Grows food for the whole street.", themes)})
    assert _codes(plan)[:3] == ["GF", "GF.1", "GF.2"]
    assert _fates(plan, Kind.THEME) == {Fate.CHANGED: 1, Fate.SAME: 3}
    (doubt,) = plan.doubts()
    assert (doubt.code, doubt.name) == ("GF.1", "Prepares and feeds the soil")
    assert any("Please check" in line for line in plan_lines(plan, "Garden"))


def test_a_theme_with_an_unlike_name_is_recognised_by_what_its_cells_say() -> None:
    themes = {"Cares for what lies beneath": cells("soil"), "Sows and plants in season": cells("sowing")}
    plan = _plan({**GARDEN, "GROWING FOOD": ("Grows food for the whole street.", themes)})
    assert _codes(plan)[1] == "GF.1"
    assert [doubt.code for doubt in plan.doubts()] == ["GF.1"]


def test_two_names_that_fit_about_as_well_are_said() -> None:
    themes = {"Repairs broken things at home": cells("x y"), "Repairs broken things at work": cells("p q")}
    base = _coded({**GARDEN, "SHARING TOOLS": ("Lends.", themes)})
    read = _document({**GARDEN, "SHARING TOOLS": ("Lends.", {"Repairs broken things at sea": cells("n m")})})
    (doubt,) = plan_import(read, base, "garden").doubts()
    pair = doubt.change.pair
    assert pair is not None
    assert pair.before.name == "Repairs broken things at home"
    assert pair.rival == "Repairs broken things at work"


def test_new_domains_and_themes_get_the_next_free_codes() -> None:
    themes = {**GARDEN["SHARING TOOLS"][1], "Keeps a list of who has what": cells("lists")}
    new = {"GREEN FUTURES": ("Thinks ahead.", {"Plans ten years ahead": cells("planning")})}
    plan = _plan({**GARDEN, **new, "SHARING TOOLS": ("Lends what neighbours need.", themes)})
    assert _codes(plan) == ["GF", "GF.1", "GF.2", "ST", "ST.1", "ST.2", "MEE", "MEE.1", "GF2", "GF2.1"]
    assert _fates(plan, Kind.THEME) == {Fate.SAME: 4, Fate.NEW: 2}


def test_a_theme_that_moves_to_another_domain_gets_a_code_there_and_keeps_its_base() -> None:
    soil = {"Prepares the soil": cells("soil")}
    plan = _plan(
        {
            "GROWING FOOD": ("Grows food for the whole street.", {"Sows and plants in season": cells("sowing")}),
            "SHARING TOOLS": ("Lends what neighbours need.", {**GARDEN["SHARING TOOLS"][1], **soil}),
            "MEETING": GARDEN["MEETING"],
        }
    )
    assert _codes(plan) == ["GF", "GF.2", "ST", "ST.1", "ST.2", "MEE", "MEE.1"]
    moved = plan.tops[1].parts[1]
    assert moved.base is not None
    assert moved.base.code == "GF.1"
    assert [line.fate for line in plan.lines() if line.code == "ST.2"] == [Fate.CHANGED]


def test_what_a_whole_document_no_longer_has_is_missing_and_kept() -> None:
    plan = _plan({name: GARDEN[name] for name in ("GROWING FOOD", "SHARING TOOLS")})
    assert not plan.is_partial
    assert _fates(plan, Kind.DOMAIN) == {Fate.SAME: 2, Fate.MISSING: 1}
    assert _codes(plan) == ["GF", "GF.1", "GF.2", "ST", "ST.1", "MEE", "MEE.1"]


def test_what_is_missing_is_left_out_when_the_operator_says_so() -> None:
    plan = _plan({name: GARDEN[name] for name in ("GROWING FOOD", "SHARING TOOLS")}, drop_missing=True)
    assert _codes(plan) == ["GF", "GF.1", "GF.2", "ST", "ST.1"]
    assert any("missing, left out: MEE" in line for line in plan_lines(plan, "Garden"))


def test_a_part_of_a_framework_keeps_the_other_domains_even_when_missing_ones_are_dropped() -> None:
    plan = _plan({"MEETING": GARDEN["MEETING"]}, drop_missing=True)
    assert plan.is_partial
    assert _fates(plan, Kind.DOMAIN) == {Fate.SAME: 1, Fate.KEPT: 2}
    assert _codes(plan) == ["GF", "GF.1", "GF.2", "ST", "ST.1", "MEE", "MEE.1"]


def test_a_new_level_gives_every_theme_a_cell() -> None:
    deeper = {
        name: (purpose, {theme: cells(theme, 4) for theme in themes}) for name, (purpose, themes) in GARDEN.items()
    }
    plan = _plan({**deeper, "MEETING": GARDEN["MEETING"]} | {"MEETING": deeper["MEETING"]})
    assert [level.place for level in plan.levels] == [1, 2, 3, 4]
    assert _fates(plan, Kind.LEVEL) == {Fate.SAME: 3, Fate.NEW: 1}


def test_a_name_that_no_column_can_hold_is_refused_with_its_line() -> None:
    long = {"MEETING": ("Meets.", {"Invites " + "everyone " * 30: cells("inviting")})}
    with pytest.raises(DocumentError, match="theme has at most 240 characters") as caught:
        plan_import(_document(long), None, "garden")
    assert caught.value.line is not None


@pytest.mark.seeds
def test_the_official_document_matches_the_shipped_edition_completely(framework: Edition) -> None:
    plan = plan_import(read_document(SEEDS / "framework-2020.md"), edition_outline(framework), "2020")
    assert {kind: _fates(plan, kind) for kind in plan.counts()} == {
        Kind.DOMAIN: {Fate.SAME: 7},
        Kind.THEME: {Fate.SAME: 33},
        Kind.CELL: {Fate.SAME: 99},
        Kind.LEVEL: {Fate.SAME: 3},
        Kind.DEFINITION: {Fate.SAME: 3},
    }
    assert plan.doubts() == []
    # 7 purposes, 99 behaviours, 99 considerations, 3 definitions
    assert plan.gains() == 208


@pytest.mark.seeds
def test_the_earlier_text_of_one_domain_is_a_part_and_matches(framework: Edition) -> None:
    read = read_document(SEEDS / "leading-our-professions-earlier.txt")
    plan = plan_import(read, edition_outline(framework), "earlier")
    assert plan.is_partial
    assert _fates(plan, Kind.DOMAIN) == {Fate.SAME: 1, Fate.KEPT: 6}
    assert _fates(plan, Kind.THEME) == {Fate.SAME: 4, Fate.KEPT: 29}
    assert _fates(plan, Kind.CELL) == {Fate.SAME: 12, Fate.KEPT: 87}
    assert [line.code for line in plan.lines() if line.kind is Kind.THEME and line.fate is Fate.SAME] == [
        "LOP.1", "LOP.2", "LOP.3", "LOP.4",
    ]  # fmt: skip


@pytest.mark.seeds
def test_each_official_attribute_finds_our_plain_words_for_it(db: None) -> None:
    edition = Edition.objects.get(framework__code="bargaining-attributes")
    plan = plan_import(read_document(SEEDS / "student-centered-attributes.md"), edition_outline(edition), "a")
    assert _fates(plan, Kind.GROUP) == {Fate.SAME: 7}
    assert _fates(plan, Kind.ATTRIBUTE) == {Fate.SAME: 36}
    assert plan.doubts() == []
    # Written in the same order, so each must have found the one at its own place.
    read = [item.name for top in document_outline(plan.document, "").tops for item in top.parts]
    known = [item.code for top in edition_outline(edition).tops for item in top.parts]
    found = {part.read.name: part.code for top in plan.tops for part in top.parts if part.read}
    assert [found[name] for name in read] == known


@pytest.mark.seeds
def test_attributes_that_changed_places_still_find_their_plain_words(db: None) -> None:
    edition = Edition.objects.get(framework__code="bargaining-attributes")
    lines = (SEEDS / "student-centered-attributes.md").read_text(encoding="utf-8").split("\n")
    survey = next(place for place, line in enumerate(lines) if line.startswith("- Member surveys"))
    visits = survey - 1
    lines[survey], lines[visits] = lines[visits], lines[survey]
    plan = plan_import(read_text("\n".join(lines).encode()), edition_outline(edition), "a")
    found = {part.read.name: part.code for top in plan.tops for part in top.parts if part.read}
    assert found["Member surveys that include student-centered questions"] == "SCB.2.4"
    assert found["Building and worksite visits to meet with members one-on-one"] == "SCB.2.3"
    assert len(plan.doubts()) == 2
