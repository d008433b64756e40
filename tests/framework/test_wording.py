"""The words of an edition in another language: complete, short, really Spanish, and no more than words."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from tests.assessment.answers import everything, give, next_edition
from tests.cast import Cast
from trellis.core.checked import DataFileError
from trellis.core.models import AuditEntry
from trellis.framework.actions import load_wording
from trellis.framework.models import Edition, Framework, Statement, Wording
from trellis.framework.plain import DATA, SHIPPED, read_folder
from trellis.framework.queries import attribute_tree, edition_tree, main_attributes, main_tree
from trellis.framework.rendering import Rendering, read_renderings
from trellis.framework.search import find
from trellis.framework.tree import AttributeTree, EditionTree
from trellis.growth.queries import standing_for

GRID, ATTRIBUTES = SHIPPED
# Words that no Spanish sentence has; "no", "a" or "me" would be found in both languages.
ENGLISH = re.compile(r"\b(the|and|of|to|with|for|they|their|our|what|who|that|people|union|members?|schools?)\b", re.I)


@cache
def renderings(folder: Path) -> tuple[Rendering, ...]:
    return tuple(read_renderings(folder, read_folder(folder)))


def in_spanish() -> EditionTree:
    with translation.override("es"):
        tree = main_tree()
    assert tree is not None
    return tree


def attributes(language: str) -> AttributeTree:
    with translation.override(language):
        tree = main_attributes()
    assert tree is not None
    return tree


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the attributes' files, to be spoiled."""
    return Path(shutil.copytree(ATTRIBUTES, tmp_path / "2020"))


def spoil(folder: Path, change: Any, name: str = "es/attributes.yaml") -> None:
    path = folder / name
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def problem(folder: Path) -> str:
    with pytest.raises(DataFileError) as caught:
        read_renderings(folder, read_folder(folder))
    return str(caught.value)


def test_everything_that_is_shown_is_rendered(tree: EditionTree) -> None:
    spanish = in_spanish()
    assert (len(spanish.domains), len(spanish.themes), len(spanish.levels)) == (7, 33, 3)
    pairs = [(english, other) for english, other in zip(_texts(tree), _texts(spanish), strict=True)]
    assert [english for english, other in pairs if english == other] == []
    statements = [statement for theme in spanish.themes for cell in theme.cells for statement in cell.statements]
    assert len(statements) == 310
    assert all(statement.text_self != statement.text_other for statement in statements)


def test_every_activity_is_rendered_and_keeps_its_place(tree: EditionTree) -> None:
    pairs = [
        (one, other)
        for english, spanish in zip(tree.themes, in_spanish().themes, strict=True)
        for a, b in zip(english.cells, spanish.cells, strict=True)
        for one, other in zip(a.activities, b.activities, strict=True)
    ]
    assert len(pairs) == 885
    for one, other in pairs:
        assert (one.uid, one.version, one.kind, one.minutes) == (other.uid, other.version, other.kind, other.minutes)
        assert one.text != other.text


def test_every_attribute_is_rendered(db: None) -> None:
    english, spanish = attributes("en"), attributes("es")
    assert (len(spanish.groups), len(spanish.attributes)) == (7, 36)
    for one, other in zip(english.groups, spanish.groups, strict=True):
        assert one.name != other.name
        assert one.short != other.short
    for a, b in zip(english.attributes, spanish.attributes, strict=True):
        assert (a.short != b.short, a.text != b.text, a.first_step != b.first_step) == (True, True, True)


def _texts(tree: EditionTree) -> Iterator[str]:
    yield from (tree.framework_name, tree.framework_purpose, tree.name)
    yield from (level.name for level in tree.levels)
    for term in tree.definitions:
        yield from (term.term, term.text)
    for domain in tree.domains:
        yield from (domain.name, domain.purpose)
        for theme in domain.themes:
            yield from (theme.name, theme.short)
            for cell in theme.cells:
                yield cell.level_name
                for statement in cell.statements:
                    yield from (statement.text_self, statement.text_other)


def test_the_same_items_stand_in_both_languages(tree: EditionTree) -> None:
    def bones(tree: EditionTree) -> list[Any]:
        return [
            (theme.id, theme.uid, theme.code, theme.wording, cell.uid, cell.code, cell.level)
            for theme in tree.themes
            for cell in theme.cells
        ]

    assert bones(tree) == bones(in_spanish())
    english, spanish = attributes("en"), attributes("es")
    assert list(english.attribute_by_code) == list(spanish.attribute_by_code)
    assert list(english.attribute_by_id) == list(spanish.attribute_by_id)


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.parent.name)
def test_no_english_is_left(folder: Path) -> None:
    assert [each.text for each in renderings(folder) if ENGLISH.search(each.text)] == []


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.parent.name)
def test_a_text_fits_where_the_english_one_stands(folder: Path) -> None:
    limits = {"text_self": 200, "text_other": 200, "short": 40, "term": 80, "first_step": 300, "name": 240}
    for each in renderings(folder):
        assert len(each.text) <= limits.get(each.field, 600), each.text
        assert each.text == " ".join(each.text.split())


