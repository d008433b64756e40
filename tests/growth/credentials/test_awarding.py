"""A credential stands on validated evidence or a completed programme, and is asked for by its holder: no other way."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.assessment.answers import give
from tests.assessment.three_sixty import lists
from tests.cast import Cast
from tests.growth.credentials.awards import place_in_cohort
from tests.growth.evidence_pieces import ALWAYS, LINK, NEVER, attested, make_coach, send, verdict
from trellis.core import audit, clock
from trellis.core.models import AuditEntry
from trellis.framework.models import Edition
from trellis.framework.queries import edition_tree
from trellis.growth.credential_actions import award_cell, award_programme, revoke_own
from trellis.growth.credential_queries import ready_evidence, ready_programmes
from trellis.growth.evidence_actions import mend_evidence, withdraw_evidence
from trellis.growth.models import Credential, CredentialKind, Evidence
from trellis.growth.reading_actions import read_evidence, read_evidence_again

pytestmark = pytest.mark.usefixtures("framework")


def test_attested_evidence_gives_a_credential_for_its_cell_until_it_expires(cast: Cast) -> None:
    piece = attested(cast.own, cast.coach)
    assert ready_evidence(cast.own) == (piece,)
    held = award_cell(piece, by=cast.own)
    assert (held.kind, held.cell_uid, held.cell_code, held.level) == ("cell", piece.cell_uid, "ORG.5.L1", 1)
    assert (held.earned_on, held.valid_until, held.title) == (piece.attested_on, piece.expires_on, piece.theme_name)
    assert held.holds
    assert ready_evidence(cast.own) == ()


def test_it_begins_as_its_holders_own_and_says_no_name(cast: Cast) -> None:
    held = award_cell(attested(cast.own, cast.coach), by=cast.own)
    assert (held.is_public, held.shown_name, held.shows_outcome) == (False, "nobody", False)


def _sent(cast: Cast) -> Evidence:
    return send(cast.own, to=cast.coach)


def _sent_back(cast: Cast) -> Evidence:
    piece = _sent(cast)
    return read_evidence(piece, verdict(piece, attest=False), by=cast.coach)


def _sent_again(cast: Cast) -> Evidence:
    return mend_evidence(_sent_back(cast), LINK, to=cast.coach, by=cast.own)


def _taken_back(cast: Cast) -> Evidence:
    piece = attested(cast.own, cast.coach)
    withdraw_evidence(piece, by=cast.own)
    return piece


def _expired(cast: Cast) -> Evidence:
    piece = attested(cast.own, cast.coach)
    yesterday = clock.today() - dt.timedelta(days=1)
    Evidence.objects.filter(pk=piece.pk).update(attested_on=yesterday, expires_on=yesterday)
    return piece


def _in_dispute(cast: Cast) -> Evidence:
    make_coach(cast, "colleague")
    piece = attested(cast.own, cast.coach, drawn=True)
    return read_evidence_again(piece, verdict(piece, attest=False), by=cast.colleague)


def _of_a_colleague(cast: Cast) -> Evidence:
    return attested(cast.colleague, cast.coach)


@pytest.mark.parametrize("piece", [_sent, _sent_back, _sent_again, _taken_back, _expired, _in_dispute, _of_a_colleague])
def test_no_other_evidence_gives_one(cast: Cast, piece: Callable[[Cast], Evidence]) -> None:
    found = piece(cast)
    assert ready_evidence(cast.own) == ()
    with pytest.raises(ValidationError, match="does not support"):
        award_cell(found, by=cast.own)
    assert not Credential.objects.exists()


@pytest.mark.parametrize("name", ["coach", "president", "representative", "state_staff", "steward", "colleague"])
def test_nobody_else_asks_for_it_whatever_their_role(cast: Cast, name: str) -> None:
    piece = attested(cast.own, cast.coach)
    with pytest.raises(ValidationError, match="does not support"):
        award_cell(piece, by=cast.persons[name])
    with pytest.raises(ValidationError, match="not completed"):
        award_programme(place_in_cohort(cast, cast.own), by=cast.persons[name])
    assert not Credential.objects.exists()


def test_ratings_never_give_one_however_high(cast: Cast, framework: Edition) -> None:
    """Not one's own, not those of a 360, and not both together."""
    give(cast.own, framework, dict.fromkeys(edition_tree(framework).theme_by_code, 6))
    lists.released(cast.own, cast.coach, shared=True)
    assert ready_evidence(cast.own) == ()
    assert ready_programmes(cast.own) == ()


