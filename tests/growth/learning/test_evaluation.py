"""Who has a place in a session is asked before and after; the answers are theirs, and final when the time is over."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.growth.learning.rooms import HOUR, a_session, crowd, move, say, seat
from tests.growth.plan.sessions import DAY
from trellis.assessment.models import Moment, Rating, Response, Round
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.framework.tree import EditionTree
from trellis.growth.evaluation_access import asking_sessions
from trellis.growth.evaluation_actions import close_evaluations, evaluation_of, make_evaluations
from trellis.growth.evaluation_queries import remarks_of
from trellis.growth.models import SessionEvaluation
from trellis.learning.models import OfferingCell, Session, SessionStatus, SignUp, SignUpStatus
from trellis.learning.when import moment_of

pytestmark = pytest.mark.django_db
BEFORE, AFTER = Moment.BEFORE, Moment.AFTER
Browser = Callable[[str], Client]


@pytest.fixture
def session(cast: Cast, tree: EditionTree) -> Session:
    """A session of tomorrow in which `own` has a seat."""
    found = a_session(cast, tree)
    seat(found, cast.own)
    return found


def page(session: Session, moment: Moment) -> str:
    return reverse(f"growth:evaluation-{moment.value}", kwargs={"uid": session.uid})


def values(cast: Cast) -> dict[str, int | None]:
    return dict(Rating.objects.filter(response__rater=cast.own).values_list("aspect", "value"))


def test_a_session_that_begins_soon_gets_its_evaluation_by_itself(session: Session, tree: EditionTree) -> None:
    assert make_evaluations(clock.today()) == "1 made"
    assert make_evaluations(clock.today()) == "0 made"
    made = SessionEvaluation.objects.get()
    assert made.themes == [tree.themes[0].code]
    assert (made.before.moment, made.after.moment) == ("before", "after")
    assert made.before.closes_at == session.starts_at + dt.timedelta(minutes=10)
    assert made.after.opens_at == session.ends_at
    assert AuditEntry.objects.filter(action="growth.evaluation").count() == 1


@pytest.mark.parametrize("far", [10 * DAY, -3 * DAY])
def test_a_session_far_away_or_over_gets_none(cast: Cast, tree: EditionTree, far: dt.timedelta) -> None:
    a_session(cast, tree, starts=far)
    assert make_evaluations(clock.today()) == "0 made"


def test_what_teaches_no_cell_or_is_cancelled_asks_nothing(session: Session, cast: Cast) -> None:
    OfferingCell.objects.all().delete()
    assert evaluation_of(session, by=None) is None
    assert not asking_sessions(cast.own, BEFORE)
    session.status = SessionStatus.CANCELLED
    session.save()
    assert evaluation_of(session, by=None) is None


def test_a_session_that_moves_takes_its_rounds_along(session: Session) -> None:
    made = evaluation_of(session, by=None)
    assert made is not None
    move(session, starts=3 * DAY)
    evaluation_of(session, by=None)
    held = Round.objects.get(pk=made.before_id)
    assert held.closes_at == session.starts_at + dt.timedelta(minutes=10)


@pytest.mark.parametrize(
    ("starts", "before", "after"),
    [
        (6 * DAY, False, False),
        (4 * DAY, True, False),
        (-dt.timedelta(minutes=5), True, False),
        (-HOUR, False, False),
        (-3 * HOUR, False, True),
        (-13 * DAY, False, True),
        (-15 * DAY, False, False),
    ],
)
def test_people_are_asked_in_the_days_before_and_the_two_weeks_after(
    session: Session, cast: Cast, starts: dt.timedelta, before: bool, after: bool
) -> None:
    move(session, starts=starts)
    assert [asking_sessions(cast.own, moment).exists() for moment in (BEFORE, AFTER)] == [before, after]


def test_only_who_has_a_seat_or_came_is_asked(session: Session, cast: Cast, browser: Browser) -> None:
    assert browser("own").get(page(session, BEFORE)).status_code == 200
    assert browser("colleague").get(page(session, BEFORE)).status_code == 404
    SignUp.objects.update(status=SignUpStatus.WAITING)
    assert browser("own").get(page(session, BEFORE)).status_code == 404
    move(session, starts=-DAY)
    assert browser("own").get(page(session, AFTER)).status_code == 404
    SignUp.objects.update(status=SignUpStatus.SEAT, came=False)
    assert browser("own").get(page(session, AFTER)).status_code == 404
    SignUp.objects.update(came=True, came_at=clock.now(), marked_by="list")
    assert browser("own").get(page(session, AFTER)).status_code == 200


def test_looking_writes_nothing(session: Session, browser: Browser) -> None:
    browser("own").get(page(session, BEFORE))
    assert not SessionEvaluation.objects.exists()
    assert not Response.objects.exists()


def test_before_asks_one_question_a_theme_and_after_two_with_remarks(
    session: Session, tree: EditionTree, browser: Browser
) -> None:
    name = f"q-theme-{tree.themes[0].id}"
    before = browser("own").get(page(session, BEFORE)).content.decode()
    assert f"{name}-before" in before
    assert f"{name}-after" not in before
    assert "remark-use" not in before
    move(session, starts=-DAY)
    after = browser("own").get(page(session, AFTER)).content.decode()
    assert f"{name}-after" in after
    assert f"{name}-then" in after
    assert f"{name}-before" not in after
    assert "remark-use" in after


def test_answers_are_saved_and_can_be_changed_until_it_starts(
    session: Session, cast: Cast, tree: EditionTree, browser: Browser
) -> None:
    name = f"q-theme-{tree.themes[0].id}-before"
    client = browser("own")
    sent = client.post(page(session, BEFORE), {name: "1"}, follow=True)
    said = sent.content.decode()
    assert "Thank you" in said
    until = moment_of(session.starts_at + dt.timedelta(minutes=10), session.zone)
    assert f"You can change them until {until}." in said
    assert until.endswith("Mountain time")
    assert values(cast) == {"before": 2}
    client.post(page(session, BEFORE), {name: "1", f"{name}-begun": "1"})
    assert values(cast) == {"before": 3}
    assert Response.objects.count() == 1
    move(session, starts=-HOUR)
    assert client.post(page(session, BEFORE), {name: "2"}).status_code == 404
    assert values(cast) == {"before": 3}


def test_the_thanks_lead_on_to_what_comes_next(
    session: Session, cast: Cast, tree: EditionTree, browser: Browser
) -> None:
    client, address = browser("own"), reverse("learning:session", kwargs={"uid": session.uid})
    link = f'href="{address}"'
    name = f"q-theme-{tree.themes[0].id}"
    sent = client.post(page(session, BEFORE), {f"{name}-before": "1"}, follow=True)
    assert link in sent.content.decode()
    move(session, starts=-3 * HOUR)
    sent = client.post(page(session, AFTER), {f"{name}-after": "1"}, follow=True).content.decode()
    assert link not in sent  # nobody has marked them as there, so nothing follows from it
    assert reverse("growth:plan") in sent
    SignUp.objects.filter(person=cast.own).update(came=True, marked_by="code", came_at=clock.now())
    sent = client.post(page(session, AFTER), {f"{name}-after": "1"}, follow=True).content.decode()
    assert link in sent
    assert "Send as evidence" in client.get(address).content.decode()


def test_an_empty_page_is_not_taken(session: Session, browser: Browser) -> None:
    sent = browser("own").post(page(session, BEFORE), {})
    assert sent.status_code == 422
    assert "Answer at least one question first." in sent.content.decode()
    assert not Response.objects.exists()


def test_two_sessions_may_ask_at_once(session: Session, cast: Cast, tree: EditionTree) -> None:
    other = a_session(cast, tree, starts=2 * DAY)
    seat(other, cast.own)
    say(session, BEFORE, cast.own, 2)
    say(other, BEFORE, cast.own, 3)
    assert Response.objects.filter(finished_at=None).count() == 2


def test_answers_are_final_two_weeks_after(session: Session, cast: Cast) -> None:
    say(session, BEFORE, cast.own, 1)
    move(session, starts=-DAY)
    say(session, AFTER, cast.own, 3, 2)
    assert close_evaluations(clock.today()) == "0 closed, 0 released"
    move(session, starts=-20 * DAY)
    evaluation_of(session, by=None)
    assert close_evaluations(clock.today()) == "1 closed, 0 released"
    assert not Response.objects.filter(finished_at=None).exists()
    with pytest.raises(ValidationError):
        say(session, AFTER, cast.own, 5, 0)
    assert values(cast) == {"before": 1, "after": 3, "then": 2}


def test_remarks_are_read_only_when_five_wrote_and_it_is_closed(session: Session, cast: Cast) -> None:
    people = crowd(cast.unit("Lincoln"), 4)
    seat(session, *people)
    move(session, starts=-DAY)
    for number, person in enumerate(people):
        say(session, AFTER, person, 3, 2, remark=f"Remark {number}")
    evaluation = SessionEvaluation.objects.get()
    assert remarks_of(evaluation) == {}
    say(session, AFTER, cast.own, 3, 2, remark="Mine")
    assert remarks_of(evaluation) == {}
    move(session, starts=-20 * DAY)
    evaluation_of(session, by=None)
    close_evaluations(clock.today())
    evaluation.refresh_from_db()
    assert sorted(remarks_of(evaluation)["use"]) == ["Mine", "Remark 0", "Remark 1", "Remark 2", "Remark 3"]
    # Who has their file erased takes their words along, and the others' are too few then.
    cast.own.delete()
    assert remarks_of(evaluation) == {}
