"""Pieces of evidence for tests: sent, read, attested, by the cast; and files of every kind, good and bad."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast
from trellis.core import clock
from trellis.framework.queries import main_tree
from trellis.framework.tree import EditionTree
from trellis.growth.evidence_actions import Content, submit_evidence
from trellis.growth.evidence_queries import statements_of
from trellis.growth.models import Evidence
from trellis.growth.reading_actions import Verdict, read_evidence
from trellis.people.models import Person, Role, Term

LINK = Content(kind="link", part="took part", outcome="Four people joined.", link="https://example.org/meeting")
FORM = {
    "kind": "link",
    "link": "https://example.org/meeting",
    "part": "took part",
    "outcome": "Four people joined.",
    "to": "any",
}
NEVER, ALWAYS = (lambda: 0.99), (lambda: 0.0)


def tree_now() -> EditionTree:
    """The main framework."""
    tree = main_tree()
    assert tree is not None
    return tree


def send(by: Person, *, to: Person | None, cell: str = "ORG.5.L1", content: Content = LINK, **more: Any) -> Evidence:
    """Send a piece for a cell of the main framework."""
    tree = tree_now()
    theme = tree.theme_by_code[cell.rpartition(".")[0]]
    return submit_evidence(tree, theme, tree.cell_by_code[cell], content, to=to, by=by, **more)


def verdict(evidence: Evidence, *, attest: bool = True, **more: Any) -> Verdict:
    """All statements clearly shown, or none and a comment."""
    answers: Mapping[UUID, int] = {each.uid: 2 if attest else 0 for each in statements_of(evidence)}
    words = {} if attest else {"comment": "Add the minutes."}
    return Verdict(submission=evidence.submission, attest=attest, **({"answers": answers} | words | more))


def attested(by: Person, reader: Person, *, drawn: bool = False, **more: Any) -> Evidence:
    """A piece that a coach has attested, drawn for a second reading or not."""
    evidence = send(by, to=reader, **more)
    return read_evidence(evidence, verdict(evidence), by=reader, chance=ALWAYS if drawn else NEVER)


def make_coach(cast: Cast, name: str, unit: str = "Riverside") -> Person:
    """Give one of the cast a coach's term, from today on."""
    role = Role.objects.get(code="coach")
    Term.objects.create(person=cast.persons[name], role=role, unit=cast.unit(unit), starts=clock.today())
    person: Person = cast.viewer(name)  # type: ignore[assignment]
    return person


def upload(name: str, content: bytes) -> "SimpleUploadedFile[bytes]":
    """What a browser sends."""
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def container(parts: Mapping[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip container of these parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return packed.getvalue()


TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
DOCX = {"[Content_Types].xml": TYPES, "word/document.xml": b"<w:document/>"}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 60
GOOD = {
    "flyer.pdf": PDF,
    "chart.png": PNG,
    "wall.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + b"\0" * 60 + b"\xff\xd9",
    "Wall Chart.JPEG": b"\xff\xd8\xff\xe1\x00\x10Exif\0" + b"\0" * 60 + b"\xff\xd9",
    "photo.webp": b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 40,
    "plan.docx": container(DOCX),
    "budget.xlsx": container({"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<workbook/>"}),
    "slides.pptx": container({"[Content_Types].xml": TYPES, "ppt/presentation.xml": b"<p/>"}),
    "plan.odt": container({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<o/>"}),
    "list.ods": container({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<o/>"}),
    "talk.odp": container({"mimetype": b"application/vnd.oasis.opendocument.presentation", "content.xml": b"<o/>"}),
    "notes.txt": "Reunión: 14 personas.\r\n".encode(),
    "sign-in.csv": b"week,people\n1,9\n2,14\n",
}