def test_nothing_in_the_database_is_a_credential_without_what_it_stands_on(cast: Cast) -> None:
    piece = attested(cast.own, cast.coach)
    whole = {
        "person": cast.own,
        "kind": CredentialKind.CELL,
        "evidence": piece,
        "edition": piece.edition,
        "theme_uid": piece.theme_uid,
        "cell_uid": piece.cell_uid,
        "level": 1,
        "title": "Growth",
        "earned_on": clock.today(),
        "valid_until": piece.expires_on,
    }
    for without in ("evidence", "edition", "theme_uid", "cell_uid", "level", "valid_until"):
        with pytest.raises(IntegrityError, match="credential_stands_on_something"), transaction.atomic():
            Credential.objects.create(**(whole | {without: None}))
    with pytest.raises(IntegrityError, match="credential_stands_on_something"), transaction.atomic():
        Credential.objects.create(**(whole | {"kind": CredentialKind.PROGRAMME}))
    Credential.objects.create(**whole)
    with pytest.raises(IntegrityError, match="evidence"), transaction.atomic():
        Credential.objects.create(**whole)


def test_evidence_has_one_credential_and_another_only_when_that_was_taken_back(cast: Cast) -> None:
    piece = attested(cast.own, cast.coach)
    first = award_cell(piece, by=cast.own)
    with pytest.raises(ValidationError, match="already"):
        award_cell(piece, by=cast.own)
    revoke_own(first, by=cast.own)
    assert ready_evidence(cast.own) == (piece,)
    assert award_cell(piece, by=cast.own).pk != first.pk


def test_newer_evidence_for_the_same_cell_is_ready_when_it_lasts_longer(cast: Cast) -> None:
    soon = clock.today() + dt.timedelta(days=60)
    older = send(cast.own, to=cast.coach)
    read_evidence(older, verdict(older, expires_on=soon), by=cast.coach, chance=NEVER)
    award_cell(older, by=cast.own)
    same = send(cast.own, to=cast.coach)
    read_evidence(same, verdict(same, expires_on=soon), by=cast.coach, chance=NEVER)
    assert ready_evidence(cast.own) == ()
    newer = attested(cast.own, cast.coach)
    assert ready_evidence(cast.own) == (newer,)


def test_of_two_pieces_for_one_cell_the_one_that_lasts_longer_is_offered(cast: Cast) -> None:
    first = send(cast.own, to=cast.coach)
    read_evidence(first, verdict(first, expires_on=clock.today() + dt.timedelta(days=9)), by=cast.coach, chance=NEVER)
    longer = attested(cast.own, cast.coach)
    assert ready_evidence(cast.own) == (longer,)


def test_evidence_that_waits_for_a_second_reader_counts(cast: Cast) -> None:
    piece = send(cast.own, to=cast.coach)
    drawn = read_evidence(piece, verdict(piece), by=cast.coach, chance=ALWAYS)
    assert ready_evidence(cast.own) == (drawn,)


def test_a_completed_programme_gives_one_that_lasts(cast: Cast) -> None:
    place = place_in_cohort(cast, cast.own)
    assert ready_programmes(cast.own) == (place,)
    held = award_programme(place, by=cast.own)
    assert (held.kind, held.title, held.valid_until) == ("programme", "Emerging leaders", None)
    assert held.programme_uid == place.cohort.programme.uid
    assert held.holds
    assert ready_programmes(cast.own) == ()
    with pytest.raises(ValidationError, match="already"):
        award_programme(place, by=cast.own)


def test_a_programme_that_is_not_completed_or_was_left_gives_none(cast: Cast) -> None:
    for more in ({"completed_on": None}, {"completed_on": None, "left_on": clock.today()}):
        place = place_in_cohort(cast, cast.own, **more)
        assert ready_programmes(cast.own) == ()
        with pytest.raises(ValidationError, match="not completed"):
            award_programme(place, by=cast.own)


def test_a_programme_that_was_completed_twice_is_offered_once(cast: Cast) -> None:
    place_in_cohort(cast, cast.own)
    place_in_cohort(cast, cast.own)
    assert len(ready_programmes(cast.own)) == 1


def test_an_award_is_in_the_audit_trail_in_codes_only(cast: Cast) -> None:
    held = award_cell(attested(cast.own, cast.coach), by=cast.own)
    row = AuditEntry.objects.get(target=f"credential:{held.uid}")
    assert (row.action, row.actor, row.detail) == ("growth.credential.award", str(cast.own.uid), {"cell": "ORG.5.L1"})
    assert audit.first_broken() is None
