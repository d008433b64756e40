"""The plain-language edition that comes with Trellis: complete, short, simple, and in our own words."""

import json
import re
import statistics
import uuid
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import textstat
from jsonschema import Draft202012Validator

from tests.seeds import SEEDS
from trellis.framework.models import ActivityKind
from trellis.framework.plain import DATA, SHIPPED, PlainEdition, read_folder
from trellis.framework.reader import read_document

Item = dict[str, Any]
SEED_FILES = ("framework-2020.md", "leading-our-professions-earlier.txt", "student-centered-attributes.md")
# Counted at every full stop and semicolon; some of these only end an "etc.", so that the clauses proper are fewer.
SENTENCES_IN_THE_SOURCE = 306
CLAUSES_IN_THE_SOURCE = 299


@cache
def editions() -> tuple[PlainEdition, PlainEdition]:
    """Return the grid and the attributes; reading them checks both against their schemas."""
    grid, attributes = (read_folder(folder) for folder in SHIPPED)
    return grid, attributes


def domains() -> list[Item]:
    return editions()[0].parts


def themes() -> list[Item]:
    return [theme for domain in domains() for theme in domain["themes"]]


def cells() -> list[Item]:
    return [cell for theme in themes() for cell in theme["cells"]]


def statements() -> list[Item]:
    return [statement for cell in cells() for statement in cell["statements"]]


def activities() -> list[Item]:
    return [activity for cell in cells() for activity in cell["activities"]]


def definitions() -> list[Item]:
    return list(editions()[0].manifest["definitions"])


def groups() -> list[Item]:
    return [group for part in editions()[1].parts for group in part["groups"]]


def attributes() -> list[Item]:
    return [attribute for group in groups() for attribute in group["attributes"]]


def own_words() -> Iterator[tuple[str, str]]:
    """Yield every text that we wrote, with a name for it; names of domains, themes and levels are the source's."""
    for domain in domains():
        yield domain["code"], domain["purpose"]
    for item in definitions():
        yield item["term"], item["text"]
    for cell in cells():
        for statement in cell["statements"]:
            yield cell["code"], statement["i"]
            yield cell["code"], statement["they"]
        for activity in cell["activities"]:
            yield cell["code"], activity["text"]
    for attribute in attributes():
        yield attribute["code"], attribute["text"]
        yield attribute["code"], attribute["first_step"]


def words(text: str) -> int:
    return len(text.split())


