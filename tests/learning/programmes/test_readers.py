"""Blind readers: who may read what, even shares, what a reader sees and when, stepping back, a further reading."""

from collections import Counter

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.cast import Cast
from tests.learning.programmes import stages
from trellis.assessment.keeping_apart import keep_apart
from trellis.learning.endorsing import endorse
from trellis.learning.models import BlindReading, CallReader, Score
from trellis.learning.programme_access import own_readings
from trellis.learning.reader_actions import (
    ask_further,
    draw_readers,
    let_reader_go,
    name_reader,
    send_reading,
    step_back,
)
from trellis.learning.reader_conflicts import barred_pairs
from trellis.people.actions import grant_term
from trellis.people.models import Role

pytestmark = pytest.mark.usefixtures("framework")


def barred(cast: Cast, applicant: str, reader: str) -> bool:
    """Say whether one of the cast may not read what another has sent."""
    call = stages.opened(cast, needs_endorsement=False)
    application = stages.sent(cast, applicant, call)
    found = CallReader.objects.create(call=call, person=cast.viewer(reader))
    return (application.pk, found.pk) in barred_pairs(call, [application], [found])


@pytest.mark.parametrize("reader", ["treasurer", "coach", "neighbour", "sibling_president"])
def test_who_is_from_elsewhere_may_read(cast: Cast, reader: str) -> None:
    assert not barred(cast, "own", reader)


@pytest.mark.parametrize(
    ("reader", "why"),
    [
        ("own", "it is theirs"),
        ("colleague", "the same worksite"),
        ("former_president", "the same worksite"),
        ("president", "could endorse it"),
        ("state_staff", "runs the call"),
    ],
)
def test_who_is_too_near_may_not(cast: Cast, reader: str, why: str) -> None:
    assert barred(cast, "own", reader), why


@pytest.mark.parametrize("said_by", ["own", "treasurer"])
def test_two_who_are_kept_apart_may_not_whoever_of_them_said_so(cast: Cast, said_by: str) -> None:
    other = "treasurer" if said_by == "own" else "own"
    keep_apart(cast.viewer(other), by=cast.viewer(said_by))
    assert barred(cast, "own", "treasurer")
    assert not barred(cast, "own", "coach")


def test_who_shares_a_committee_may_not(cast: Cast) -> None:
    board = cast.unit("Riverside board")
    for name in ("own", "treasurer"):
        cast.viewer(name).memberships.create(unit=board, since=stages.day(-9))
    assert barred(cast, "own", "treasurer")


def test_who_runs_the_programme_is_not_named(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="cannot read blind"):
        name_reader(stages.opened(cast), cast.state_staff, by=cast.state_staff)


def test_each_gets_its_readers_and_everybody_an_even_share(cast: Cast) -> None:
    names = ("own", "coached", "private", "representative")
    call = stages.closed(cast, names, readers=("treasurer", "coach", "neighbour", "sibling_president"))
    readings = BlindReading.objects.filter(application__call=call)
    assert set(Counter(one.application_id for one in readings).values()) == {2}
    assert set(Counter(one.reader_id for one in readings).values()) == {2}


def test_giving_out_waits_for_the_close_and_for_readers(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="gone on"):
        draw_readers(stages.opened(cast), by=cast.state_staff)
    with pytest.raises(ValidationError, match="Name readers"):
        stages.closed(cast, readers=())


def test_what_nobody_has_endorsed_waits_and_is_given_out_when_somebody_has(cast: Cast) -> None:
    call = stages.opened(cast)
    application = stages.sent(cast, call=call)
    for name in stages.READERS:
        name_reader(call, cast.viewer(name), by=cast.state_staff)
    call.status, call.closed_at = "closed", call.programme.created_at
    call.save()
    assert draw_readers(call, by=cast.state_staff).readings == 0
    endorse(application, endorses=True, words="Yes.", by=cast.president)
    assert draw_readers(call, by=cast.state_staff).readings == 2
    assert draw_readers(call, by=cast.state_staff).readings == 0


def test_where_too_few_may_read_it_says_how_many_are_missing(cast: Cast) -> None:
    call = stages.opened(cast)
    stages.endorsed(cast, call=call)
    for name in ("treasurer", "colleague"):
        name_reader(call, cast.viewer(name), by=cast.state_staff)
    call.status, call.closed_at = "closed", call.programme.created_at
    call.save()
    given = draw_readers(call, by=cast.state_staff)
    assert (given.readings, given.missing) == (1, 1)


