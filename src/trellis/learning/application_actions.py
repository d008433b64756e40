"""What a member does with an application: begin, write, send, take back. Each is atomic and leaves an audit row."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.learning.call_actions import held
from trellis.learning.models import (
    Answer,
    Application,
    ApplicationStatus,
    Call,
    CallStatus,
    NewsKind,
    Outcome,
    Question,
)
from trellis.learning.models.application import new_code
from trellis.learning.news import write_news
from trellis.learning.programme_queries import endorsers_of
from trellis.people.models import Person


def _note(application: Application, action: str, *, by: Person) -> None:
    audit.record(by=by, action=f"application.{action}", target=f"application:{application.uid}")


def _own(application: Application, *, by: Person) -> Application:
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("call__programme")
        .get(pk=application.pk, person=by)
    )


def _open_call(application: Application) -> Call:
    call = held(application.call, CallStatus.OPEN)
    if not call.takes_applications:
        raise ValidationError(_("This call has closed."))
    return call


@transaction.atomic
def begin_application(call: Call, *, by: Person) -> Application:
    """Begin an application, or go on with the one there is; one that was taken back begins anew.

    The call must come from `open_calls(by)`. Raises ValidationError when it takes no applications any more.
    """
    call = held(call, CallStatus.OPEN)
    if not call.takes_applications:
        raise ValidationError(_("This call has closed."))
    application = Application.objects.select_for_update().filter(call=call, person=by).first()
    if application is None:
        taken = set(call.applications.values_list("code", flat=True))
        code = next(code for code in iter(new_code, None) if code not in taken)
        application = Application.objects.create(call=call, person=by, code=code)
        _note(application, "begin", by=by)
    elif application.status == ApplicationStatus.WITHDRAWN:
        application.status, application.sent_at = ApplicationStatus.DRAFT, None
        application.begun_at = application.changed_at = clock.now()
        application.save(update_fields=["status", "sent_at", "begun_at", "changed_at"])
        _note(application, "begin", by=by)
    return application


@transaction.atomic
def save_answer(application: Application, question: Question, *, text: str, by: Person) -> None:
    """Keep an answer; what was sent already is changed with it.

    Raises ValidationError when the call has closed, the text is too long, or an answer that was sent would be empty.
    """
    # Not held: everybody who is writing would wait for everybody else.
    call = Call.objects.get(pk=application.call_id)
    if not call.takes_applications:
        raise ValidationError(_("This call has closed."))
    application = _own(application, by=by)
    if question.call_id != call.pk or application.status == ApplicationStatus.WITHDRAWN:
        raise ValidationError(_("This has gone on in the meantime. Look at it again."))
    text = text.strip()
    if len(text) > question.limit:
        raise ValidationError(
            _("This is %(many)d characters too long.") % {"many": len(text) - question.limit}, code="long"
        )
    if not text and application.status == ApplicationStatus.SENT:
        raise ValidationError(_("You have sent this, so the answer cannot be empty. What was there before stays."))
    kept = application.answers.filter(question=question).first()
    if (kept.text if kept else "") == text:
        return
    if text:
        Answer.objects.update_or_create(application=application, question=question, defaults={"text": text})
    elif kept:
        kept.delete()
    application.changed_at = clock.now()
    application.save(update_fields=["changed_at"])
    audit.record(
        by=by, action="application.answer", target=f"application:{application.uid}", detail={"question": question.order}
    )


@transaction.atomic
def send_application(application: Application, *, by: Person) -> Application:
    """Send an application in; it can be changed and taken back until the call closes.

    Raises ValidationError when the call has closed or an answer is missing.
    """
    call = _open_call(application)
    application = _own(application, by=by)
    if application.status != ApplicationStatus.DRAFT:
        raise ValidationError(_("This has gone on in the meantime. Look at it again."))
    missing = call.questions.exclude(answers__in=application.answers.all()).count()
    if missing:
        raise ValidationError(_("Answer every question first."), code="missing")
    application.status, application.sent_at = ApplicationStatus.SENT, clock.now()
    application.save(update_fields=["status", "sent_at"])
    _note(application, "send", by=by)
    if call.needs_endorsement:
        write_news([person for person, _unit in endorsers_of(by)], NewsKind.ENDORSE, call.programme)
    return application


@transaction.atomic
def withdraw_application(application: Application, *, by: Person) -> Application:
    """Take an application back: answers, endorsements and readings of it are deleted.

    From the waiting list too. Raises ValidationError once it was decided otherwise: an offer is declined instead.
    """
    held(application.call, CallStatus.OPEN, CallStatus.CLOSED, CallStatus.DECIDED)
    application = _own(application, by=by)
    if not may_withdraw(application):
        raise ValidationError(_("This has gone on in the meantime. Look at it again."))
    application.status, application.changed_at = ApplicationStatus.WITHDRAWN, clock.now()
    application.outcome, application.reason = Outcome.OPEN, ""
    application.decided_by = application.decided_at = application.waiting_place = None
    application.save()
    application.answers.all().delete()
    application.endorsements.all().delete()
    application.readings.all().delete()
    _note(application, "withdraw", by=by)
    return application


def may_withdraw(application: Application) -> bool:
    """Say whether its owner may take an application back."""
    if application.status == ApplicationStatus.WITHDRAWN:
        return False
    undecided = application.call.status in (CallStatus.OPEN, CallStatus.CLOSED)
    return undecided or application.outcome == Outcome.WAITING
