"""Applying: drafts that are kept, what can be sent, changed and taken back, and until when."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.cast import Cast
from tests.learning.programmes import stages
from trellis.core.models import AuditEntry
from trellis.learning.application_actions import (
    begin_application,
    save_answer,
    send_application,
    withdraw_application,
)
from trellis.learning.call_actions import close_call
from trellis.learning.models import Answer, ApplicationStatus, Endorsement, Outcome
from trellis.learning.programme_access import (
    applications_to_endorse,
    open_calls,
    own_applications,
    run_applications,
    visible_calls,
)

pytestmark = pytest.mark.usefixtures("framework")


def test_a_call_is_open_to_whom_its_unit_is_around(cast: Cast) -> None:
    call = stages.opened(cast)
    for name in ("own", "neighbour", "state_staff", "president"):
        assert list(open_calls(cast.viewer(name))) == [call], name
    for name in ("other_state_president", "steward", "gone", "suspended", "anonymous"):
        assert not open_calls(cast.viewer(name)).exists(), name


def test_beginning_twice_is_once(cast: Cast) -> None:
    call = stages.opened(cast)
    assert begin_application(call, by=cast.own) == begin_application(call, by=cast.own)
    assert own_applications(cast.own).count() == 1


def test_an_answer_is_kept_as_it_is_typed_and_may_be_emptied_again(cast: Cast) -> None:
    application = stages.begun(cast, text="  We asked  ")
    question = application.call.questions.all()[0]
    assert application.answers.get().text == "We asked"
    save_answer(application, question, text="", by=cast.own)
    assert not application.answers.exists()


def test_an_answer_that_is_too_long_is_refused_and_what_was_there_stays(cast: Cast) -> None:
    application = stages.begun(cast)
    with pytest.raises(ValidationError, match="1 characters too long"):
        save_answer(application, application.call.questions.all()[0], text="x" * 201, by=cast.own)
    assert application.answers.get().text == stages.ANSWER


def test_a_question_of_another_call_is_refused(cast: Cast) -> None:
    application, other = stages.begun(cast), stages.opened(cast)
    with pytest.raises(ValidationError, match="gone on"):
        save_answer(application, other.questions.all()[0], text="Here", by=cast.own)


def test_it_is_sent_once_every_question_is_answered(cast: Cast) -> None:
    application = stages.begun(cast)
    with pytest.raises(ValidationError, match="every question"):
        send_application(application, by=cast.own)
    save_answer(application, application.call.questions.all()[1], text="Monday", by=cast.own)
    assert send_application(application, by=cast.own).status == ApplicationStatus.SENT
    with pytest.raises(ValidationError, match="gone on"):
        send_application(application, by=cast.own)


def test_what_was_sent_may_be_changed_until_the_close_but_not_emptied(cast: Cast) -> None:
    application = stages.sent(cast)
    question = application.call.questions.all()[0]
    save_answer(application, question, text="Better words", by=cast.own)
    with pytest.raises(ValidationError, match="cannot be empty"):
        save_answer(application, question, text=" ", by=cast.own)
    close_call(application.call, by=cast.state_staff)
    with pytest.raises(ValidationError, match="has closed"):
        save_answer(application, question, text="Too late", by=cast.own)
    assert application.answers.get(question=question).text == "Better words"


def test_nobody_writes_in_somebody_elses_application(cast: Cast) -> None:
    application = stages.begun(cast)
    with pytest.raises(type(application).DoesNotExist):
        save_answer(application, application.call.questions.all()[0], text="Mine now", by=cast.colleague)


def test_after_the_close_nothing_comes_in(cast: Cast) -> None:
    application = stages.begun(cast)
    close_call(application.call, by=cast.state_staff)
    with pytest.raises(ValidationError, match="gone on"):
        send_application(application, by=cast.own)
    with pytest.raises(ValidationError, match="gone on"):
        begin_application(application.call, by=cast.coached)


def test_taking_it_back_deletes_what_was_written_about_it_too(cast: Cast) -> None:
    call = stages.closed(cast)
    application = own_applications(cast.own).get()
    stages.read(cast, call)
    withdraw_application(application, by=cast.own)
    assert not Answer.objects.exists()
    assert not Endorsement.objects.exists()
    assert not application.readings.exists()
    for seen in (run_applications(cast.state_staff), applications_to_endorse(cast.president)):
        assert not seen.exists()


def test_who_took_it_back_may_begin_anew(cast: Cast) -> None:
    application = stages.sent(cast)
    withdraw_application(application, by=cast.own)
    again = begin_application(application.call, by=cast.own)
    assert (again.pk, again.status, again.answers.count()) == (application.pk, ApplicationStatus.DRAFT, 0)


def test_after_the_decision_only_a_place_on_the_waiting_list_is_given_back(cast: Cast) -> None:
    call = stages.told(cast, {"own": Outcome.OFFER, "coached": Outcome.WAITING})
    with pytest.raises(ValidationError, match="gone on"):
        withdraw_application(own_applications(cast.own).get(), by=cast.own)
    waiting = withdraw_application(own_applications(cast.coached).get(), by=cast.coached)
    assert (waiting.outcome, waiting.waiting_place) == (Outcome.OPEN, None)
    assert call.applications.filter(status=ApplicationStatus.SENT).count() == 1


def test_who_has_applied_still_sees_the_call_when_it_is_over(cast: Cast) -> None:
    call = stages.told(cast)
    assert list(visible_calls(cast.own)) == [call]
    assert not visible_calls(cast.coached).exists()


def test_sending_writes_to_the_nearest_who_may_endorse_and_says_nothing_of_whom(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        stages.sent(cast)
    [letter] = mail.outbox
    assert letter.to == ["president@example.org"]
    assert "/programs/endorsements/" in letter.body
    assert "Own" not in letter.subject + letter.body


def test_the_audit_trail_says_which_question_and_never_what(cast: Cast) -> None:
    application = stages.sent(cast)
    rows = AuditEntry.objects.filter(target=f"application:{application.uid}").order_by("pk")
    assert [(row.action, row.detail) for row in rows] == [
        ("application.begin", {}), ("application.answer", {"question": 1}), ("application.answer", {"question": 2}),
        ("application.send", {}),
    ]  # fmt: skip
