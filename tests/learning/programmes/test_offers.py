"""Offers: taken, left, lapsed; and the waiting list, which moves by itself."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.cast import Cast
from tests.learning.programmes import stages
from trellis.core import clock
from trellis.learning.cohort_actions import start_cohort
from trellis.learning.models import Call, Cohort, CohortMember, Offer, OfferAnswer, Outcome
from trellis.learning.offer_actions import answer_offer, lapse_offers, pass_on
from trellis.learning.programme_access import own_offers

pytestmark = pytest.mark.usefixtures("framework")
THREE = {"own": Outcome.OFFER, "coached": Outcome.WAITING, "private": Outcome.WAITING}


def answers(call: Call) -> dict[str, str]:
    """Return the newest answer by given name."""
    offers = Offer.objects.filter(application__call=call).order_by("made_at", "pk")
    return {offer.application.person.given_name: offer.answer for offer in offers}


def expire(call: Call) -> None:
    Offer.objects.filter(application__call=call, answer="").update(answer_by=stages.day(-1))


def test_an_offer_is_its_owners_alone(cast: Cast) -> None:
    call = stages.told(cast)
    assert list(own_offers(cast.own)) == [stages.offer_of(cast, call)]
    for name in ("coached", "president", "state_staff", "coach"):
        assert not own_offers(cast.viewer(name)).exists(), name


def test_an_answer_is_given_once(cast: Cast) -> None:
    offer = stages.offer_of(cast, stages.told(cast))
    assert answer_offer(offer, accepts=True, by=cast.own).answer == OfferAnswer.ACCEPTED
    with pytest.raises(ValidationError, match="cannot be answered"):
        answer_offer(offer, accepts=False, by=cast.own)


def test_the_last_day_still_counts_and_the_next_does_not(cast: Cast) -> None:
    call = stages.told(cast)
    Offer.objects.update(answer_by=clock.today())
    assert lapse_offers(clock.today()).startswith("0 offers lapsed")
    expire(call)
    with pytest.raises(ValidationError, match="cannot be answered"):
        answer_offer(stages.offer_of(cast, call), accepts=True, by=cast.own)


def test_a_place_that_is_left_goes_to_who_waits_next(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    call = stages.told(cast, THREE, places=1)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        answer_offer(stages.offer_of(cast, call), accepts=False, by=cast.own)
    assert answers(call) == {"Own": "declined", "Coached": ""}
    offer = stages.offer_of(cast, call, "coached")
    assert (offer.from_waiting, offer.answer_by) == (True, stages.day(call.answer_days))
    assert call.applications.get(person=cast.coached).waiting_place is None
    [letter] = mail.outbox
    assert letter.to == ["coached@example.org"]


def test_a_day_that_passes_moves_the_list_too_and_both_are_told(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    call = stages.told(cast, THREE, places=1)
    expire(call)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert lapse_offers(clock.today()) == "1 offers lapsed, 1 places offered to who waited"
    assert answers(call) == {"Own": "lapsed", "Coached": ""}
    assert {letter.to[0] for letter in mail.outbox} == {"own@example.org", "coached@example.org"}
    assert lapse_offers(clock.today()) == "0 offers lapsed, 0 places offered to who waited"


def test_the_list_is_worked_through_until_it_is_empty(cast: Cast) -> None:
    call = stages.told(cast, THREE, places=1)
    for name in ("own", "coached", "private"):
        answer_offer(stages.offer_of(cast, call, name), accepts=False, by=cast.viewer(name))
    assert set(answers(call).values()) == {"declined"}
    assert pass_on(call) == 0


def test_nobody_moves_up_while_every_place_is_held(cast: Cast) -> None:
    call = stages.told(cast, THREE, places=1)
    assert pass_on(call) == 0
    answer_offer(stages.offer_of(cast, call), accepts=True, by=cast.own)
    assert pass_on(call) == 0


def test_who_accepts_after_the_cohort_was_made_joins_it(cast: Cast) -> None:
    call = stages.told(cast, {"own": Outcome.OFFER, "coached": Outcome.OFFER})
    answer_offer(stages.offer_of(cast, call), accepts=True, by=cast.own)
    cohort = start_cohort(call, title="Spring", starts_on=stages.day(9), ends_on=stages.day(90), by=cast.state_staff)
    coming = stages.session_in(cast, cohort, 12)
    assert cohort.members.count() == 1
    answer_offer(stages.offer_of(cast, call, "coached"), accepts=True, by=cast.coached)
    assert cohort.members.count() == 2
    assert coming.session.sign_ups.filter(person=cast.coached, status="seat").exists()


def test_once_the_cohort_has_begun_nobody_moves_up(cast: Cast) -> None:
    call = stages.told(cast, THREE, places=2)
    Cohort.objects.create(
        programme=call.programme, call=call, title="Begun", starts_on=stages.day(-1), ends_on=stages.day(9),
        sessions_planned=3, attend_least=2,
    )  # fmt: skip
    answer_offer(stages.offer_of(cast, call), accepts=False, by=cast.own)
    assert answers(call) == {"Own": "declined"}


def test_the_database_holds_one_offer_at_a_time(cast: Cast) -> None:
    offer = stages.offer_of(cast, stages.told(cast))
    with pytest.raises(IntegrityError, match=r"offer_one_at_a_time|UNIQUE"), transaction.atomic():
        Offer.objects.create(application=offer.application, answer_by=stages.day(3))


def test_a_cohort_is_made_once_of_who_has_accepted(cast: Cast) -> None:
    call = stages.told(cast, {"own": Outcome.OFFER, "coached": Outcome.OFFER})
    answer_offer(stages.offer_of(cast, call), accepts=True, by=cast.own)
    days = {"title": "Spring", "starts_on": stages.day(1), "ends_on": stages.day(90)}
    with pytest.raises(ValidationError, match="end after it starts"):
        start_cohort(call, **days | {"ends_on": stages.day(0)}, by=cast.state_staff)
    cohort = start_cohort(call, **days, by=cast.state_staff)
    assert list(CohortMember.objects.values_list("person", flat=True)) == [cast.own.pk]
    assert (cohort.attend_least, cohort.sessions_planned, cohort.attend_first) == (2, 3, True)
    with pytest.raises(ValidationError, match="its cohort already"):
        start_cohort(call, **days, by=cast.state_staff)


def test_a_call_that_is_not_decided_makes_no_cohort(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="gone on"):
        start_cohort(
            stages.closed(cast), title="Early", starts_on=stages.day(1), ends_on=stages.day(2), by=cast.state_staff
        )
