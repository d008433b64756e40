"""Who sees a piece of evidence: its owner, and the coach who was asked, for as long as their term lasts."""

import datetime as dt

import pytest

from tests.cast import NAMES, Cast
from tests.growth.evidence_pieces import attested, make_coach, send, verdict
from trellis.core import clock
from trellis.growth.access import (
    evidence_in_dispute,
    evidence_to_read,
    evidence_to_read_again,
    evidence_waiting,
    visible_evidence,
    visible_evidence_files,
)
from trellis.growth.evidence_actions import withdraw_evidence
from trellis.growth.models import Evidence
from trellis.growth.reading_actions import read_evidence, read_evidence_again, settle_evidence
from trellis.people.actions import change_sharing
from trellis.people.models import Membership, Person, Sharing, Term

pytestmark = pytest.mark.usefixtures("framework")
PEOPLE = [name for name in NAMES if name != "anonymous"]


def who_sees(cast: Cast, piece: Evidence) -> set[str]:
    return {name for name in PEOPLE if visible_evidence(cast.viewer(name)).filter(pk=piece.pk).exists()}  # type: ignore[arg-type]


def end(cast: Cast, name: str) -> None:
    Term.objects.filter(person=cast.persons[name]).update(ends=clock.today() - dt.timedelta(days=1))


def test_the_coach_who_was_asked_sees_this_piece_whatever_the_member_shares(cast: Cast) -> None:
    for sharing in Sharing.values:
        change_sharing(cast.own, sharing, by=None)
        assert who_sees(cast, send(cast.own, to=cast.coach)) == {"own", "coach"}


def test_a_coach_beside_the_one_who_was_asked_does_not_see_it(cast: Cast) -> None:
    make_coach(cast, "colleague")
    assert who_sees(cast, send(cast.own, to=cast.coach)) == {"own", "coach"}
    assert who_sees(cast, send(cast.own, to=None)) == {"own", "coach", "colleague"}


def test_a_coach_of_another_unit_never_sees_it(cast: Cast) -> None:
    make_coach(cast, "neighbour", "Millbrook")
    make_coach(cast, "treasurer", "Harbor")
    make_coach(cast, "state_staff", "Alder")
    assert who_sees(cast, send(cast.own, to=None)) == {"own", "coach"}


def test_a_term_that_has_ended_closes_it(cast: Cast) -> None:
    waiting, read = send(cast.own, to=cast.coach), attested(cast.own, cast.coach)
    assert visible_evidence(cast.coach).count() == 2
    end(cast, "coach")
    assert who_sees(cast, waiting) == who_sees(cast, read) == {"own"}


def test_a_member_who_has_left_the_unit_or_the_association_takes_it_along(cast: Cast) -> None:
    piece = send(cast.own, to=cast.coach)
    Person.objects.filter(pk=cast.own.pk).update(is_active=False)
    assert not visible_evidence(cast.coach).exists()
    Person.objects.filter(pk=cast.own.pk).update(is_active=True)
    Membership.objects.filter(person=cast.own).update(until=clock.today() - dt.timedelta(days=1))
    assert who_sees(cast, piece) == {"own"}


def test_a_coach_does_not_read_their_own(cast: Cast) -> None:
    make_coach(cast, "colleague")
    piece = send(cast.coach, to=None)
    assert not evidence_to_read(cast.coach).exists()
    assert evidence_to_read(cast.colleague).get() == piece
    assert who_sees(cast, piece) == {"coach", "colleague"}


def test_after_the_decision_only_who_decided_sees_it(cast: Cast) -> None:
    make_coach(cast, "colleague")
    piece = send(cast.own, to=None)
    read_evidence(piece, verdict(piece, attest=False), by=cast.coach)
    assert who_sees(cast, piece) == {"own", "coach"}
    assert not evidence_waiting(cast.colleague).exists()


def test_what_has_expired_or_was_taken_back_is_its_owners_alone(cast: Cast) -> None:
    old, gone = attested(cast.own, cast.coach), attested(cast.own, cast.coach)
    withdraw_evidence(gone, by=cast.own)
    Evidence.objects.filter(pk=old.pk).update(
        attested_on=clock.today() - dt.timedelta(days=9), expires_on=clock.today() - dt.timedelta(days=1)
    )
    assert who_sees(cast, old) == who_sees(cast, gone) == {"own"}


# the second reading


def test_a_second_reading_waits_for_every_other_coach_in_scope_and_stays_off_the_pages_of_the_first(
    cast: Cast,
) -> None:
    make_coach(cast, "colleague")
    make_coach(cast, "neighbour", "Millbrook")
    piece = attested(cast.own, cast.coach, drawn=True)
    readers = {name for name in PEOPLE if evidence_to_read_again(cast.viewer(name)).exists()}  # type: ignore[arg-type]
    assert readers == {"colleague"}
    assert who_sees(cast, piece) == {"own", "coach"}, "the page of the first reading would tell of it"


def test_the_member_is_no_second_reader_of_their_own(cast: Cast) -> None:
    make_coach(cast, "own")
    attested(cast.own, cast.coach, drawn=True)
    assert not evidence_to_read_again(cast.own).exists()


def test_both_readers_see_what_they_differ_about_and_nobody_else(cast: Cast) -> None:
    make_coach(cast, "colleague")
    make_coach(cast, "private")
    piece = attested(cast.own, cast.coach, drawn=True)
    read_evidence_again(piece, verdict(piece, attest=False), by=cast.colleague)
    assert who_sees(cast, piece) == {"own", "coach", "colleague"}
    for name in ("coach", "colleague"):
        assert evidence_in_dispute(cast.viewer(name)).get() == piece  # type: ignore[arg-type]
        assert evidence_waiting(cast.viewer(name)).count() == 1  # type: ignore[arg-type]
    settle_evidence(piece, keep=True, comment="", by=cast.colleague)
    assert who_sees(cast, piece) == {"own", "coach"}
    assert not evidence_waiting(cast.coach).exists()


def test_a_second_reader_who_agrees_sees_no_more_of_it(cast: Cast) -> None:
    make_coach(cast, "colleague")
    piece = attested(cast.own, cast.coach, drawn=True)
    read_evidence_again(piece, verdict(piece), by=cast.colleague)
    assert who_sees(cast, piece) == {"own", "coach"}


def test_files_open_for_the_second_reader_too(cast: Cast) -> None:
    make_coach(cast, "colleague")
    piece = attested(cast.own, cast.coach, drawn=True)
    Evidence.objects.filter(pk=piece.pk).update(kind="file", file="evidence/x", file_name="x.txt", file_type="txt")
    able = {name for name in PEOPLE if visible_evidence_files(cast.viewer(name)).exists()}  # type: ignore[arg-type]
    assert able == {"own", "coach", "colleague"}


def test_a_piece_without_a_file_has_no_file_to_open(cast: Cast) -> None:
    send(cast.private, to=cast.coach)
    assert visible_evidence(cast.coach).count() == 1
    assert not visible_evidence_files(cast.coach).exists(), "a link has no file"
