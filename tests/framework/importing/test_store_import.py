from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests.framework.importing.documents import GARDEN, cells, grid
from tests.seeds import SEEDS
from trellis.core.audit import first_broken
from trellis.core.models import AuditEntry
from trellis.framework import actions
from trellis.framework.actions import discard_draft, publish_edition, retire_predecessors, store_import
from trellis.framework.bases import UnknownFrameworkError, prepare
from trellis.framework.models import Attribute, Cell, Domain, Edition, EditionStatus, Framework, Statement, Theme
from trellis.framework.queries import edition_tree, main_edition
from trellis.framework.reader import read_document, read_text
from trellis.framework.search import find
from trellis.framework.tree import EditionTree


def _store(path: Path, code: str, **options: Any) -> tuple[Edition, bool]:
    prepared = prepare(read_document(path), path.name)
    return store_import(prepared, code=code, name=code, by=None, **options)


def _store_garden(domains: dict, code: str, *, into: str = "", drop_missing: bool = False, **options: Any) -> Edition:
    document = read_text(grid(domains).encode())
    prepared = prepare(document, "garden.md", into=into, drop_missing=drop_missing)
    return store_import(prepared, code=code, name=code, by=None, **options)[0]


@pytest.mark.seeds
def test_official_texts_stand_beside_the_plain_words_and_growth_stays_possible(tree: EditionTree) -> None:
    edition, is_new = _store(SEEDS / "framework-2020.md", "official")
    assert is_new
    assert edition.is_draft
    assert edition.has_official_texts
    assert edition.based_on_id == tree.id
    publish_edition(edition, by=None)
    assert main_edition() == edition
    official = edition_tree(Edition.objects.get(pk=edition.pk))
    assert [theme.wording for theme in official.themes] == [theme.wording for theme in tree.themes]
    assert all(theme.wording for theme in official.themes)
    assert {code: cell.uid for code, cell in official.cell_by_code.items()} == {
        code: cell.uid for code, cell in tree.cell_by_code.items()
    }
    assert [cell.activities for cell in official.cell_by_code.values()] == [
        cell.activities for cell in tree.cell_by_code.values()
    ]
    cells_ = official.cell_by_code.values()
    assert all(cell.behaviour and cell.considerations and cell.statements for cell in cells_)
    assert official.cell_by_code["LOP.1.L2"].behaviour.startswith("Engages with others in meaningful development")
    assert all(domain.official_purpose and domain.purpose for domain in official.domains)
    assert all(item.official_text and item.text for item in official.definitions)
    assert [(domain.name, domain.icon) for domain in official.domains] == [
        (domain.name, domain.icon) for domain in tree.domains
    ]
    assert [theme.short for theme in official.themes] == [theme.short for theme in tree.themes]


@pytest.mark.seeds
def test_the_base_is_not_touched(framework: Edition) -> None:
    before = list(Cell.objects.filter(edition=framework).order_by("pk").values())
    _store(SEEDS / "framework-2020.md", "official")
    assert list(Cell.objects.filter(edition=framework).order_by("pk").values()) == before
    assert Statement.objects.filter(edition=framework).count() == Statement.objects.count() / 2


@pytest.mark.seeds
def test_attributes_get_their_official_texts(db: None) -> None:
    edition, _ = _store(SEEDS / "student-centered-attributes.md", "official")
    rows = Attribute.objects.filter(edition=edition)
    assert rows.count() == 36
    assert not rows.filter(official_text="").exists()
    website = rows.get(code="SCB.6.4")
    assert website.official_text == "Local association website"
    base = Attribute.objects.get(edition=edition.based_on, code="SCB.6.4")
    assert (website.uid, website.short, website.text, website.first_step) == (
        base.uid, base.short, base.text, base.first_step,
    )  # fmt: skip


@pytest.mark.seeds
def test_a_partial_document_leaves_the_other_domains_as_they_are(tree: EditionTree) -> None:
    edition, _ = _store(SEEDS / "leading-our-professions-earlier.txt", "earlier")
    draft = edition_tree(edition)
    assert [theme.code for theme in draft.themes] == [theme.code for theme in tree.themes]
    assert {cell.code.partition(".")[0] for cell in draft.cell_by_code.values() if cell.behaviour} == {"LOP"}


@pytest.mark.seeds
def test_importing_twice_changes_nothing_the_second_time(db: None) -> None:
    first, _ = _store(SEEDS / "framework-2020.md", "official")
    assert _store(SEEDS / "framework-2020.md", "other-code") == (first, False)
    publish_edition(first, by=None)
    assert _store(SEEDS / "framework-2020.md", "official") == (first, False)


@pytest.mark.seeds
def test_official_words_can_be_searched(db: None) -> None:
    edition, _ = _store(SEEDS / "framework-2020.md", "official")
    assert "LOP.1.L3" in [hit.code for hit in find("improvement science labor/management", [edition.pk])]


@pytest.mark.seeds
def test_an_import_leaves_one_audit_row_without_words(db: None) -> None:
    before = AuditEntry.objects.count()
    edition, _ = _store(SEEDS / "framework-2020.md", "official")
    (entry,) = AuditEntry.objects.order_by("pk")[before:]
    assert (entry.action, entry.target) == ("framework.import", f"edition:{edition.uid}")
    assert set(entry.detail) == {"framework", "edition", "rows"}
    assert first_broken() is None


def _row_counts() -> list[int]:
    models = (Edition, Framework, Domain, Theme, Cell, Statement, AuditEntry)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM framework_search")
        return [*(model.objects.count() for model in models), cursor.fetchone()[0]]