def test_no_statement_is_longer_than_the_database_takes() -> None:
    longest = {field: Statement._meta.get_field(field).max_length for field in ("text_self", "text_other")}
    assert [each.text for each in renderings(GRID) if len(each.text) > (longest.get(each.field) or 600)] == []


def test_no_two_statements_sound_the_same() -> None:
    for field in ("text_self", "text_other"):
        said = Counter(each.text for each in renderings(GRID) if each.field == field)
        assert [text for text, count in said.items() if count > 1] == []


def test_a_sentence_ends_and_a_name_does_not() -> None:
    for folder in SHIPPED:
        for each in renderings(folder):
            ends = each.text.endswith((".", "?"))
            assert ends == (each.field not in ("name", "short", "term")), each.text


def test_nobody_is_a_man_by_default() -> None:
    """Slashes, at signs and the like are hard to read aloud; generic masculines leave people out."""
    found = re.compile(
        r"[@/]|\b(los|todos los|otros|nuestros) (miembros|integrantes|líderes|maestros|afiliados)\b", re.I
    )
    for folder in SHIPPED:
        assert [each.text for each in renderings(folder) if found.search(each.text) and each.field != "term"] == []


def test_loading_a_second_time_changes_nothing(framework: Edition) -> None:
    before = list(Wording.objects.order_by("pk").values_list("pk", "text")), AuditEntry.objects.count()
    call_command("load_framework", verbosity=0)
    assert (list(Wording.objects.order_by("pk").values_list("pk", "text")), AuditEntry.objects.count()) == before


def test_a_mended_translation_is_seen_at_once_and_leaves_an_audit_row(framework: Edition) -> None:
    before = in_spanish().domain_by_code["ADV"].name
    given = list(renderings(GRID))
    place = next(n for n, each in enumerate(given) if each.text == before)
    mended = Rendering(**{**_fields(given[place]), "text": "Alzar la voz"})
    assert load_wording(framework, [*given[:place], mended, *given[place + 1 :]], by=None) == 1
    assert in_spanish().domain_by_code["ADV"].name == "Alzar la voz"
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.detail) == ("framework.wording", {"texts": 1})
    assert load_wording(framework, given, by=None) == 1
    assert in_spanish().domain_by_code["ADV"].name == before


def _fields(rendering: Rendering) -> dict[str, Any]:
    return {name: getattr(rendering, name) for name in Rendering.__slots__}


def test_another_process_sees_it_by_the_print_on_the_framework(framework: Edition) -> None:
    in_spanish()
    row = Wording.objects.get(edition=framework, uid=framework.uid, field="name")
    Wording.objects.filter(pk=row.pk).update(text="2020, más claro")
    assert in_spanish().name == row.text, "nothing said that the words changed"
    Framework.objects.filter(pk=framework.framework_id).update(wording_print="another")
    assert in_spanish().name == "2020, más claro"


def test_what_has_no_translation_stays_as_it_is(framework: Edition, tree: EditionTree) -> None:
    kept = [each for each in renderings(GRID) if each.field == "name"]
    load_wording(framework, kept, by=None)
    theme, english = in_spanish().themes[0], tree.themes[0]
    assert theme.name != english.name
    assert theme.short == english.short
    assert theme.cells[0].statements == english.cells[0].statements


def test_a_language_without_words_reads_as_the_edition_is_written(tree: EditionTree) -> None:
    with translation.override("fr"):
        assert list(_texts(edition_tree(Edition.objects.get(pk=tree.id)))) == list(_texts(tree))


def test_a_region_reads_its_language(tree: EditionTree) -> None:
    with translation.override("es-mx"):
        assert main_tree() is in_spanish()


