"""The transcript: every badge that holds, in an envelope of its own, signed, within the limit; and a PDF to read."""

import io
import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from openbadgeslib.errors import ErrorSigningFile
from openbadgeslib.ob3.clr import bundled_clr_contexts
from openbadgeslib.ob3.ldp import MAX_LDP_DOCUMENT_BYTES, verify_data_integrity_proof
from pypdf import PdfReader

from tests.cast import Cast
from tests.exchange.badges.badges import document, issued, issued_for_programme
from tests.growth.evidence_pieces import LINK, attested
from tests.schemas import TRANSCRIPT, faults
from trellis.core.ids import new_uid
from trellis.core.models import AuditEntry
from trellis.exchange.badges.checking import Found, check_text, state_of
from trellis.exchange.badges.held import all_held
from trellis.exchange.badges.issuing import issue_for_evidence
from trellis.exchange.badges.keys import public_pem, rotate_key, signer
from trellis.exchange.badges.signing import transcript_with_proof
from trellis.exchange.badges.subject import is_for, subject_of
from trellis.exchange.badges.transcript import (
    badges_for_transcript,
    digest_of,
    in_parts,
    sign_transcript,
    transcript_of,
)
from trellis.exchange.badges.transcript_paper import transcript_paper
from trellis.exchange.models import Transcript
from trellis.growth.credential_actions import revoke_own
from trellis.growth.models import Credential

pytestmark = pytest.mark.usefixtures("framework")


def _level_two(cast: Cast) -> Credential:
    content = LINK.__class__(kind="link", part="led", outcome="Taught.", link="https://example.org/")
    return issue_for_evidence(attested(cast.own, cast.coach, cell="ORG.5.L2", content=content), by=cast.own)


def _signed(cast: Cast) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sign_transcript(1, by=cast.own))
    return found


def test_it_holds_every_badge_that_is_good_as_it_was_signed(cast: Cast) -> None:
    first, second = issued(cast), issued_for_programme(cast)
    gone = issued(cast, cell="COM.1.L1")
    revoke_own(gone, by=cast.own)
    whole = _signed(cast)
    assert whole["credentialSubject"]["verifiableCredential"] == [document(first), document(second)]
    assert faults(whole, TRANSCRIPT) == []
    verify_data_integrity_proof(whole, public_pem(signer().key), extra_contexts=bundled_clr_contexts())


def test_it_names_nobody_either(cast: Cast) -> None:
    issued(cast)
    text = sign_transcript(1, by=cast.own)
    assert "own@example.org" not in text
    [identifier] = json.loads(text)["credentialSubject"]["identifier"]
    assert is_for(identifier, "own@example.org")


def test_it_says_which_level_of_a_theme_comes_first(cast: Cast) -> None:
    higher, lower, other = _level_two(cast), issued(cast), issued(cast, cell="COM.1.L1")
    whole = _signed(cast)
    ids = {each.pk: document(each)["credentialSubject"]["achievement"]["id"] for each in (lower, higher, other)}
    assert whole["credentialSubject"]["association"] == [
        {
            "type": "Association",
            "associationType": "precedes",
            "sourceId": ids[lower.pk],
            "targetId": ids[higher.pk],
        }
    ]
    assert faults(whole, TRANSCRIPT) == []


def test_nothing_to_show_makes_none(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="nothing"):
        sign_transcript(1, by=cast.own)
    issued(cast)
    for part in (0, 2, -1):
        with pytest.raises(ValidationError):
            sign_transcript(part, by=cast.own)
    with pytest.raises(ValidationError):
        sign_transcript(1, by=cast.coach)


def test_of_what_was_handed_out_only_a_digest_stays(cast: Cast) -> None:
    issued(cast)
    whole = _signed(cast)
    trace = Transcript.objects.get()
    assert (f"urn:uuid:{trace.uid}", trace.digest) == (whole["id"], digest_of(whole))
    row = AuditEntry.objects.get(action="exchange.transcript.sign")
    assert (row.actor, row.detail) == (str(cast.own.uid), {"badges": 1, "part": 1})


def test_more_badges_than_fit_come_in_parts_that_each_fit(cast: Cast) -> None:
    """As many as a person could ever hold: every one in some part, and each part signed within the limit."""
    issued(cast)
    [one] = badges_for_transcript(cast.own)
    parts = in_parts([one] * 99)
    assert len(parts) > 1
    assert sum(map(len, parts)) == 99
    key = signer()
    for part in parts:
        whole = transcript_of(new_uid(), part, subject=subject_of("own@example.org", ""), title="Part")
        text = json.dumps(transcript_with_proof(_with_ids(whole), key), separators=(",", ":"), ensure_ascii=False)
        assert len(text.encode()) <= MAX_LDP_DOCUMENT_BYTES
    whole = transcript_of(new_uid(), [one] * 99, subject=subject_of("own@example.org", ""), title="All")
    with pytest.raises(ErrorSigningFile, match="limit"):
        transcript_with_proof(_with_ids(whole), key)


def _with_ids(whole: dict[str, Any]) -> dict[str, Any]:
    """Make copies of one badge different ones."""
    copies: dict[str, Any] = json.loads(json.dumps(whole))
    for number, member in enumerate(copies["credentialSubject"]["verifiableCredential"]):
        member["id"] += f"-{number}"
    copies["credentialSubject"].pop("association", None)
    return copies


def test_parts_keep_the_order_and_one_part_is_enough_for_few(cast: Cast) -> None:
    issued(cast)
    issued(cast, cell="COM.1.L1")
    badges = badges_for_transcript(cast.own)
    assert in_parts(badges) == [badges]
    assert in_parts(badges, most=5000) == [[badges[0]], [badges[1]]]
    assert in_parts([]) == []


def test_the_paper_is_a_tagged_pdf_by_domain(cast: Cast) -> None:
    issued(cast)
    issued_for_programme(cast)
    held = all_held(Credential.objects.select_related("edition__framework"))
    reader = PdfReader(io.BytesIO(transcript_paper(cast.own, held)))
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    for said in ("Own Cast", "Organizing", "Growth and strength", "Foundational", "Emerging leaders", "Programs"):
        assert said in text


def test_whoever_is_given_one_sees_what_has_become_of_its_badges(cast: Cast) -> None:
    kept, gone = issued(cast), issued(cast, cell="COM.1.L1")
    text = sign_transcript(1, by=cast.own)
    revoke_own(gone, by=cast.own)
    check = check_text(text, email="own@example.org")
    assert (check.found, check.fits) == (Found.GOOD, True)
    assert {each.pk: state_of(each) for each in check.members} == {kept.pk: Found.GOOD, gone.pk: Found.REVOKED}
    again = check_text(json.dumps(json.loads(text), indent=2), email="coach@example.org")
    assert (again.found, again.fits) == (Found.GOOD, False)


def test_a_transcript_that_was_changed_is_noticed(cast: Cast) -> None:
    issued(cast)
    whole = _signed(cast)
    whole["credentialSubject"]["verifiableCredential"][0]["name"] = "Everything"
    assert check_text(json.dumps(whole)).found is Found.CHANGED


def test_a_transcript_of_a_leaked_key_is_out_of_date(cast: Cast) -> None:
    issued(cast)
    text = sign_transcript(1, by=cast.own)
    rotate_key(leaked=True)
    assert check_text(text).found is Found.OUTDATED


def test_a_transcript_that_we_do_not_know_is_not_believed(cast: Cast) -> None:
    issued(cast)
    whole = _signed(cast) | {"id": f"urn:uuid:{new_uid()}"}
    assert check_text(json.dumps(whole)).found is Found.FORGOTTEN
