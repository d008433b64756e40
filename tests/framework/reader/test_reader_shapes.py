"""Small invented documents of each shape, in the many ways people write them."""

from typing import Any

import pytest

from trellis.framework.reader import Document, Shape, read_text

HEADER = "| Theme | Level 1: Seed | Level 2: Tree |"
SPLIT_HEADER = "| The | Level 1: | Level 2: |\n|---|---|---|\n| me | Seed | Tree |"
MARKDOWN = """\
LISTENING

Hears what members say.

| Theme | Level 1: Seed | Level 2: Tree |
|---|---|
| Asks first | Asks. Learning Considerations Learns to ask | Leads asking. Learning Considerations Practices |
| Waits | Waits. Learning Considerations Learns to wait | Helps others wait. Learning Considerations Coaches |

SPEAKING

Says what is so.

| Theme | Level 1: Seed | Level 2: Tree |
|---|---|---|
| Is plain | Speaks. Learning Considerations Drafts | Speaks for many. Learning Considerations Rehearses |
"""

EXPECTED = [
    (
        "LISTENING",
        "Hears what members say.",
        [
            ("Asks first", [("Asks.", "Learns to ask"), ("Leads asking.", "Practices")]),
            ("Waits", [("Waits.", "Learns to wait"), ("Helps others wait.", "Coaches")]),
        ],
    ),
    (
        "SPEAKING",
        "Says what is so.",
        [("Is plain", [("Speaks.", "Drafts"), ("Speaks for many.", "Rehearses")])],
    ),
]


def read(text: str) -> Document:
    return read_text(text.encode())


def grid(document: Document) -> list[tuple[str, str, list[tuple[str, list[tuple[str, str]]]]]]:
    """The words of a framework without its lines and names of levels."""
    return [
        (
            domain.name,
            domain.purpose,
            [(theme.name, [(x.behaviour, x.considerations) for x in theme.levels]) for theme in domain.themes],
        )
        for domain in document.domains
    ]


def without_outer_pipes(text: str) -> str:
    lines = [line.strip().strip("|").strip() if line.startswith("|") else line for line in text.splitlines()]
    return "\n".join(lines)


