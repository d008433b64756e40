"""Taking out of a text what would say whose it is, and leaving the rest."""

import pytest

from trellis.core.masking import MASK, without_contact, without_names, without_words


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("Rosa said so.", ["Rosa Delgado"], f"{MASK} said so."),
        ("as DELGADO told me", ["Rosa Delgado"], f"as {MASK} told me"),
        ("Rosalind and roses stay", ["Rosa Delgado"], "Rosalind and roses stay"),
        ("An apple for An", ["An Tran"], f"{MASK} apple for {MASK}"),
        ("an apple a day", ["An Tran"], "an apple a day"),
        ("Zoë-Marie wrote", ["Zoë Okonjo"], f"{MASK}-Marie wrote"),
        ("nothing to hide", [], "nothing to hide"),
        ("nothing to hide", [""], "nothing to hide"),
        ("C. (Rosa)", ["Rosa (C.)"], f"C. ({MASK})"),
    ],
)
def test_names_are_taken_out_whole_and_in_parts(text: str, names: list[str], left: str) -> None:
    assert without_names(text, names) == left


def test_longer_words_are_taken_out_before_those_they_hold() -> None:
    assert without_words("at Lincoln Elementary", ["Lincoln", "Lincoln Elementary"]) == f"at {MASK}"


@pytest.mark.parametrize(
    "contact",
    [
        "rosa.delgado@example.org",
        "(555) 123-4567",
        "+1 555 123 4567",
        "555.123.4567",
        "https://example.org/rosa",
        "www.example.org",
    ],
)
def test_ways_to_reach_somebody_are_taken_out(contact: str) -> None:
    assert without_contact(f"Write to {contact} soon") == f"Write to {MASK} soon"


@pytest.mark.parametrize("text", ["In 2024 and 2025", "room 12, 340 members", "a 12-3 vote", "$1,250"])
def test_years_and_counts_stay(text: str) -> None:
    assert without_contact(text) == text
