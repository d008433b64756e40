"""Documents whose headings bear no mark at all."""

import pytest

from trellis.framework.reader import DocumentError, read_text

HEADER = "| Theme | Level 1: Start | Level 2: Go |\n|---|---|---|\n"
ROW = "| {} | Does a thing Learning Considerations Learns a thing | Does more Learning Considerations Learns more |\n"


def read(text: str) -> list[tuple[str, str, list[str]]]:
    return [
        (domain.name, domain.purpose, [theme.name for theme in domain.themes])
        for domain in read_text(text.encode()).domains
    ]


def test_a_short_line_above_a_purpose_and_a_table_is_a_domain() -> None:
    text = "Digital Care\n\nKeeps members safe online\n\n" + HEADER + ROW.format("Guards data")
    text += "\nWelcome and Belonging\n\nMakes room for everyone.\n\n" + HEADER + ROW.format("Greets people")
    assert read(text) == [
        ("Digital Care", "Keeps members safe online", ["Guards data"]),
        ("Welcome and Belonging", "Makes room for everyone.", ["Greets people"]),
    ]


def test_a_short_line_right_above_a_table_is_a_domain_without_a_purpose() -> None:
    assert read("Digital Care\n\n" + HEADER + ROW.format("Guards data")) == [("Digital Care", "", ["Guards data"])]


def test_where_headings_are_marked_a_short_line_stays_text() -> None:
    text = "DIGITAL CARE\n\nKeeps members safe\n\n" + HEADER + ROW.format("Guards data")
    assert read(text) == [("DIGITAL CARE", "Keeps members safe", ["Guards data"])]


@pytest.mark.parametrize(
    "line",
    ["This is a sentence.", "one in small letters", "A line of far more words than any heading would ever have had"],
)
def test_a_line_that_is_no_heading_makes_no_domain(line: str) -> None:
    with pytest.raises(DocumentError, match="a theme stands before any domain"):
        read(line + "\n\n" + HEADER + ROW.format("Guards data"))
