"""The words of cells: amounts, lengths, languages, formats, codes."""

from decimal import Decimal

import pytest

from trellis.exchange.catalogue.words import (
    cell_codes,
    format_of,
    language,
    length,
    money,
    seats,
    session_status_of,
    status_of,
)
from trellis.framework.tree import EditionTree


@pytest.mark.parametrize(
    ("text", "amount"),
    [("25", "25.00"), ("$25.5", "25.50"), ("25,50 €", "25.50"), ("1,250", "1250.00"), ("1.250,75", "1250.75"),
     ("US$ 1,250.00", "1250.00"), ("free", "0.00"), ("Gratis", "0.00"), ("15 dollars", "15.00")],
)  # fmt: skip
def test_amounts_are_read_with_point_or_comma(text: str, amount: str) -> None:
    assert money(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["-5", "ten", "5 to 10", "1e9", "9999999"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"amount|more than this can cost"):
        money(text)


@pytest.mark.parametrize(
    ("text", "heading", "minutes"),
    [("90", "Length", 90), ("90 min", "Length", 90), ("1.5 h", "Length", 90), ("1,5", "Hours", 90),
     ("1:30", "Length", 90),
     ("1 hour 30 minutes", "", 90), ("2 hours", "", 120), ("1 h 30", "", 90), ("1 hora y 15 minutos", "", 75),
     ("90", "Duration (hours)", 5400), ("90 min", "Hours", 90)],
)  # fmt: skip
def test_lengths_are_read_in_hours_and_minutes(text: str, heading: str, minutes: int) -> None:
    assert length(text, heading) == minutes


@pytest.mark.parametrize("text", ["0", "a day", "1.5", "90 minutes each"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="length"):
        length(text, "Length")


@pytest.mark.parametrize(
    ("text", "code"),
    [("en", "en"), ("English", "en"), ("Inglés", "en"), ("español", "es"), ("Spanish (with interpreter)", "es"),
     ("Tagalog", "tl"), ("Deutsch", "de"), ("ASL", "ase")],
)  # fmt: skip
def test_languages_are_known_by_code_and_name(text: str, code: str) -> None:
    assert language(text) == code


def test_choices_are_known_in_both_languages_and_by_what_people_say() -> None:
    assert [format_of(text) for text in ("In person", "Zoom", "Presencial", "hybrid", "On-demand")] == [
        "in person", "online", "in person", "hybrid", "self-paced",
    ]  # fmt: skip
    assert [status_of(text) for text in ("Yes", "draft", "sí", "No longer offered")] == [
        "listed",
        "draft",
        "listed",
        "retired",
    ]
    assert [session_status_of(text) for text in ("Planned", "canceled", "Cancelada")] == [
        "planned",
        "cancelled",
        "cancelled",
    ]


def test_seats_are_a_number_or_as_many_as_come() -> None:
    assert [seats(text) for text in ("12", "Unlimited", "sin límite")] == [12, None, None]


def test_codes_of_steps_are_read_in_any_dress_and_put_in_order(tree: EditionTree) -> None:
    assert cell_codes("com.1.l1; ADV 1 L2\nADV.1.L2, ADV.1.1", tree) == ("ADV.1.L1", "ADV.1.L2", "COM.1.L1")
