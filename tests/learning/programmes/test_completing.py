"""Capstones and completing: read by one or two, returned and mended; the rule, and exceptions that take two."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.cast import Cast
from tests.learning.programmes import stages
from trellis.assessment.keeping_apart import keep_apart
from trellis.learning.capstone_actions import (
    CapstoneContent,
    may_be_sent,
    name_capstone_readers,
    read_capstone,
    send_capstone,
)
from trellis.learning.capstone_queries import found_in
from trellis.learning.cohort_access import capstones_to_read, own_capstones, run_capstones
from trellis.learning.cohort_actions import leave_cohort
from trellis.learning.completing import ask_exception, complete, refuse_exception
from trellis.learning.models import Capstone, CapstoneReading, CapstoneStatus, Cohort, CohortMember

pytestmark = pytest.mark.usefixtures("framework")
MENDED = CapstoneContent(title="A welcome table", result="Nine take turns, and the night shift keeps the list.")


@pytest.fixture
def cohort(cast: Cast) -> Cohort:
    """A cohort of one."""
    return stages.cohort(cast)


def scores(found: Capstone, step: int = 2) -> dict[int, int]:
    return {line.pk: step for line in found.member.cohort.programme.rubric.all()}


def test_a_capstone_is_seen_by_its_owner_its_readers_and_who_runs_the_programme(cast: Cast, cohort: Cohort) -> None:
    found = stages.capstone(cast, cohort)
    assert list(own_capstones(cast.own)) == [found]
    assert list(run_capstones(cast.state_staff)) == [found]
    assert [one.capstone for one in capstones_to_read(cast.coach)] == [found]
    for name in ("own", "treasurer", "state_staff", "president", "colleague"):
        assert not capstones_to_read(cast.viewer(name)).exists(), name


def test_it_passes_when_all_its_readers_say_so(cast: Cast, cohort: Cohort) -> None:
    found = stages.capstone(cast, cohort, ("coach", "treasurer"))
    first, second = found.readings.order_by("pk")
    read_capstone(first, scores(found), passes=True, comment="", by=first.reader)
    found.refresh_from_db()
    assert (found.status, found_in(found)) == (CapstoneStatus.SENT, [])
    read_capstone(second, scores(found, 3), passes=True, comment="Good.", by=second.reader)
    found.refresh_from_db()
    assert found.status == CapstoneStatus.PASSED
    assert found.passed_at is not None
    assert [(one.passes, one.comment, one.lines[0].words) for one in found_in(found)] == [
        (True, "", "much"), (True, "Good.", "all of it"),
    ]  # fmt: skip


def test_it_comes_back_when_one_of_them_returns_it_and_goes_to_the_same_readers_again(
    cast: Cast, cohort: Cohort, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    found = stages.capstone(cast, cohort, ("coach", "treasurer"))
    first, second = found.readings.order_by("pk")
    read_capstone(first, scores(found), passes=True, comment="", by=first.reader)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        read_capstone(second, scores(found, 1), passes=False, comment="Who else?", by=second.reader)
    [letter] = mail.outbox
    assert letter.to == ["own@example.org"]
    assert "Who else" not in letter.body
    found.refresh_from_db()
    assert (found.status, may_be_sent(found)) == (CapstoneStatus.RETURNED, True)
    again = send_capstone(found.member, MENDED, by=cast.own)
    assert (again.submission, again.status, again.result) == (2, CapstoneStatus.SENT, MENDED.result)
    assert {one.reader for one in again.readings.filter(submission=2)} == {cast.coach, cast.treasurer}
    assert stages.judged(cast, again).status == CapstoneStatus.PASSED


def test_until_somebody_has_read_it_it_may_be_changed_and_stays_one_submission(cast: Cast, cohort: Cohort) -> None:
    found = stages.capstone(cast, cohort)
    again = send_capstone(found.member, MENDED, by=cast.own)
    assert (again.pk, again.submission, again.readings.count()) == (found.pk, 1, 1)
    stages.judged(cast, again)
    with pytest.raises(ValidationError, match="Wait for an answer"):
        send_capstone(found.member, MENDED, by=cast.own)


def test_a_reading_is_whole_and_a_return_says_why(cast: Cast, cohort: Cohort) -> None:
    found = stages.capstone(cast, cohort)
    reading = found.readings.get()
    whole = scores(found)
    for wrong in ({}, whole | {0: 1}, dict.fromkeys(whole, 4)):
        with pytest.raises(ValidationError, match="Choose a step"):
            read_capstone(reading, wrong, passes=True, comment="", by=cast.coach)
    with pytest.raises(ValidationError, match="lowest step"):
        read_capstone(reading, scores(found, 0), passes=True, comment="", by=cast.coach)
    with pytest.raises(ValidationError, match="what is missing"):
        read_capstone(reading, whole, passes=False, comment=" ", by=cast.coach)
    read_capstone(reading, scores(found, 0), passes=False, comment="Begin with people.", by=cast.coach)
    with pytest.raises(ValidationError, match="gone on"):
        read_capstone(reading, whole, passes=True, comment="", by=cast.coach)


def test_readers_are_one_or_two_and_fair(cast: Cast, cohort: Cohort) -> None:
    found = stages.capstone(cast, cohort)
    with pytest.raises(ValidationError, match="one or two"):
        name_capstone_readers(found, [cast.coach, cast.treasurer, cast.neighbour], by=cast.state_staff)
    keep_apart(cast.own, by=cast.neighbour)
    for person in (cast.own, cast.neighbour):
        with pytest.raises(ValidationError, match="Choose somebody else"):
            name_capstone_readers(found, [person], by=cast.state_staff)
    name_capstone_readers(found, [cast.treasurer], by=cast.state_staff)
    assert [one.reader for one in found.readings.all()] == [cast.treasurer]


def test_who_has_read_it_stays_its_reader(cast: Cast, cohort: Cohort) -> None:
    found = stages.capstone(cast, cohort, ("coach", "treasurer"))
    reading = found.readings.get(reader=cast.coach)
    read_capstone(reading, scores(found), passes=True, comment="", by=cast.coach)
    name_capstone_readers(found, [cast.neighbour], by=cast.state_staff)
    assert {one.reader for one in found.readings.all()} == {cast.coach, cast.neighbour}


def test_where_no_capstone_is_asked_for_none_is_taken(cast: Cast) -> None:
    cohort = stages.cohort(cast, of=stages.programme(cast, has_capstone=False))
    with pytest.raises(ValidationError, match="no capstone"):
        send_capstone(stages.member_of(cast, cohort), MENDED, by=cast.own)


def test_completing_needs_the_rule_and_the_capstone(
    cast: Cast, cohort: Cohort, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    member = stages.member_of(cast, cohort)
    with pytest.raises(ValidationError, match="not met yet"):
        complete(member, by=cast.state_staff)
    stages.attended(cast, cohort, True, True, False)
    with pytest.raises(ValidationError, match="not met yet"):
        complete(member, by=cast.state_staff)
    stages.passed(cast, cohort)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        found = complete(member, by=cast.state_staff)
    assert (found.completed_on, found.completed_by) == (stages.day(0), cast.state_staff)
    assert [letter.to for letter in mail.outbox] == [["own@example.org"]]
    for again in (complete, refuse_exception):
        with pytest.raises(ValidationError, match="gone on"):
            again(member, by=cast.state_staff)
    with pytest.raises(ValidationError, match="completed the program"):
        leave_cohort(member, leaves=True, by=cast.state_staff)
    with pytest.raises(ValidationError, match="no capstone of yours now"):
        send_capstone(member, MENDED, by=cast.own)


def test_who_missed_the_first_session_does_not_complete_by_the_rule(cast: Cast, cohort: Cohort) -> None:
    stages.attended(cast, cohort, False, True, True)
    stages.passed(cast, cohort)
    with pytest.raises(ValidationError, match="not met yet"):
        complete(stages.member_of(cast, cohort), by=cast.state_staff)


def test_an_exception_has_a_reason_and_takes_two(cast: Cast, cohort: Cohort) -> None:
    other, member = stages.second_staff(cast), stages.member_of(cast, cohort)
    stages.passed(cast, cohort)
    with pytest.raises(ValidationError, match="Say why"):
        ask_exception(member, reason=" ", by=cast.state_staff)
    ask_exception(member, reason="Was ill, and did the work at home.", by=cast.state_staff)
    with pytest.raises(ValidationError, match="somebody else has to agree"):
        complete(member, by=cast.state_staff)
    found = complete(member, by=other)
    assert (found.exception_by, found.completed_by) == (cast.state_staff, other)


def test_an_exception_may_be_refused_and_is_gone_then(cast: Cast, cohort: Cohort) -> None:
    other, member = stages.second_staff(cast), stages.member_of(cast, cohort)
    ask_exception(member, reason="Was ill.", by=cast.state_staff)
    refuse_exception(member, by=other)
    with pytest.raises(ValidationError, match="not met yet"):
        complete(member, by=other)


def test_a_rule_that_is_met_needs_no_exception_and_keeps_none(cast: Cast, cohort: Cohort) -> None:
    member = stages.member_of(cast, cohort)
    ask_exception(member, reason="Was ill.", by=cast.state_staff)
    stages.attended(cast, cohort, True, True)
    stages.passed(cast, cohort)
    with pytest.raises(ValidationError, match="needs no exception"):
        ask_exception(member, reason="Still.", by=cast.state_staff)
    assert complete(member, by=cast.state_staff).exception == ""


def test_nobody_completes_for_themselves(cast: Cast, cohort: Cohort) -> None:
    member = stages.member_of(cast, cohort)
    with pytest.raises(ValidationError, match="gone on"):
        complete(member, by=cast.own)


def test_the_database_refuses_an_exception_by_one_alone(cast: Cast, cohort: Cohort) -> None:
    with pytest.raises(IntegrityError, match="cohort_exception_takes_two"), transaction.atomic():
        CohortMember.objects.filter(cohort=cohort).update(
            exception="Was ill.",
            exception_by=cast.state_staff,
            completed_by=cast.state_staff,
            completed_on=stages.day(0),
        )


def test_the_database_refuses_a_return_without_a_word(cast: Cast, cohort: Cohort) -> None:
    stages.capstone(cast, cohort)
    with pytest.raises(IntegrityError, match="capstone_return_says_why"), transaction.atomic():
        CapstoneReading.objects.update(passes=False, sent_at=cohort.created_at)