def test_a_reader_sees_their_own_readings_while_the_call_is_read_and_no_others(cast: Cast) -> None:
    call = stages.closed(cast)
    assert own_readings(cast.treasurer).count() == 1
    for name in ("own", "neighbour", "president", "state_staff", "colleague"):
        assert not own_readings(cast.viewer(name)).exists(), name
    let_reader_go(CallReader.objects.get(person=cast.treasurer), by=cast.state_staff)
    assert not own_readings(cast.treasurer).exists()
    stages.read(cast, call)
    assert own_readings(cast.coach).count() == 1


def test_once_decided_nobody_reads_any_more(cast: Cast) -> None:
    stages.told(cast)
    assert not own_readings(cast.coach).exists()


def test_who_comes_to_run_the_programme_reads_no_more_of_it(cast: Cast) -> None:
    stages.closed(cast)
    role = Role.objects.get(code="state-leadership-staff")
    grant_term(person=cast.coach, role=role, unit=cast.unit("Alder"), starts=stages.day(-1), by=None)
    assert not own_readings(cast.coach).exists()


def test_a_reading_has_a_step_for_every_criterion_and_stays_once_sent(cast: Cast) -> None:
    call = stages.closed(cast)
    reading = stages.reading_of(cast, call.applications.get(), "coach")
    first, second = call.criteria.all()
    for scores in ({first.pk: 2}, {first.pk: 2, second.pk: 4}, {first.pk: 2, second.pk: 2, 0: 1}):
        with pytest.raises(ValidationError, match="Choose a step"):
            send_reading(reading, scores, comment="", by=cast.coach)
    assert not Score.objects.exists()
    stages.send(cast, reading, 3, 1, comment=" Clear. ")
    reading.refresh_from_db()
    assert ([score.value for score in reading.scores.all()], reading.comment) == ([3, 1], "Clear.")
    with pytest.raises(ValidationError, match="stays as it is"):
        stages.send(cast, reading, 0, 0)


def test_who_knows_the_writer_gives_it_back_and_another_gets_it(cast: Cast) -> None:
    call = stages.closed(cast, readers=(*stages.READERS, "neighbour"))
    reading = BlindReading.objects.select_related("reader__person", "application__call").all()[0]
    step_back(reading, by=reading.reader.person)
    live = BlindReading.objects.filter(application__call=call, stepped_back_at=None)
    assert live.count() == 2
    assert reading.reader_id not in {one.reader_id for one in live}
    assert draw_readers(call, by=cast.state_staff).readings == 0
    with pytest.raises(ValidationError):
        stages.send(cast, reading)


def test_who_is_taken_off_leaves_what_was_sent_and_frees_the_rest(cast: Cast) -> None:
    call = stages.closed(cast, ("own", "coached"))
    own = call.applications.get(person=cast.own)
    stages.send(cast, stages.reading_of(cast, own, "coach"))
    let_reader_go(CallReader.objects.get(person=cast.coach), by=cast.state_staff)
    assert BlindReading.objects.filter(reader__person=cast.coach).count() == 1
    name_reader(call, cast.neighbour, by=cast.state_staff)
    assert draw_readers(call, by=cast.state_staff).readings == 1
    name_reader(call, cast.coach, by=cast.state_staff)
    assert own_readings(cast.coach).count() == 1


def test_a_further_reading_goes_to_who_has_not_read_it(cast: Cast) -> None:
    call = stages.closed(cast, readers=(*stages.READERS, "neighbour"))
    application = call.applications.get()
    ask_further(application, by=cast.state_staff)
    assert BlindReading.objects.filter(application=application, is_further=True).count() == 1
    assert BlindReading.objects.values("reader").distinct().count() == 3
    with pytest.raises(ValidationError, match="No reader is left"):
        ask_further(application, by=cast.state_staff)


def test_readers_get_one_mail_that_names_nobody(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        stages.closed(cast, ("own", "coached"))
    letters = [letter for letter in mail.outbox if "/programs/readings/" in letter.body]
    assert sorted(letter.to[0] for letter in letters) == ["coach@example.org", "treasurer@example.org"]
    assert not any("Own" in letter.body or "Coached" in letter.body for letter in letters)


def test_the_database_refuses_a_reading_that_is_both_sent_and_given_back(cast: Cast) -> None:
    reading = stages.reading_of(cast, stages.closed(cast).applications.get(), "coach")
    reading.sent_at = reading.stepped_back_at = reading.assigned_at
    with pytest.raises(IntegrityError, match="blind_reading_sent_or_stepped_back"), transaction.atomic():
        reading.save()
