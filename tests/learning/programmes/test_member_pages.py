"""The pages of members, endorsers and readers: what they say at each stage, keeping a draft, and what they cost."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.learning.programmes import stages
from trellis.learning.application_actions import withdraw_application
from trellis.learning.application_state import state_of
from trellis.learning.call_actions import close_call
from trellis.learning.cohort_actions import change_sharing, set_mentor
from trellis.learning.models import Application, CohortMember, Outcome
from trellis.learning.offer_actions import answer_offer, lapse_offers

pytestmark = pytest.mark.usefixtures("framework")
Browser = Callable[[str], Client]
OUTBOX = {"X-Trellis-Outbox": "1"}


def at(name: str, **kwargs: object) -> str:
    return reverse(f"programmes:{name}", kwargs=kwargs)


def shown(client: Client, name: str, **kwargs: object) -> str:
    answer = client.get(at(name, **kwargs))
    assert answer.status_code == 200
    return answer.content.decode()


# applying


def test_a_call_says_what_is_asked_looked_for_and_who_endorses(cast: Cast, browser: Browser) -> None:
    text = shown(browser("own"), "call", uid=stages.opened(cast).uid)
    for said in ("What did you change?", "up to 200 characters", "People", "counts 2 times", "all of it",
                 "At least 2 of 3 sessions, the first among them", "By Riverside.", "Begin"):  # fmt: skip
        assert said in text, said


def test_who_nobody_can_endorse_is_told_so(cast: Cast, browser: Browser) -> None:
    text = shown(browser("president"), "call", uid=stages.opened(cast).uid)
    assert "Nobody can endorse you today." in text


def test_beginning_leads_to_the_first_question_and_on_to_the_next(cast: Cast, browser: Browser) -> None:
    client, call = browser("own"), stages.opened(cast)
    first = client.post(at("apply", uid=call.uid))
    uid = Application.objects.get().uid
    assert first.headers["Location"] == at("question", uid=uid, number=1)
    second = client.post(at("question", uid=uid, number=1), {"text": "We asked."})
    assert second.headers["Location"] == at("question", uid=uid, number=2)
    last = client.post(at("question", uid=uid, number=2), {"text": "Monday."})
    assert last.headers["Location"] == at("application", uid=uid)
    assert "Send it" in shown(client, "application", uid=uid)
    stopped = client.post(at("question", uid=uid, number=1), {"text": "We asked all.", "back": "1"})
    assert stopped.headers["Location"] == at("application", uid=uid)


def test_a_script_keeps_the_draft_and_hears_what_became_of_it(cast: Cast, browser: Browser) -> None:
    client, application = browser("own"), stages.begun(cast)
    url = at("question", uid=application.uid, number=1)
    kept = client.post(url, {"text": "Half a sen"}, headers=OUTBOX)
    assert (kept.status_code, kept.json()) == (200, {"state": "saved"})
    refused = client.post(url, {"text": "x" * 300}, headers=OUTBOX)
    assert (refused.status_code, refused.json()["state"]) == (422, "refused")
    assert application.answers.get().text == "Half a sen"


def test_an_answer_that_is_too_long_is_shown_again_with_what_was_typed(cast: Cast, browser: Browser) -> None:
    application = stages.begun(cast)
    answer = browser("own").post(at("question", uid=application.uid, number=1), {"text": "y" * 203})
    assert answer.status_code == 422
    assert "3 characters too long" in answer.content.decode()
    assert "y" * 203 in answer.content.decode()


def test_line_breaks_of_a_browser_count_once(cast: Cast, browser: Browser) -> None:
    application = stages.begun(cast)
    browser("own").post(at("question", uid=application.uid, number=1), {"text": "a\r\n" * 99 + "bb"})
    assert application.answers.get().text == "a\n" * 99 + "bb"


def test_once_it_is_closed_a_question_leads_back(cast: Cast, browser: Browser) -> None:
    application = stages.begun(cast)
    close_call(application.call, by=cast.state_staff)
    answer = browser("own").get(at("question", uid=application.uid, number=1))
    assert answer.headers["Location"] == at("application", uid=application.uid)


def test_where_an_application_stands_is_said_in_words(cast: Cast) -> None:
    def title(name: str = "own") -> str:
        application = Application.objects.select_related("call").get(person=cast.viewer(name))
        return state_of(application, application.offers.order_by("-made_at").first()).title

    call = stages.opened(cast, needs_endorsement=False, places=1)
    stages.begun(cast, call=call)
    assert title() == "Not sent yet"
    stages.sent(cast, "coached", call)
    assert title("coached") == "Sent"
    close_call(call, by=cast.state_staff)
    assert (title(), title("coached")) == ("Not sent", "Being read")
    withdraw_application(Application.objects.get(person=cast.coached), by=cast.coached)
    assert title("coached") == "Taken back"
    Application.objects.all().delete()
    call = stages.told(cast, {"own": Outcome.OFFER, "coached": Outcome.WAITING, "private": Outcome.DECLINE}, places=1)
    assert (title(), title("coached"), title("private")) == ("A place for you", "On the waiting list", "Not this time")
    answer_offer(stages.offer_of(cast, call), accepts=False, by=cast.own)
    assert title() == "You did not take the place"
    offer = stages.offer_of(cast, call, "coached")
    type(offer).objects.filter(pk=offer.pk).update(answer_by=stages.day(-1))
    lapse_offers(stages.day(0))
    assert title("coached") == "The day to answer has passed"


def test_the_reason_of_staff_is_never_shown_to_the_applicant(cast: Cast, browser: Browser) -> None:
    stages.told(cast, {"own": Outcome.DECLINE})
    text = shown(browser("own"), "application", uid=Application.objects.get().uid)
    assert "Not this time" in text
    assert "As the readers say" not in text


def test_an_endorsement_is_read_by_the_applicant(cast: Cast, browser: Browser) -> None:
    application = stages.sent(cast)
    assert "Riverside has been asked by mail." in shown(browser("own"), "application", uid=application.uid)
    stages.endorse(application, endorses=True, words="We know her well.", by=cast.president)
    text = shown(browser("own"), "application", uid=application.uid)
    assert "endorses you." in text
    assert "We know her well." in text


def test_taking_back_asks_first_and_says_so_afterwards(cast: Cast, browser: Browser) -> None:
    client, application = browser("own"), stages.sent(cast)
    assert "cannot be undone" in shown(client, "withdraw", uid=application.uid)
    answer = client.post(at("withdraw", uid=application.uid), follow=True)
    assert "What you wrote is deleted." in answer.content.decode()
    again = client.post(at("apply", uid=application.call.uid))
    assert again.headers["Location"] == at("question", uid=application.uid, number=1)


def test_an_offer_is_declined_on_a_page_of_its_own(cast: Cast, browser: Browser) -> None:
    client, offer = browser("own"), stages.offer_of(cast, stages.told(cast))
    assert "Take the place" in shown(client, "offer", uid=offer.uid)
    asked = client.get(at("offer", uid=offer.uid), {"decline": "1"}).content.decode()
    assert "Leave it to somebody else" in asked
    assert client.post(at("offer", uid=offer.uid), {"answer": "perhaps"}).status_code == 422
    client.post(at("offer", uid=offer.uid), {"answer": "decline"})
    assert client.get(at("offer", uid=offer.uid)).status_code == 302


# endorsing


def test_the_endorsers_page_tells_when_the_member_has_changed_it_since(cast: Cast, browser: Browser) -> None:
    application = stages.endorsed(cast)
    client = browser("president")
    assert "changed their application" not in shown(client, "endorsement", uid=application.uid)
    stages.save_answer(application, application.call.questions.all()[0], text="Other words", by=cast.own)
    assert "changed their application" in shown(client, "endorsement", uid=application.uid)


def test_an_endorsement_without_a_sentence_is_asked_for_again(cast: Cast, browser: Browser) -> None:
    application = stages.sent(cast)
    answer = browser("president").post(at("endorsement", uid=application.uid), {"endorses": "1", "words": " "})
    assert answer.status_code == 422
    assert "Write them a sentence." in answer.content.decode()


# the cohort


def test_a_cohort_shows_first_names_as_far_as_each_agrees(cast: Cast, browser: Browser) -> None:
    found = stages.cohort(cast, ("own", "coached", "private"))
    change_sharing(stages.member_of(cast, found, "coached"), shows_name=True, shares_plan="nothing", by=cast.coached)
    text = shown(browser("own"), "cohort", uid=found.uid)
    assert "Coached" in text
    assert "and one more" in text
    assert "Private" not in text
    assert "Cast" not in text.replace("Own Cast", "")


def test_a_cohort_shows_the_next_session_what_is_left_and_the_mentor(cast: Cast, browser: Browser) -> None:
    found = stages.cohort(cast)
    stages.attended(cast, found, True)
    stages.session_in(cast, found, 7, "What members need")
    set_mentor(stages.member_of(cast, found), cast.coach, by=cast.state_staff)
    text = shown(browser("own"), "cohort", uid=found.uid)
    for said in ("Next session", "What members need", "1 of 1 so far; you can miss one more.",
                 "At least 2 of 3 sessions, the first among them", "Your mentor here is Coach Cast."):  # fmt: skip
        assert said in text, said
    assert "Own Cast" in shown(browser("coach"), "home")


def test_a_capstone_that_came_back_says_what_is_missing(cast: Cast, browser: Browser) -> None:
    found = stages.cohort(cast)
    stages.judged(cast, stages.capstone(cast, found), passes=False, step=1)
    text = shown(browser("own"), "capstone", uid=found.uid)
    assert "Who else did something?" in text
    assert "Send it again" in text
    wrong = browser("own").post(at("capstone", uid=found.uid), {"title": "", "link": "https://a:b@x.org", "result": ""})
    assert wrong.status_code == 422
    for said in ("Give it a name.", "Leave the name and password out", "Say in a sentence"):
        assert said in wrong.content.decode()


def test_a_capstone_is_read_step_by_step(cast: Cast, browser: Browser) -> None:
    found = stages.capstone(cast, stages.cohort(cast))
    client, reading = browser("coach"), found.readings.get()
    steps = {f"c-{line.pk}": "2" for line in found.member.cohort.programme.rubric.all()}
    url = at("capstone-read", uid=reading.uid)
    assert client.post(url, {**steps, "passes": "0"}).status_code in (200, 422)
    reading.refresh_from_db()
    assert reading.sent_at is None
    client.post(url, {**steps, "passes": "1"})
    assert "It has passed your reading" in shown(client, "capstone-read", uid=reading.uid)


# home and cost


def test_the_home_page_says_what_waits(cast: Cast, browser: Browser) -> None:
    def tasks(name: str) -> str:
        return browser(name).get("/").content.decode()

    application = stages.begun(cast)
    assert "is not sent yet" in tasks("own")
    withdraw_application(application, by=cast.own)
    stages.sent(cast, "coached", application.call)
    assert "Members wait for your word" in tasks("president")
    assert "Members wait for your word" not in tasks("sibling_president")
    call = stages.closed(cast)
    assert "Applications wait to be read by you" in tasks("coach")
    stages.read(cast, call)
    assert "wait to be read" not in tasks("coach")
    found = stages.cohort(cast)
    stages.capstone(cast, found, ("treasurer",))
    assert "Capstones wait to be read by you" in tasks("treasurer")
    stages.judged(cast, found.members.get().capstone, passes=False, step=1)
    assert "Your capstone came back to you" in tasks("own")
    stages.told(cast, {"private": Outcome.OFFER})
    assert "A place for you in Emerging Leaders" in tasks("private")


def test_pages_of_a_member_cost_few_queries_however_much_there_is(
    cast: Cast, browser: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    found = stages.cohort(cast, ("own", "coached", "private"))
    for days in (-20, -10, 5, 10):
        stages.session_in(cast, found, days)
    CohortMember.objects.update(shows_name=True, shares_plan="steps")
    for _ in range(3):
        stages.sent(cast, call=stages.opened(cast))
    for _ in range(2):
        stages.told(cast)
    client = browser("own")
    with django_assert_max_num_queries(15):
        client.get(at("home"))
    with django_assert_max_num_queries(15):
        client.get(at("cohort", uid=found.uid))
    with django_assert_max_num_queries(15):
        client.get(at("application", uid=Application.objects.filter(person=cast.own).last().uid))


def test_pages_of_readers_cost_few_queries_however_much_there_is(
    cast: Cast, browser: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    call = stages.closed(cast, ("own", "coached", "private", "representative"))
    reading = stages.reading_of(cast, call.applications.get(person=cast.own), "coach")
    client = browser("coach")
    with django_assert_max_num_queries(10):
        client.get(at("readings"))
    # The look that is written down costs some of them.
    with django_assert_max_num_queries(20):
        client.get(at("reading", uid=reading.uid))
    president = browser("president")
    with django_assert_max_num_queries(10):
        president.get(at("endorsements"))