def tabbed(text: str) -> str:
    lines = [line for line in text.splitlines() if not line.startswith("|--")]
    return "\n".join("\t".join(x.strip() for x in line.strip("|").split("|")) for line in lines)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text, id="as written"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(lambda text: text.replace("\n", "\r"), id="CR"),
        pytest.param(lambda text: "\ufeff" + text, id="BOM"),
        pytest.param(lambda text: text.replace(" | ", "\t|\t"), id="tabs around pipes"),
        pytest.param(lambda text: text.replace(" | ", "|"), id="no spaces around pipes"),
        pytest.param(without_outer_pipes, id="no outer pipes"),
        pytest.param(lambda text: text.replace(" |\n", "\n"), id="no pipe at the end"),
        pytest.param(lambda text: text.replace("|---|---|---|", "| :-: | -: | - |"), id="aligned rule"),
        pytest.param(lambda text: text.replace("|---|---|---|", "+---+===+---+"), id="rule of a grid"),
        pytest.param(lambda text: text.replace("|---|---|---|", "--|--|--"), id="rule without outer pipes"),
        pytest.param(lambda text: text.replace("|---|---|---|\n", "").replace("|---|---|\n", ""), id="no rule"),
        pytest.param(lambda text: text.replace("Learning C", "Training C"), id="older name"),
        pytest.param(lambda text: text.replace("Learning Considerations", "**Learning Considerations:**"), id="bold"),
        pytest.param(lambda text: text.replace("Learning Considerations", "learning considerations:"), id="small"),
        pytest.param(lambda text: text.replace(" Learning Con", "<br>Learning Con"), id="line break tag"),
        pytest.param(lambda text: text.replace("LISTENING", "# LISTENING").replace("SPEA", "# SPEA"), id="# heading"),
        pytest.param(lambda text: text.replace("LISTENING", "**LISTENING**"), id="bold heading"),
        pytest.param(lambda text: text.replace("LISTENING", "LISTENING\n---------"), id="underlined heading"),
        pytest.param(lambda text: text.replace("LISTENING", "LISTENING ^{*}").replace("say.", "say.*"), id="marks"),
        pytest.param(lambda text: text.replace("Hears what", "Hears\nwhat"), id="purpose over two lines"),
        pytest.param(lambda text: text.replace("members say", "mem-\nbers say"), id="word over two lines"),
        pytest.param(lambda text: "# The framework\n\n" + text.replace("\n\n|", "\n|"), id="title"),
        pytest.param(lambda text: text.replace("| Waits |", "\n| Waits |"), id="gap in a table"),
        pytest.param(lambda text: text.replace("\n\n", "\n"), id="no gaps at all"),
        pytest.param(
            lambda text: text.replace("| Waits |", f"{SPLIT_HEADER}\n| Waits |"),
            id="a second table without a gap, its header over two rows",
        ),
        pytest.param(
            lambda text: text.replace(
                "| Theme | Level 1: Seed | Level 2: Tree |\n|---|---|\n",
                f"{SPLIT_HEADER}\n",
            ),
            id="header over two rows",
        ),
        pytest.param(
            lambda text: text.replace("Theme | Level 1: Seed | Level 2: Tree", "Theme | Seed | Tree"),
            id="names of levels without numbers",
        ),
        pytest.param(lambda text: text.replace("Level 1: Seed", "Stage I - Seed"), id="Roman numbers"),
        pytest.param(
            lambda text: text.replace("| Waits |", "\n\n| Waits |").replace("Coaches |", "Coaches |\n|---|---|---|"),
            id="a theme in the header's place",
        ),
        pytest.param(lambda text: text.replace("| Waits |", f"{HEADER}\n| Waits |"), id="header twice"),
        pytest.param(tabbed, id="tab-separated"),
        pytest.param(lambda text: tabbed(text).replace("\n", "\t\t\t\n"), id="tab-separated, padded"),
        pytest.param(
            lambda text: tabbed(text).replace(
                " Learning Considerations Learns to wait\tHelps others wait. Learning Considerations Coaches",
                "\tHelps others wait.\n\tLearning Considerations Learns to wait\tLearning Considerations Coaches",
            ),
            id="theme over two rows",
        ),
    ],
)
def test_a_framework_in_many_dresses(change: Any) -> None:
    text = change(MARKDOWN)
    document = read(text)
    assert grid(document) == EXPECTED
    assert document.shape is (Shape.MARKDOWN if "|" in text else Shape.TABBED)
    assert document.warnings == ()
    assert document.level_names == ("Seed", "Tree")
    assert [(x.level, x.name) for x in document.domains[1].themes[0].levels] == [(1, "Seed"), (2, "Tree")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marks_of_byte_order(encoding: str) -> None:
    assert grid(read_text(MARKDOWN.encode(encoding))) == EXPECTED


def test_lines_of_themes_and_domains() -> None:
    document = read(MARKDOWN)
    assert [domain.line for domain in document.domains] == [1, 10]
    assert [theme.line for domain in document.domains for theme in domain.themes] == [7, 8, 16]


def test_two_rows_in_a_markdown_table() -> None:
    text = (
        "ONE\n\nPurpose.\n\nTheme | Level 1: A\n--|--\nFirst | Does.\n | Learning Considerations Learns.\n"
        "Second | Does so. Learning Considerations Reads."
    )
    themes = read(text).domains[0].themes
    assert [(theme.name, theme.levels[0].considerations) for theme in themes] == [
        ("First", "Learns."),
        ("Second", "Reads."),
    ]


def test_word_broken_between_two_rows() -> None:
    text = "ONE\n\nPurpose.\n\nTheme\tLevel 1: A\nFirst\tDoes effec-\n\ttively. Learning Considerations Learns."
    assert read(text).domains[0].themes[0].levels[0].behaviour == "Does effectively."


def test_escaped_pipes_are_text() -> None:
    text = "ONE\n\nPurpose.\n\n|T|Level 1: A|\n|-|-|\n|Either \\| or|Does \\| does. Learning Considerations Learns|"
    theme = read(text).domains[0].themes[0]
    assert (theme.name, theme.levels[0].behaviour) == ("Either | or", "Does | does.")


def test_headings_below_a_domain() -> None:
    table = "|T|Level 1: A|\n|-|-|\n|{}|Does. Learning Considerations Learns|\n"
    text = "# Title\n\n## One\n\nPurpose.\n\n### Part\n\n" + table.format("a") + "\n### Rest\n\n" + table.format("b")
    domains = read(text).domains
    assert [(x.name, x.purpose, [y.name for y in x.themes]) for x in domains] == [("One", "Purpose.", ["a", "b"])]


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ("^{*} A broad view is a way to look. Each – Every one. Both – The two.", ["Broad view", "Each", "Both"]),
        ("A broad view is a way to look. Each/All – Every one.\n\nBoth - The two.", ["Broad view", "Each/All", "Both"]),
        ("* Each — Every one (e.g. you). And more.\n* Both — The two.", ["Each", "Both"]),
        ("⁷ The view means the way to look.", ["View"]),
        ("# Notes\n\nEach – Every one.", ["Each"]),
        ("^{*} Each – Every one.\n\n^{*} Each – Every one.", ["Each"]),
    ],
)
def test_definitions(notes: str, expected: list[str]) -> None:
    document = read(f"{MARKDOWN}\n{notes}\n")
    assert [definition.term for definition in document.definitions] == expected
    assert grid(document) == EXPECTED
    assert document.warnings == ()