def twins(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


# --- complete ---------------------------------------------------------------------------------------------------------


def test_the_grid_has_7_domains_33_themes_and_99_cells() -> None:
    assert (len(domains()), len(themes()), len(cells())) == (7, 33, 99)
    assert all(len(theme["cells"]) == 3 for theme in themes())
    assert [level["number"] for level in editions()[0].manifest["levels"]] == [1, 2, 3]


def test_there_are_3_definitions_and_36_attributes_in_7_groups() -> None:
    assert (len(definitions()), len(groups()), len(attributes())) == (3, 7, 36)


def test_every_cell_has_1_to_4_statements_and_an_activity() -> None:
    assert [cell["code"] for cell in cells() if not 1 <= len(cell["statements"]) <= 4] == []
    assert [cell["code"] for cell in cells() if not cell["activities"]] == []


def test_there_is_an_activity_for_every_sentence_of_the_source() -> None:
    assert len(activities()) >= SENTENCES_IN_THE_SOURCE


def test_every_kind_of_activity_occurs() -> None:
    assert {activity["kind"] for activity in activities()} == set(ActivityKind.values)


def test_the_schemas_are_themselves_valid() -> None:
    schemas = sorted(DATA.glob("*.schema.json"))
    assert len(schemas) == 4
    for schema in schemas:
        Draft202012Validator.check_schema(json.loads(schema.read_text(encoding="utf-8")))


# --- short and unlike each other --------------------------------------------------------------------------------------


def test_statements_have_at_most_20_words() -> None:
    assert [s[form] for s in statements() for form in ("i", "they") if words(s[form]) > 20] == []


def test_statements_begin_with_the_person_who_is_rated() -> None:
    assert [s["i"] for s in statements() if not s["i"].startswith(("I ", "My "))] == []
    assert [s["they"] for s in statements() if not s["they"].startswith(("They ", "Their "))] == []


def test_activities_have_at_most_30_words() -> None:
    assert [a["text"] for a in activities() if words(a["text"]) > 30] == []


def test_names_and_short_labels_fit_where_they_are_shown() -> None:
    assert [item["short"] for item in [*themes(), *groups(), *attributes()] if len(item["short"]) > 40] == []
    assert [theme["name"] for theme in themes() if len(theme["name"]) > 167] == []


def test_every_text_ends_as_a_sentence() -> None:
    assert [text for _, text in own_words() if not text.endswith((".", "?", "!"))] == []


def test_no_text_stands_twice() -> None:
    assert twins([re.sub(r"\W+", " ", text.lower()).strip() for _, text in own_words()]) == []
    assert twins([item["short"].lower() for item in [*themes(), *groups(), *attributes()]]) == []


def _uids(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "uid" in node:
            yield node["uid"]
        for value in node.values():
            yield from _uids(value)
    elif isinstance(node, list):
        for value in node:
            yield from _uids(value)


def test_every_uid_is_random_and_stands_once_in_all_files() -> None:
    found = list(_uids([[edition.manifest, edition.parts] for edition in editions()]))
    counted = [domains(), themes(), cells(), statements(), activities(), definitions(), groups(), attributes()]
    # and one for each of the 2 frameworks, the 2 editions and the 3 levels
    assert len(found) == sum(map(len, counted)) + 7
    assert twins(found) == []
    assert [uid for uid in found if uuid.UUID(uid).version != 4 or str(uuid.UUID(uid)) != uid] == []


# --- simple -----------------------------------------------------------------------------------------------------------


def test_half_of_the_statements_can_be_read_in_grade_8() -> None:
    # textstat looks hyphenated words up whole and knows few of them: as two words they are read as they are said.
    grades = [textstat.flesch_kincaid_grade(statement["i"].replace("-", " ")) for statement in statements()]
    assert statistics.median(grades) <= 8


# --- in our own words, with nothing dropped ---------------------------------------------------------------------------


def _plain_words(text: str) -> list[str]:
    joined = re.sub(r"(\w)- (?!and )(\w)", r"\1\2", text.lower().replace("’", "").replace("'", ""))
    return re.findall(r"[a-z0-9]+", joined)


def _runs(found: list[str]) -> set[tuple[str, ...]]:
    return {tuple(found[start : start + 8]) for start in range(len(found) - 7)}


@pytest.mark.seeds
def test_no_8_words_in_a_row_are_the_sources() -> None:
    source: set[tuple[str, ...]] = set()
    for name in SEED_FILES:
        source |= _runs(_plain_words((SEEDS / name).read_text(encoding="utf-8")))
    assert len(source) > 5000
    copied = [(where, " ".join(run)) for where, text in own_words() for run in _runs(_plain_words(text)) & source]
    assert copied == []


def _clauses(considerations: str) -> list[str]:
    """Split considerations into sentences, and at semicolons; the points of e.g., i.e. and etc. end nothing."""
    guarded = re.sub(r"\b(e\.g|i\.e)\.", lambda found: found.group().replace(".", "·"), considerations)
    guarded = re.sub(r"\betc\.(?=[),])", "etc·", guarded)
    return [part for part in re.split(r"(?<=[.;])\s*(?=[A-Z])|;\s+", guarded) if part.strip()]


@cache
def _source() -> dict[str, dict[int, list[str]]]:
    """Return the clauses of each theme's levels, by the theme's name in plain words."""
    document = read_document(SEEDS / "framework-2020.md")
    return {
        " ".join(_plain_words(theme.name)): {level.level: _clauses(level.considerations) for level in theme.levels}
        for domain in document.domains
        for theme in domain.themes
    }


@pytest.mark.seeds
def test_themes_have_the_names_of_the_source() -> None:
    assert {" ".join(_plain_words(theme["name"])) for theme in themes()} == set(_source())


@pytest.mark.seeds
def test_the_source_has_the_number_of_clauses_that_we_count_on() -> None:
    assert sum(len(clauses) for levels in _source().values() for clauses in levels.values()) == CLAUSES_IN_THE_SOURCE


@pytest.mark.seeds
def test_the_activities_of_a_cell_cover_every_clause_of_its_considerations() -> None:
    gaps = {}
    for theme in themes():
        source = _source()[" ".join(_plain_words(theme["name"]))]
        for level, cell in enumerate(theme["cells"], 1):
            covered = {clause for activity in cell["activities"] for clause in activity["clauses"]}
            wanted = set(range(1, len(source[level]) + 1))
            if covered != wanted:
                gaps[cell["code"]] = {"not covered": wanted - covered, "unknown": covered - wanted}
    assert gaps == {}
