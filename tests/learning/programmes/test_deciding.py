"""Deciding: a person decides and says why; what may be decided when; telling everybody, once."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.cast import Cast
from tests.learning.programmes import stages
from trellis.learning.composition import composition
from trellis.learning.decision_actions import decide, move_up, take_back_decision, tell_everybody
from trellis.learning.models import Application, Call, CallStatus, Offer, Outcome
from trellis.learning.programme_access import run_applications
from trellis.learning.selection_queries import judged
from trellis.people.models import Membership, Person

pytestmark = pytest.mark.usefixtures("framework")


def of(cast: Cast, call: Call, name: str = "own") -> Application:
    return call.applications.get(person=cast.viewer(name))


def settle(cast: Cast, call: Call, **outcomes: Outcome) -> None:
    for name, outcome in outcomes.items():
        decide(of(cast, call, name), outcome, reason="So it is.", by=cast.state_staff)


def test_staff_see_what_was_sent_in_their_scope_and_never_their_own(cast: Cast) -> None:
    call = stages.opened(cast, needs_endorsement=False)
    sent = stages.sent(cast, call=call)
    stages.begun(cast, "coached", call)
    stages.sent(cast, "state_staff", call)
    assert list(run_applications(cast.state_staff)) == [sent]
    for name in ("president", "own", "treasurer", "other_state_president", "steward", "anonymous", "suspended"):
        assert not run_applications(cast.viewer(name)).exists(), name


def test_what_readers_found_stands_side_by_side(cast: Cast) -> None:
    call = stages.closed(cast)
    stages.send(cast, stages.reading_of(cast, of(cast, call), "coach"), 3, 1)
    [row] = judged(call, [of(cast, call)])
    assert (row.found.readings, row.waiting, row.endorsed) == (1, 1, True)
    stages.send(cast, stages.reading_of(cast, of(cast, call), "treasurer"), 1, 1)
    [row] = judged(call, [of(cast, call)])
    assert [one.counts for one in row.found.criteria] == [(0, 1, 0, 1), (0, 2, 0, 0)]
    assert [one.differs for one in row.found.criteria] == [True, False]
    assert row.found.middle == pytest.approx((2 * 2 + 1) / 3)


def test_a_decision_has_a_reason_and_may_be_taken_back(cast: Cast) -> None:
    call = stages.closed(cast)
    stages.read(cast, call)
    with pytest.raises(ValidationError, match="Say why"):
        decide(of(cast, call), Outcome.OFFER, reason=" ", by=cast.state_staff)
    settle(cast, call, own=Outcome.WAITING)
    found = of(cast, call)
    assert (found.outcome, found.waiting_place, found.decided_by) == (Outcome.WAITING, 1, cast.state_staff)
    take_back_decision(found, by=cast.state_staff)
    assert (of(cast, call).outcome, of(cast, call).reason, of(cast, call).decided_at) == ("", "", None)


def test_a_place_needs_enough_readings_and_the_endorsement(cast: Cast) -> None:
    call = stages.closed(cast)
    stages.send(cast, stages.reading_of(cast, of(cast, call), "coach"))
    for outcome in (Outcome.OFFER, Outcome.WAITING):
        with pytest.raises(ValidationError, match="enough readers"):
            settle(cast, call, own=outcome)
    stages.read(cast, call)
    of(cast, call).endorsements.update(endorses=False)
    with pytest.raises(ValidationError, match="has endorsed it yet"):
        settle(cast, call, own=Outcome.OFFER)
    settle(cast, call, own=Outcome.DECLINE)


def test_nothing_is_decided_by_itself(cast: Cast) -> None:
    call = stages.closed(cast, ("own", "coached"))
    stages.read(cast, call, 3, 3)
    assert set(call.applications.values_list("outcome", flat=True)) == {""}


def test_the_waiting_list_keeps_the_order_that_staff_give_it(cast: Cast) -> None:
    call = stages.closed(cast, ("own", "coached", "private"))
    stages.read(cast, call)
    settle(cast, call, own=Outcome.WAITING, coached=Outcome.WAITING, private=Outcome.WAITING)
    move_up(of(cast, call, "private"), by=cast.state_staff)
    move_up(of(cast, call, "own"), by=cast.state_staff)
    order = call.applications.order_by("waiting_place").values_list("person__given_name", flat=True)
    assert list(order) == ["Own", "Private", "Coached"]


def test_everybody_is_told_once_all_is_decided_and_fits(cast: Cast) -> None:
    call = stages.closed(cast, ("own", "coached", "private"), places=1)
    stages.read(cast, call)
    settle(cast, call, own=Outcome.OFFER, coached=Outcome.OFFER)
    with pytest.raises(ValidationError, match="One is not decided"):
        tell_everybody(call, answer_by=stages.day(5), by=cast.state_staff)
    settle(cast, call, private=Outcome.DECLINE)
    with pytest.raises(ValidationError, match="You offer 2 places and have 1"):
        tell_everybody(call, answer_by=stages.day(5), by=cast.state_staff)
    settle(cast, call, coached=Outcome.WAITING)
    with pytest.raises(ValidationError, match="lies ahead"):
        tell_everybody(call, answer_by=stages.day(0), by=cast.state_staff)
    assert not Offer.objects.exists()
    assert tell_everybody(call, answer_by=stages.day(5), by=cast.state_staff) == 1
    call.refresh_from_db()
    assert call.status == CallStatus.DECIDED
    for again in (lambda: tell_everybody(call, answer_by=stages.day(5), by=cast.state_staff),
                  lambda: settle(cast, call, own=Outcome.DECLINE),
                  lambda: take_back_decision(of(cast, call), by=cast.state_staff)):  # fmt: skip
        with pytest.raises(ValidationError, match="gone on"):
            again()


def test_the_mails_do_not_say_what_was_decided(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    call = stages.closed(cast, ("own", "coached"))
    stages.read(cast, call)
    settle(cast, call, own=Outcome.OFFER, coached=Outcome.DECLINE)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        tell_everybody(call, answer_by=stages.day(5), by=cast.state_staff)
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert set(letters) == {"own@example.org", "coached@example.org"}
    assert f"/programs/offer/{Offer.objects.get().uid}/" in letters["own@example.org"].body
    assert "/programs/application/" in letters["coached@example.org"].body
    for letter in letters.values():
        assert "So it is" not in letter.body
        assert "place" not in letter.body + letter.subject


def test_the_database_wants_a_reason_with_every_outcome(cast: Cast) -> None:
    call = stages.closed(cast)
    with pytest.raises(IntegrityError, match="application_outcome_has_reason"), transaction.atomic():
        call.applications.update(outcome=Outcome.DECLINE)


def crowd(cast: Cast, call: Call, unit: str, many: int, outcome: str) -> None:
    """Let so many members of a unit have applied, and decide them so."""
    people = Person.objects.bulk_create(
        Person(email=f"{unit}-{outcome}-{place}@example.org", given_name="A", family_name="Crowd")
        for place in range(many)
    )
    Membership.objects.bulk_create(
        Membership(person=person, unit=cast.unit(unit), since=stages.day(-9)) for person in people
    )
    Application.objects.bulk_create(
        Application(
            call=call, person=person, code=f"{unit[:1]}{outcome[:1]}{place:02}", status="sent", sent_at=call.closed_at,
            outcome=outcome, reason="So.", decided_at=call.closed_at,
        )
        for place, person in enumerate(people)
    )  # fmt: skip


def test_the_offered_are_compared_with_who_applied_only_in_counts_of_ten_and_more(cast: Cast) -> None:
    call = stages.closed(cast)
    call.applications.all().delete()
    crowd(cast, call, "Lincoln", 14, Outcome.OFFER)
    crowd(cast, call, "Lincoln", 12, Outcome.DECLINE)
    crowd(cast, call, "Orchard", 15, Outcome.OFFER)
    crowd(cast, call, "Orchard", 11, Outcome.DECLINE)
    applications = list(call.applications.all())
    assert [(one.name, one.applied, one.offered) for one in composition(call, applications)] == [
        ("Millbrook", 26, 15), ("Riverside", 26, 14),
    ]  # fmt: skip
    few = [one for one in applications if one.outcome != Outcome.OFFER][:20]
    assert all((one.applied is None or one.applied >= 10) and one.offered is None for one in composition(call, few))


def test_a_small_local_is_hidden_and_so_is_what_would_give_it_away(cast: Cast) -> None:
    call = stages.closed(cast)
    call.applications.all().delete()
    crowd(cast, call, "Lincoln", 20, Outcome.OFFER)
    crowd(cast, call, "Orchard", 3, Outcome.OFFER)
    found = composition(call, list(call.applications.all()))
    assert [(one.applied, one.offered) for one in found] == [(None, None), (None, None)]
    assert composition(call, []) == []