def test_the_text_of_a_definition() -> None:
    document = read(f"{MARKDOWN}\n* A view is a way. It is wide. Each – Every one (e.g. you). And more.\n")
    assert [definition.text for definition in document.definitions] == [
        "A view is a way. It is wide.",
        "Every one (e.g. you). And more.",
    ]


ATTRIBUTES = """\
What good stewards do

This list was gathered in many places:

Look after the house:

- Sweeps the stairs
- Mends the roof (e.g., tiles)

Look after guests:

- Opens the door
"""


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text, id="as written"),
        pytest.param(lambda text: text.replace("- ", "* "), id="stars"),
        pytest.param(lambda text: text.replace("- ", "•\t"), id="bullets and tabs"),
        pytest.param(lambda text: text.replace("- ", "•"), id="bullets without a space"),
        pytest.param(lambda text: text.replace("- ", "   – "), id="indented dashes"),
        pytest.param(lambda text: text.replace(":\n\n-", ":\n-"), id="no gap above the list"),
        pytest.param(lambda text: text.replace("\n\n", "\n"), id="no gaps at all"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(lambda text: text.replace("Look after", "## Look after"), id="# headings with colons"),
        pytest.param(lambda text: text.replace("Look", "## Look").replace("e:\n", "e\n"), id="# headings"),
        pytest.param(lambda text: text.replace("Look after the house:", "**Look after the house:**"), id="bold"),
        pytest.param(lambda text: text.replace("guests:", "guests"), id="no colon"),
        pytest.param(lambda text: text.replace("roof (", "roof\n  ("), id="attribute over two lines"),
        pytest.param(lambda text: text.replace("after the house", "after\nthe house"), id="group over two lines"),
        pytest.param(lambda text: "# " + text, id="# title"),
    ],
)
def test_an_attribute_list_in_many_dresses(change: Any) -> None:
    document = read(change(ATTRIBUTES))
    assert document.shape is Shape.ATTRIBUTES
    assert document.to_json() == {
        "kind": "attributes",
        "groups": [
            {"name": "Look after the house", "attributes": ["Sweeps the stairs", "Mends the roof (e.g., tiles)"]},
            {"name": "Look after guests", "attributes": ["Opens the door"]},
        ],
        "warnings": [],
    }


def test_the_json_of_a_framework() -> None:
    text = "ONE\n\nPurpose.\n\n|T|Level 1: A|\n|-|-|\n|a|Does|\n\n* Each – Every one."
    assert read(text).to_json() == {
        "kind": "framework",
        "domains": [
            {
                "name": "ONE",
                "purpose": "Purpose.",
                "themes": [{"name": "a", "levels": [{"level": 1, "behaviour": "Does", "considerations": ""}]}],
            }
        ],
        "definitions": [{"term": "Each", "text": "Every one."}],
        "warnings": [
            {"line": 7, "message": 'theme "a", level 1: the words "Learning Considerations" are missing'},
        ],
    }
