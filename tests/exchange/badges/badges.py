"""Badges for tests: issued to one of the cast on evidence that the coach has attested, and held to the schema."""

import json
import struct
import zlib
from typing import Any
from xml.etree import ElementTree

from tests.cast import Cast
from tests.growth.credentials.awards import place_in_cohort
from tests.growth.evidence_pieces import attested
from tests.schemas import CREDENTIAL, faults
from trellis.exchange.badges.issuing import issue_for_evidence, issue_for_programme
from trellis.growth.credential_actions import show_credential
from trellis.growth.models import Credential

Document = dict[str, Any]


def issued(cast: Cast, *, cell: str = "ORG.5.L1", **more: Any) -> Credential:
    """A badge of the person called `own` for a cell, held to the official schema where that is at hand."""
    return _held_to_the_schema(issue_for_evidence(attested(cast.own, cast.coach, cell=cell), by=cast.own, **more))


def issued_for_programme(cast: Cast, **more: Any) -> Credential:
    """A badge of the person called `own` for a programme, held to the schema likewise."""
    return _held_to_the_schema(issue_for_programme(place_in_cohort(cast, cast.own), by=cast.own, **more))


def shown(cast: Cast, *, name: str = "nobody", outcome: bool = False, **more: Any) -> Credential:
    """A badge of `own` that anybody may see."""
    return show_credential(issued(cast, **more), public=True, name=name, outcome=outcome, by=cast.own)


def document(credential: Credential) -> Document:
    """The signed JSON of a badge."""
    found: Document = json.loads(credential.signed.document)
    return found


def in_png(content: bytes) -> list[str]:
    """Read the badges in a PNG by the PNG standard alone: signature, chunks with their checksums, iTXt."""
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    found, place = [], 8
    while place < len(content):
        (length,), kind = struct.unpack(">I", content[place : place + 4]), content[place + 4 : place + 8]
        data = content[place + 8 : place + 8 + length]
        (checksum,) = struct.unpack(">I", content[place + 8 + length : place + 12 + length])
        assert checksum == zlib.crc32(kind + data), kind
        keyword, _, rest = data.partition(b"\0")
        if kind == b"iTXt" and keyword == b"openbadgecredential":
            assert rest[:2] == b"\0\0", "the standard asks for no compression"
            found.append(rest[2:].split(b"\0", 2)[2].decode())
        place += 12 + length
    return found


def in_svg(content: bytes) -> list[str]:
    """Read the badges in an SVG by an XML parser alone."""
    root = ElementTree.fromstring(content)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    return [str(each.text) for each in root.iter("{https://purl.imsglobal.org/ob/v3p0}credential")]


def _held_to_the_schema(credential: Credential) -> Credential:
    assert faults(document(credential), CREDENTIAL) == []
    return credential