def test_each_language_is_kept_apart_and_english_costs_no_query_more(
    framework: Edition, tree: EditionTree, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    spanish = in_spanish()
    listed = attributes("en"), attributes("es")
    plain = Edition.objects.get(pk=framework.pk)
    listing = Edition.objects.select_related("framework").get(framework__code="bargaining-attributes")
    with django_assert_num_queries(0):
        assert edition_tree(plain) is tree
        assert attribute_tree(listing) is listed[0]
        with translation.override("es"):
            assert edition_tree(framework) is spanish
            assert attribute_tree(listing) is listed[1]


def test_a_standing_is_the_same_in_both_languages(cast: Cast, framework: Edition, tree: EditionTree) -> None:
    give(cast.own, framework, everything(framework, 3) | {"ADV.1": 5, "ORG.2": None})
    english = standing_for(tree, cast.own)
    with translation.override("es"):
        spanish = standing_for(in_spanish(), cast.own)
    facts = [
        [(each.theme.code, each.half_steps, each.level, each.change) for each in found.themes]
        for found in (english, spanish)
    ]
    assert facts[0] == facts[1]


def test_a_later_edition_has_the_words_of_what_it_left_alone(cast: Cast, framework: Edition) -> None:
    newer = next_edition(reworded=["ADV.1"])
    with translation.override("es"):
        later = edition_tree(Edition.objects.select_related("framework").get(pk=newer.pk))
    spanish = in_spanish() if in_spanish().id == framework.pk else None
    shipped = {each.uid: each.text for each in renderings(GRID) if each.field == "text_self"}
    assert spanish is None, "the later edition is the current one"
    for theme in later.themes:
        for statement in (statement for cell in theme.cells for statement in cell.statements):
            assert (statement.text_self == shipped[statement.uid]) == (theme.code != "ADV.1")


def test_spanish_words_find_it_and_english_ones_too(framework: Edition) -> None:
    with translation.override("es"):
        hits = find("alianzas comunidad", [framework.pk])
        assert ("theme", "ORG.2", "Alianzas con la comunidad") in [(hit.kind, hit.code, hit.title) for hit in hits]
        assert "ORG.2" in [hit.code for hit in find("community partnerships", [framework.pk])]
    assert find("alianzas comunidad", [framework.pk]) == []


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/framework/", "Marco de Competencias de Liderazgo de la NEA"),
        ("/framework/nea-lcf/2020/", "Estrategia y salud financiera"),
        ("/framework/nea-lcf/2020/ORG/", "Alianzas con la comunidad"),
        ("/framework/nea-lcf/2020/ORG.2/", "Conducción de la agenda"),
        ("/framework/nea-lcf/2020/ORG.2.L1/", "Pregunto a cada grupo qué asuntos de la escuela"),
        ("/framework/bargaining-attributes/2020/", "FODA de nuestro sindicato"),
        ("/framework/bargaining-attributes/2020/print/", "Negociar por el bien común"),
        ("/framework/search/?q=presupuesto", "Plan, <mark>presupuesto</mark> y políticas"),
    ],
)
def test_the_pages_read_in_spanish(framework: Edition, client: Client, path: str, words: str) -> None:
    assert words in client.get(path, headers={"accept-language": "es-us"}).text
    assert words not in client.get(path, headers={"accept-language": "en"}).text


def test_a_definition_is_found_at_the_same_place_in_both_languages(framework: Edition, client: Client) -> None:
    place = 'id="term-race-equity-lens"'
    for language in ("en", "es"):
        assert place in client.get("/framework/nea-lcf/2020/", headers={"accept-language": language}).text
    hits = client.get("/framework/search/?q=lente+equidad", headers={"accept-language": "es"}).text
    assert "/framework/nea-lcf/2020/#term-race-equity-lens" in hits


def test_a_wrong_file_is_refused_with_its_place(folder: Path) -> None:
    spoil(folder, lambda content: content["attributes"][2].update(short="x" * 41))
    assert re.search(r"es/attributes\.yaml: at attributes/2/short: .* too long", problem(folder))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda content: content["attributes"][0].update(surprise="x"), "at attributes/0: "),
        (lambda content: content["attributes"][0].pop("first_step"), "at attributes/0: 'first_step' is a required"),
        (lambda content: content["attributes"][0].update(uid="no-uid"), "at attributes/0/uid: "),
        (lambda content: content.update(language="es-US"), "at language: "),
        (lambda content: content.update(language="fr"), "at language: the folder is named es"),
        (
            lambda content: content["groups"][1].update(code="SCB.9"),
            "at groups/1 (SCB.9): the edition has no such item",
        ),
        (lambda content: content["groups"].append(content["groups"][0]), "at groups/7 (SCB.1): "),
    ],
)
def test_what_does_not_fit_the_edition_is_refused(folder: Path, change: Any, said: str) -> None:
    spoil(folder, change)
    assert said in problem(folder)


def test_a_translation_of_an_earlier_version_is_refused(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(GRID, tmp_path / "2020"))
    spoil(folder, lambda content: content["statements"][0].update(version=2), "es/advocacy.yaml")
    assert "at statements/0 (ADV.1.L1.1): the edition has version 1 of it" in problem(folder)


def test_the_command_says_what_is_wrong_and_stores_nothing(db: None, folder: Path) -> None:
    spoil(folder, lambda content: content["groups"][1].update(code="SCB.9"))
    before = Wording.objects.count()
    with pytest.raises(CommandError, match="no such item") as caught:
        call_command("load_framework", str(folder), verbosity=0)
    assert caught.value.returncode == 2
    assert Wording.objects.count() == before


def test_the_files_of_every_language_are_found() -> None:
    assert sorted(path.parent.name for path in DATA.glob("*/*/*/manifest.yaml")) == ["es", "es"]
