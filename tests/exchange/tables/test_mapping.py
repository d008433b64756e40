"""Which column means what: guessed from headings in two languages, never twice the same, and never from twins."""

import pytest
from django.utils.translation import gettext_lazy as _

from trellis.exchange.tables.mapping import Column, Header, Record, clean, find_header, guess, plain, refuse_twins
from trellis.exchange.tables.place import TableError, column_letter
from trellis.exchange.tables.row import Fault, Row

COLUMNS = (
    Column("title", "Title", ("course", "título", "curso")),
    Column("starts", "Starts", ("date", "fecha")),
    Column("seats", "Seats", ("capacity", "places", "cupo")),
    Column("place", "Place", ("location", "lugar")),
    Column("out", _("Sign out"), ()),
)


def header(*cells: str) -> Header:
    return guess(Row("", 1, cells), COLUMNS)


def test_headings_are_understood_in_both_languages_whatever_their_accents_and_capitals() -> None:
    assert header(" TITULO ", "Fecha:", "Cupo", "lugar").of == {"title": 0, "starts": 1, "seats": 2, "place": 3}
    assert header("Location", "Course", "capacity").of == {"place": 0, "title": 1, "seats": 2}


def test_a_label_is_known_in_every_language_of_the_site() -> None:
    assert header("Sign out").of == header("Cerrar sesión").of == {"out": 0}


def test_little_slips_are_forgiven_and_other_words_are_not_taken() -> None:
    assert header("Tittle", "Capacitty").of == {"title": 0, "seats": 1}
    assert header("Teacher", "Rate", "Notes").of == {}


def test_the_same_word_goes_before_a_likeness() -> None:
    assert header("places", "place").of == {"seats": 0, "place": 1}


def test_two_columns_of_one_name_are_told_and_neither_is_used() -> None:
    found = header("Title", "Date", "title ")
    assert found.of == {"starts": 1}
    assert found.twins == ("title",)
    with pytest.raises(TableError, match=r"^list.csv, row 1, column C: two columns are called “title”"):
        refuse_twins(found, "list.csv")


def test_two_names_of_one_thing_give_the_first_and_leave_the_other_unused() -> None:
    found = header("Course", "Title", "Hotel")
    assert found.of == {"title": 0}
    assert found.unused() == [(1, "Title"), (2, "Hotel")]


def test_titles_above_the_table_are_passed_over() -> None:
    rows = [Row("", 1, ["Training calendar"]), Row("", 3, ["Title", "Date"]), Row("", 4, ["One", "2026-03-05"])]
    found = find_header(rows, COLUMNS)
    assert found is not None
    assert found.row.number == 3
    assert find_header([], COLUMNS) is None
    nothing = find_header([Row("", 1, ["x"]), Row("", 2, ["y"])], COLUMNS)
    assert nothing is not None
    assert nothing.row.number == 1


def test_a_record_says_what_stands_where() -> None:
    record = Record("list.xlsx", header("Title", "Seats"), Row("One", 7, ["'=a"], {1: Fault.FAILED}))
    assert record.text("title") == "=a"
    assert record.text("place") == ""
    assert not record.has("place")
    assert str(record.place("seats")) == "list.xlsx, sheet “One”, row 7, column B (Seats)"
    with pytest.raises(TableError, match=r"column B \(Seats\): the formula in this cell ends in an error"):
        record.text("seats")


def test_texts_are_cleaned_of_what_nobody_sees() -> None:
    assert clean("  Two \u00a0 words\r\n\x07 and \u200bmore\t\n ") == "Two words\nand more"
    assert plain("  ¿Número de SESIÓN? ") == "numero de sesion"


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_have_the_letters_of_spreadsheet_programs(number: int, letters: str) -> None:
    assert column_letter(number) == letters
