"""Lists that cannot be used: each gives one error that names the file and the place, and leaves nothing behind."""

import codecs
import datetime as dt
import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.exchange.people.rosters import ANA, HEADER, planned, staged, stored, with_, written
from tests.exchange.tables.files import by_hand, sheet, workbook
from trellis.exchange.models import ImportState, PeopleImport
from trellis.exchange.people.plan import stage_of
from trellis.exchange.tables.place import TableError
from trellis.people.models import Person

pytestmark = pytest.mark.django_db
LINE = ",".join(HEADER)
_ENTITIES = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'


def zip_bomb() -> bytes:
    """A workbook of a few kilobytes whose sheet unpacks to a hundred megabytes."""
    made = io.BytesIO(by_hand(sheet("")))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as container, container.open("xl/media/x.xml", "w") as part:
        for _ in range(100):
            part.write(b"0" * 1024 * 1024)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (zip_bomb(), "list: the file unpacks to far more than its size. Save it as CSV."),
        (
            by_hand(sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&c;</t></is></c></row>', _ENTITIES)),
            "list, sheet “One”: the file is damaged, or not an Excel file.",
        ),
        (f"{LINE}\n101,An\0a,Rivera\n".encode(), "list, row 2: this line holds a zero byte"),
        (
            f"{LINE}\n101,Señora,Rivera\n".encode() + "102,Peña,X\n".encode("cp1252"),
            "list, row 3: this line holds a character that is not Unicode, but others are.",
        ),
        (f"{LINE},E-mail\n".encode(), "list, row 1, column J: two columns are called “E-mail”."),
        (b"Member ID,Worksite\n1,Lincoln\n", "list, row 1: no column holds the names of people."),
        (f'{LINE}\n101,"Ana,Rivera\n102,Ben,Okafor\n'.encode(), "list, row 2: a quotation mark is opened"),
        (LINE.encode(), "list: there is no row below the header."),
        (b"", "list: the file is empty."),
        (b"%PDF-1.7 and so on", "list: this is a PDF file, not a table."),
    ],
    ids=["bomb", "laughs", "nul", "encoding", "twins", "no names", "quote", "no row", "empty", "pdf"],
)
def test_each_is_refused_with_one_error_and_nothing_of_it_is_left(
    content: bytes, said: str, cast: Cast, tmp_path: Path
) -> None:
    path, before = tmp_path / "list", Person.objects.count()
    path.write_bytes(content)
    with pytest.raises(TableError) as refused:
        staged(cast, path)
    assert str(refused.value).startswith(said)
    found = PeopleImport.objects.get()
    assert (found.state, found.trouble) == (ImportState.FAILED, str(refused.value))
    assert not stage_of(found).exists()
    assert Person.objects.count() == before


def test_a_line_of_a_gigabyte_is_refused_at_its_first_megabyte(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "list"
    with path.open("wb") as file:  # a hole takes no room on the disk, and reads as zero bytes behind the text
        file.write(LINE.encode() + b"\n" + b"x" * 1_500_000)
        file.truncate(1024 * 1024 * 1024)
    tracemalloc.start()
    try:
        with pytest.raises(TableError, match=r"list, row 2: this line is longer than 1048576 characters"):
            staged(cast, path)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 32 * 1024 * 1024


def test_a_column_of_names_that_is_taken_for_dates_is_found_out(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trellis.exchange.people.wordlist.MOST_WORDS", 3)
    rows = [with_(ANA, member_id=str(number), member_since=f"Somebody {number}") for number in range(5)]
    with pytest.raises(TableError, match=r"row 2, column H: this column has too many different texts"):
        staged(cast, written(tmp_path, rows))


def test_a_row_with_a_cell_too_many_is_left_out(cast: Cast, tmp_path: Path) -> None:
    assert planned(cast, written(tmp_path, [(*ANA, "more"), with_(ANA, member_id="7", email="")])) == {
        "new": 1,
        "refused": 1,
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_every_encoding_is_read(encoding: str, cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(f"{LINE}\n{','.join(with_(ANA, last_name='Peña'))}\n".encode(encoding))
    assert stored(cast, path) == {"new": 1}
    assert Person.objects.get(member_number="101").family_name == "Peña"


def test_utf_16_of_the_other_order_and_semicolons_are_read(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    text = f"{LINE}\n{','.join(ANA)}\n".replace(",", ";")
    path.write_bytes(codecs.BOM_UTF16_BE + text.encode("utf-16-be"))
    assert stored(cast, path) == {"new": 1}


def test_an_excel_file_is_read_with_its_numbers_and_days(cast: Cast, tmp_path: Path) -> None:
    book = workbook(
        ("List of our members",),
        HEADER,
        (101, "Ana", "Rivera", "ANA@Example.net ", "Teacher", "Lincoln", "Riverside", dt.date(2019, 9, 1), "Active"),
        Other=[("Nothing", "here")],
    )
    book.save(tmp_path / "list.xlsx")
    assert stored(cast, tmp_path / "list.xlsx") == {"new": 1}
    ana = Person.objects.get(member_number="101")
    assert (ana.email, ana.memberships.get().since) == ("ana@example.net", dt.date(2019, 9, 1))


def test_dates_in_many_spellings_are_read_and_two_meanings_are_asked_about(cast: Cast, tmp_path: Path) -> None:
    days = [
        "2019-09-01",
        "9/1/2019",
        "09/01/19",
        "Sept 1, 2019",
        "1 September 2019",
        "43709",
        "20190901",
        "1 de sep de 2019",
    ]
    rows = [with_(ANA, member_id=str(n), email="", member_since=day) for n, day in enumerate(days)]
    path = written(tmp_path, rows)
    assert planned(cast, path) == {"new": 6, "refused": 2}
    assert stored(cast, path, order="mdy") == {"new": 8}
    found = Person.objects.filter(member_number__isnull=False).values_list("memberships__since", flat=True)
    assert set(found) == {dt.date(2019, 9, 1)}
