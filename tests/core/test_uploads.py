"""Which uploads are taken: by content first, then by name; and every way to pass off something else as one."""

import io
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth.evidence_pieces import DOCX, GOOD, PDF, PNG, TYPES, container, upload
from trellis.core.uploads import MOST_BYTES, FileRefusedError, check_file, endings, known_as
from trellis.core.uploads import TYPES as KNOWN


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(FileRefusedError) as refused:
        check_file(upload(name, content))
    return str(refused.value)


@pytest.mark.parametrize("name", GOOD)
def test_an_honest_file_is_taken(name: str) -> None:
    sent = upload(name, GOOD[name])
    kind = check_file(sent)
    assert kind is KNOWN[{"jpeg": "jpg"}.get(name.rpartition(".")[2].lower(), name.rpartition(".")[2].lower())]
    assert sent.read() == GOOD[name], "it is left at its start"


def test_every_type_says_why_it_is_taken_and_none_runs_in_a_browser() -> None:
    assert all(kind.why for kind in KNOWN.values())
    assert not {"html", "htm", "svg", "xhtml", "js", "docm", "exe", "zip"} & set(KNOWN)
    assert ".pdf" in endings()
    assert ".jpeg" in endings()


HTML = b"<!doctype html><script>alert(1)</script>"
BAD = {
    "a page as pdf": ("minutes.pdf", HTML),
    "a page as text": ("minutes.txt", b"\xef\xbb\xbf \n" + HTML),
    "a drawing as text": ("minutes.csv", b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'),
    "a drawing as png": ("chart.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    "a program as picture": ("chart.jpg", b"MZ" + b"\0" * 200),
    "a program as text": ("notes.txt", b"MZ\x90\0\x03" + b"\0" * 200),
    "a picture as pdf": ("flyer.pdf", PNG),
    "a pdf as document": ("plan.docx", PDF),
    "a signature too late": ("flyer.pdf", b"x" + PDF),
    "terminal codes in text": ("notes.txt", b"hello \x1b[2J"),
    "NUL deep in text": ("notes.txt", b"a" * 200_000 + b"\0"),
    "text in two bytes": ("notes.txt", "hello".encode("utf-16")),
    "a table as document": ("plan.docx", GOOD["budget.xlsx"]),
    "a document as open document": ("plan.odt", GOOD["plan.docx"]),
    "another open document": ("plan.odt", GOOD["list.ods"]),
    "just a zip": ("plan.docx", container({"a.txt": b"a"})),
    "a broken zip": ("plan.docx", GOOD["plan.docx"][:-30]),
    "a zip behind a page": ("plan.docx", HTML + GOOD["plan.docx"]),
    "a zip with something behind": ("plan.docx", GOOD["plan.docx"] + HTML),
}


@pytest.mark.parametrize("case", BAD)
def test_what_only_pretends_is_refused_by_name(case: str) -> None:
    name, content = BAD[case]
    assert refusal(name, content).startswith(f"{name}: ")


@pytest.mark.parametrize(
    "name", ["page.html", "drawing.svg", "plan.docm", "old.doc", "run.exe", "archive.zip", "song.mp3", "noending", "x."]
)
def test_a_type_that_is_not_on_the_list_is_refused_and_the_list_is_said(name: str) -> None:
    assert "pdf, png, jpg" in refusal(name, PDF)


def test_an_empty_file_and_one_that_is_too_large_are_refused_by_name() -> None:
    assert refusal("minutes.pdf", b"") == "minutes.pdf is empty."
    assert refusal("minutes.pdf", PDF + b" " * MOST_BYTES) == "minutes.pdf is larger than 10 MB."


# office files


@pytest.mark.parametrize(
    "part",
    [
        "word/vbaProject.bin",
        "word/VBAPROJECT.BIN",
        "word/vbaData.xml",
        "word/activeX/activeX1.xml",
        "word/embeddings/oleObject1.bin",
        "xl/macrosheets/sheet1.xml",
        "Basic/Standard/Module1.xml",
        "Scripts/python/run.py",
    ],
)
def test_macros_and_other_programs_are_refused(part: str) -> None:
    assert "macros" in refusal("plan.docx", container(DOCX | {part: b"x"}))


def test_a_type_that_admits_macros_is_refused_without_their_part() -> None:
    types = TYPES + b"application/vnd.ms-word.document.macroEnabled.main+xml"
    assert "macros" in refusal("plan.docx", container(DOCX | {"[Content_Types].xml": types}))


def test_a_bomb_is_refused_unopened() -> None:
    bomb = container(DOCX | {"word/media/image1.bmp": b"\0" * (60 * 1024 * 1024)})
    assert len(bomb) < 100_000
    assert "unpacks" in refusal("plan.docx", bomb)


def test_a_bomb_in_the_list_of_types_is_refused() -> None:
    noise = bytes(range(256)) * 2000
    assert "unpacks" in refusal("plan.docx", container(DOCX | {"[Content_Types].xml": noise}))


def test_a_bomb_of_entries_is_refused_before_they_are_listed() -> None:
    packed = container(DOCX | {f"word/{number}": b"" for number in range(2100)})
    assert "not what its name says" in refusal("plan.docx", packed)
    # A list that claims to be short, and is long.
    forged = bytearray(packed)
    struct.pack_into("<2H", forged, len(forged) - 14, 3, 3)
    assert "not what its name says" in refusal("plan.docx", bytes(forged))


@pytest.mark.parametrize("part", ["../../etc/cron.d/x", "/etc/passwd", "..\\x", "C:/x", "word/a\x01b"])
def test_entries_that_step_out_are_refused(part: str) -> None:
    assert "not what its name says" in refusal("plan.docx", container(DOCX | {part: b"x"}))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_entries_of_one_name_are_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, content in [*DOCX.items(), ("word/document.xml", b"<other/>")]:
            file.writestr(name, content)
    assert "not what its name says" in refusal("plan.docx", packed.getvalue())


def test_a_locked_or_strangely_packed_container_is_refused() -> None:
    assert "locked" in refusal("plan.docx", container(DOCX, compression=zipfile.ZIP_LZMA))
    locked = bytearray(GOOD["plan.docx"])
    at = locked.find(b"PK\x01\x02")
    locked[at + 8] |= 1
    assert "locked" in refusal("plan.docx", bytes(locked))


def test_an_open_document_says_first_what_it_is() -> None:
    late = container({"content.xml": b"<o/>", "mimetype": b"application/vnd.oasis.opendocument.text"})
    assert "not what its name says" in refusal("plan.odt", late)


@given(content=st.binary(max_size=400), name=st.sampled_from(sorted(GOOD)))
def test_no_content_breaks_the_check(content: bytes, name: str) -> None:
    for sent in (content, GOOD[name] + content, GOOD[name][: len(content)] + content):
        with suppress(FileRefusedError):
            assert check_file(upload(name, sent)).ending in KNOWN


# names


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("minutes.pdf", "minutes.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\rosa\\minutes.pdf", "minutes.pdf"),
        ("min\0utes.pdf", "minutes.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("invoice\u202efdp.exe.pdf", "invoicefdp.exe.pdf"),
        ("  two   words .pdf", "two words .pdf"),
        ("Pro\u0301toko\u0301ll.pdf", "Prótokóll.pdf"),
        ("noending", "noending"),
        ("", ""),
    ],
)
def test_a_name_is_kept_without_folders_and_signs_that_steer(sent: str, kept: str) -> None:
    assert known_as(sent) == kept


@given(st.text(max_size=400))
def test_a_kept_name_is_short_printable_and_stays_as_it_is(name: str) -> None:
    kept = known_as(name)
    assert len(kept) <= 120
    assert "/" not in kept
    assert "\\" not in kept
    assert kept.isprintable()
    assert known_as(kept) == kept


def test_a_long_name_keeps_its_ending() -> None:
    assert known_as("a" * 300 + ".docx") == "a" * 115 + ".docx"
