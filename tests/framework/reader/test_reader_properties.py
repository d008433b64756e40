"""What holds for every document: no bytes crash the reader, and what was rendered is read back."""

from contextlib import suppress
from dataclasses import dataclass

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from trellis.framework.reader import Document, DocumentError, read_text

QUICK = settings(max_examples=40, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])

words = st.text("abcdefghijklmnopqrstuvwxyzéñ", min_size=2, max_size=7)
phrases = st.lists(words, min_size=1, max_size=4).map(lambda found: " ".join(found).capitalize())
names = st.lists(words, min_size=2, max_size=4).map(" ".join)
SIGNS = (
    "|",
    "||",
    "\t",
    "\n",
    "\r\n",
    "|-|-|\n",
    "---",
    "# ",
    "- ",
    "* ",
    "a- ",
    "\\|",
    "^{*}",
    "⁷",
    "*",
    "_",
    "/ ",
    " – ",
)
TEXTS = (
    "ONE\n\n",
    "Purpose.\n\n",
    "Level 1: ",
    "Learning Considerations ",
    "Group:\n",
    "A lens is a way. ",
    "<br>",
    "&#0;",
)
LETTERS = ("text ", "a", "é", "\u00ad", "\u200b", "**", ".Word", "wit ", "with ")
pieces = st.sampled_from(SIGNS + TEXTS + LETTERS)


@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00\xd8")
@QUICK
def test_no_bytes_do_more_than_fail_to_be_a_document(data: bytes) -> None:
    with suppress(DocumentError):
        read_text(data).to_json()


@given(st.lists(pieces, max_size=80), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
@settings(QUICK, max_examples=400)
def test_no_debris_of_documents_does_more_either(parts: list[str], encoding: str) -> None:
    with suppress(DocumentError):
        document = read_text("".join(parts).encode(encoding, errors="ignore"))
        lines = "".join(parts).replace("\r\n", "\n").count("\n") + 1
        assert all(1 <= warning.line <= lines for warning in document.warnings)


@dataclass(frozen=True)
class Framework:
    """A framework as a test invents it: names of levels, and domains with purposes, themes and cells."""

    levels: list[str]
    domains: list[tuple[str, str, list[tuple[str, list[tuple[str, str]]]]]]
    definitions: list[tuple[str, str]]


@st.composite
def frameworks(draw: st.DrawFn) -> Framework:
    levels = draw(st.lists(phrases, min_size=1, max_size=4, unique_by=str.casefold))
    cells = st.lists(st.tuples(phrases, phrases), min_size=len(levels), max_size=len(levels))
    themes = st.lists(st.tuples(phrases, cells), min_size=1, max_size=4)
    domain = st.tuples(names.map(str.upper), phrases.map(lambda text: text + "."), themes)
    domains = draw(st.lists(domain, min_size=1, max_size=4, unique_by=lambda found: found[0].casefold()))
    definition = st.tuples(phrases, phrases.map(lambda text: text + "."))
    definitions = draw(st.lists(definition, max_size=3, unique_by=lambda found: found[0].casefold()))
    return Framework(levels, domains, definitions)


@dataclass(frozen=True)
class Style:
    """One way of writing a document down."""

    line_end: str
    mark: str
    rule: str
    outer: bool
    tabs: bool
    split_header: bool
    split_table: bool
    marker: str


styles = st.builds(
    Style,
    line_end=st.sampled_from(["\n", "\r\n"]),
    mark=st.sampled_from(["", "*", "^{*}", "†"]),
    rule=st.sampled_from(["---", "-", ":--:", "--"]),
    outer=st.booleans(),
    tabs=st.booleans(),
    split_header=st.booleans(),
    split_table=st.booleans(),
    marker=st.sampled_from(["Learning Considerations", "Training Considerations"]),
)


def header(levels: list[str], style: Style, *, split: bool) -> list[list[str]]:
    numbers = [f"Level {number}:" for number in range(1, len(levels) + 1)]
    if split:
        return [["Competency", *numbers], ["Theme", *levels]]
    return [["Competency Theme", *(f"{number} {name}" for number, name in zip(numbers, levels, strict=True))]]


def definition_lines(framework: Framework) -> list[str]:
    return (
        ["^{*} " + " ".join(f"{term} – {text}" for term, text in framework.definitions)]
        if framework.definitions
        else []
    )


def row_text(cells: list[str], style: Style) -> str:
    text = ("\t|\t" if style.tabs else " | ").join(cells)
    return f"| {text} |" if style.outer else text


def markdown(framework: Framework, style: Style) -> str:
    lines: list[str] = []
    for name, purpose, themes in framework.domains:
        lines += [name + style.mark, "", purpose + style.mark, ""]
        above = header(framework.levels, style, split=style.split_header)
        rule = row_text([style.rule] * (len(framework.levels) + 1), style)
        below = [[theme + style.mark, *(f"{a} {style.marker} {b}" for a, b in cells)] for theme, cells in themes]
        lines += [row_text(above[0], style), rule, *(row_text(row, style) for row in above[1:])]
        if style.split_table:
            # The document breaks its table, and a theme stands in the header's place.
            lines += [row_text(below[0], style), "", *(row_text(row, style) for row in below[1:2]), rule]
            below = below[2:]
        lines += [*(row_text(row, style) for row in below), "", *definition_lines(framework), ""]
    return style.line_end.join(lines)


def tabbed(framework: Framework, style: Style) -> str:
    lines: list[str] = []
    for name, purpose, themes in framework.domains:
        lines += [name, "", purpose + style.mark, ""]
        lines += ["\t".join(row) for row in header(framework.levels, style, split=False)]
        for theme, cells in themes:
            if style.split_table:
                lines.append("\t".join([theme, *(behaviour for behaviour, _ in cells)]))
                lines.append("\t".join(["", *(f"{style.marker} {text}" for _, text in cells)]))
            else:
                lines.append("\t".join([theme, *(f"{a} {style.marker} {b}" for a, b in cells)]))
        lines += ["", *definition_lines(framework), ""]
    return style.line_end.join(lines)


def rebuilt(document: Document) -> Framework:
    """What was read, in the form in which tests invent frameworks."""
    domains = [
        (
            domain.name,
            domain.purpose,
            [(theme.name, [(x.behaviour, x.considerations) for x in theme.levels]) for theme in domain.themes],
        )
        for domain in document.domains
    ]
    return Framework(list(document.level_names), domains, [(x.term, x.text) for x in document.definitions])


@given(frameworks(), styles)
@QUICK
def test_markdown_tables_are_read_back(framework: Framework, style: Style) -> None:
    assert rebuilt(read_text(markdown(framework, style).encode())) == framework


@given(frameworks(), styles)
@QUICK
def test_tab_separated_text_is_read_back(framework: Framework, style: Style) -> None:
    assert rebuilt(read_text(tabbed(framework, style).encode())) == framework


groups = st.lists(st.tuples(phrases, st.lists(phrases, min_size=1, max_size=5)), min_size=1, max_size=5)


@given(groups, st.sampled_from(["- ", "* ", "• ", "\t•\t"]), st.sampled_from(["{}:", "## {}", "{}:\n"]))
@QUICK
def test_attribute_lists_are_read_back(found: list[tuple[str, list[str]]], bullet: str, heading: str) -> None:
    lines = ["# The title", "", "An introduction.", ""]
    for name, attributes in found:
        lines += [heading.format(name), *(bullet + attribute for attribute in attributes), ""]
    document = read_text("\n".join(lines).encode())
    assert [(group.name, list(group.attributes)) for group in document.groups] == found