@pytest.mark.seeds
@pytest.mark.parametrize("broken", ["draft_rows", "index_edition", "audit.record"])
def test_a_failure_in_the_middle_leaves_nothing(db: None, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    before = _row_counts()

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the disk is full")

    owner, _, name = broken.rpartition(".")
    monkeypatch.setattr(actions.audit if owner else actions, name, fail)
    with pytest.raises(RuntimeError):
        _store(SEEDS / "framework-2020.md", "official")
    assert _row_counts() == before


def test_a_document_that_resembles_nothing_becomes_a_framework_of_its_own(framework: Edition) -> None:
    edition = _store_garden(GARDEN, "garden")
    assert (edition.framework.code, edition.framework.name) == ("garden", "garden")
    assert not edition.framework.is_main
    tree = edition_tree(edition)
    assert [domain.name for domain in tree.domains] == ["Growing Food", "Sharing Tools", "Meeting"]
    assert [theme.code for theme in tree.themes] == ["GF.1", "GF.2", "ST.1", "MEE.1"]
    assert tree.cell_by_code["GF.1.L2"].behaviour.startswith("Practises soil at stage 2 with")
    assert not any(theme.wording for theme in tree.themes)


def test_the_next_edition_of_ones_own_framework_finds_it(db: None) -> None:
    first = _store_garden(GARDEN, "garden")
    changed = {**GARDEN, "MEETING": ("Brings people to one long table.", {"Invites everyone": cells("inviting")})}
    second = _store_garden(changed, "garden-2")
    assert second.framework == first.framework
    assert second.based_on == first
    assert {row.uid for row in first.themes.all()} == {row.uid for row in second.themes.all()}


def test_a_new_domain_gets_rows_with_short_labels_and_cells_without_plain_words(db: None) -> None:
    _store_garden(GARDEN, "garden")
    long_name = "Keeps a careful list of who has borrowed what and for how long"
    more = {**GARDEN, "LENDING": ("Lends.", {long_name: cells("lists")})}
    tree = edition_tree(_store_garden(more, "garden-2"))
    theme = tree.theme_by_code["LEN.1"]
    assert (theme.name, theme.short) == (long_name, "Keeps a careful list of who has borrowed")
    assert [len(cell.statements) for cell in theme.cells] == [0, 0, 0]


def test_missing_items_are_left_out_only_when_asked(db: None) -> None:
    _store_garden(GARDEN, "garden")
    fewer = {name: GARDEN[name] for name in ("GROWING FOOD", "SHARING TOOLS")}
    assert len(edition_tree(_store_garden(fewer, "dropped", drop_missing=True)).domains) == 2
    other = {**fewer, "SHARING TOOLS": ("Lends everything.", {"Repairs what is broken": cells("repair")})}
    # The newest edition is the base before anything is published, so the kept one starts from the first again.
    discard_draft(Edition.objects.get(code="dropped"), by=None)
    assert len(edition_tree(_store_garden(other, "kept")).domains) == 3


def test_a_taken_code_is_refused_unless_the_draft_may_be_replaced(db: None) -> None:
    first = _store_garden(GARDEN, "garden")
    changed = {**GARDEN, "MEETING": ("Meets.", {"Invites everyone": cells("inviting")})}
    with pytest.raises(ValidationError, match="with other words"):
        _store_garden(changed, "garden")
    again = _store_garden(changed, "garden", replace=True)
    assert not Edition.objects.filter(pk=first.pk).exists()
    assert {domain.name: domain.official_purpose for domain in again.domains.all()}["Meeting"] == "Meets."
    publish_edition(again, by=None)
    with pytest.raises(ValidationError, match="with other words"):
        _store_garden(GARDEN, "garden", replace=True)


@pytest.mark.parametrize("code", ["", "Two words", "x" * 41, "../up", "Capital"])
def test_what_cannot_be_a_code_is_refused(db: None, code: str) -> None:
    with pytest.raises(ValidationError, match="at most 40 small letters"):
        _store_garden(GARDEN, code)
    assert not Framework.objects.filter(name="garden").exists()


def test_an_unknown_framework_or_one_of_another_shape_is_refused(db: None) -> None:
    for code in ("nowhere", "bargaining-attributes"):
        with pytest.raises(UnknownFrameworkError) as caught:
            _store_garden(GARDEN, "x", into=code)
        assert caught.value.known == ["nea-lcf"]


def test_the_framework_can_be_named(framework: Edition) -> None:
    edition = _store_garden(GARDEN, "garden", into="nea-lcf")
    assert edition.framework == framework.framework
    assert edition_tree(edition).domain_by_code["GF"].name == "Growing Food"
    assert len(edition_tree(edition).domains) == 10


def test_a_draft_is_discarded_with_its_index_and_a_published_edition_is_not(framework: Edition) -> None:
    draft = _store_garden(GARDEN, "garden")
    assert find("Practises soil", [draft.pk])
    pk = draft.pk
    discard_draft(draft, by=None)
    assert not Theme.objects.filter(edition_id=pk).exists()
    assert find("Practises soil", [pk]) == []
    with pytest.raises(ValidationError, match="Only a draft"):
        discard_draft(framework, by=None)


def test_predecessors_retire_when_a_draft_takes_their_place(framework: Edition) -> None:
    draft = _store_garden(GARDEN, "garden", into="nea-lcf")
    publish_edition(draft, by=None)
    assert retire_predecessors(draft, by=None) == [framework]
    assert Edition.objects.get(pk=framework.pk).status == EditionStatus.RETIRED
    assert Edition.objects.get(pk=draft.pk).status == EditionStatus.PUBLISHED
    assert Edition.objects.get(framework__code="bargaining-attributes").status == EditionStatus.PUBLISHED
