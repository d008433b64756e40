"""Issuing and checking badges through all that a wallet does, beside the badge library's own loops on the same ones."""

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any, TypeVar

from openbadgeslib.ob3.credential import OpenBadgeCredential
from openbadgeslib.ob3.ldp import OB3LdpSigner, add_data_integrity_proof, verify_data_integrity_proof

from trellis.core import clock
from trellis.exchange.badges.checking import Found as Verdict
from trellis.exchange.badges.checking import check_signed
from trellis.exchange.badges.issuing import issue_for_evidence
from trellis.exchange.badges.keys import public_pem, signer
from trellis.exchange.models import SignedDocument
from trellis.framework.queries import edition_tree, main_edition
from trellis.growth.models import Credential, Evidence, EvidenceKind, EvidenceStatus, Part
from trellis.people.models import Person

# Ours and theirs take turns, so that the machine's moods meet them alike.
_TURN = 50
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found:
    """Badges a second: ours with the database and all, the library's bare proof, and its own signer; medians.

    Its signer also looks whether the proof covers all of the JSON; the bare proof only signs.
    """

    badges: int
    issued: float
    proofs: float
    signer: float
    checked: float
    verified: float
    ratio_signer: float
    ratio_proof: float
    ratio_checked: float
    good: int


def measure_badges(count: int) -> Found:
    """Issue so many badges and check each; the library signs and verifies the same documents in the same turns."""
    pieces = _attested(count)
    key = signer()
    pem, public = key.pem, public_pem(key.key)
    theirs_whole = OB3LdpSigner(pem, key.method)
    rates: dict[str, list[float]] = {name: [] for name in ("issue", "proof", "signer", "check", "verify")}
    good = 0
    for start in range(0, count, _TURN):
        turn = pieces[start : start + _TURN]
        issued, rate = _timed(turn, lambda piece: issue_for_evidence(piece, by=piece.person))
        rates["issue"].append(rate)
        signed = _signed(issued)
        plain = [_without_proof(document) for document in signed]
        rates["proof"].append(_timed(plain, lambda document: add_data_integrity_proof(document, pem, key.method))[1])
        models = [OpenBadgeCredential.from_vc_document(document) for document in plain]
        rates["signer"].append(_timed(models, theirs_whole.sign)[1])
        found, rate = _timed(signed, check_signed)
        rates["check"].append(rate)
        good += found.count(Verdict.GOOD)
        whole = [json.loads(document.document) for document in signed]
        rates["verify"].append(_timed(whole, lambda document: verify_data_integrity_proof(document, public))[1])
    return Found(
        count,
        *(median(rates[name]) for name in rates),
        ratio_signer=_ratio(rates["signer"], rates["issue"]),
        ratio_proof=_ratio(rates["proof"], rates["issue"]),
        ratio_checked=_ratio(rates["verify"], rates["check"]),
        good=good,
    )


def _timed(things: Iterable[T], act: Callable[[T], Any]) -> tuple[list[Any], float]:
    start = time.perf_counter()
    made = [act(thing) for thing in things]
    return made, len(made) / (time.perf_counter() - start)


def _ratio(theirs: Sequence[float], ours: Sequence[float]) -> float:
    return median(one / other for one, other in zip(theirs, ours, strict=True))


def _signed(issued: Sequence[Credential]) -> list[SignedDocument]:
    found = SignedDocument.objects.filter(credential__in=issued).order_by("pk")
    return list(found.select_related("key", "credential"))


def _without_proof(signed: SignedDocument) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(signed.document)
    del document["proof"]
    return document


def _attested(count: int) -> list[Evidence]:
    """Store so many pieces of evidence, attested today, spread over persons and cells."""
    edition = main_edition()
    if edition is None:
        raise LookupError("the framework comes first")
    themes = edition_tree(edition).themes
    persons = list(Person.objects.filter(is_active=True).exclude(email=None).order_by("pk")[: count // len(themes) + 1])
    today = clock.today()
    pieces = [
        Evidence(
            person=persons[number // len(themes)],
            edition=edition,
            theme_uid=theme.uid,
            cell_uid=theme.cell(1).uid,
            cell_code=theme.cell(1).code,
            theme_code=theme.code,
            theme_name=theme.short,
            level=1,
            kind=EvidenceKind.LINK,
            part=Part.TOOK_PART,
            outcome="It is done.",
            link="https://example.org/",
            status=EvidenceStatus.ATTESTED,
            attested_on=today,
            expires_on=today + timedelta(days=365),
        )
        for number in range(count)
        for theme in (themes[number % len(themes)],)
    ]
    return Evidence.objects.bulk_create(pieces)
