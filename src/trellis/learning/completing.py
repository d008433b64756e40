"""Completing a programme: when the rule is met and the capstone has passed, or by an exception that takes two."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.learning.cohort_progress import progress_of
from trellis.learning.models import CohortMember, NewsKind
from trellis.learning.news import write_news
from trellis.people.models import Person


@transaction.atomic
def complete(member: CohortMember, *, by: Person) -> CohortMember:
    """Say that a member has completed the programme, for good; they get a mail.

    The member must come from `run_members(by)`. Raises ValidationError when rule or capstone are not met and nobody
    else has asked for an exception, and for oneself.
    """
    member = _held(member, by=by)
    [progress] = progress_of(member.cohort, [member])
    if not progress.is_enough:
        if not member.exception:
            raise ValidationError(_("The rule is not met yet. An exception needs a reason, and two of you."))
        if member.exception_by_id == by.pk:
            raise ValidationError(_("You have asked for the exception, so somebody else has to agree to it."))
    elif member.exception:
        # It was met after all: nothing of an exception should stay beside it.
        member.exception, member.exception_by = "", None
    member.completed_on, member.completed_by = clock.today(), by
    member.save()
    _note(member, "complete", by=by, exception=bool(member.exception))
    write_news([member.person], NewsKind.COMPLETED, member.cohort.programme, uid=member.cohort.uid)
    return member


@transaction.atomic
def ask_exception(member: CohortMember, *, reason: str, by: Person) -> None:
    """Ask that a member may complete although the rule is not met; somebody else has to agree.

    Raises ValidationError without a reason, when the rule is met, and for oneself.
    """
    member = _held(member, by=by)
    reason = " ".join(reason.split())
    if not reason:
        raise ValidationError(_("Say why: whoever agrees should know."))
    if progress_of(member.cohort, [member])[0].is_enough:
        raise ValidationError(_("The rule is met, so this needs no exception."))
    member.exception, member.exception_by = reason, by
    member.save(update_fields=["exception", "exception_by"])
    _note(member, "ask_exception", by=by)


@transaction.atomic
def refuse_exception(member: CohortMember, *, by: Person) -> None:
    """Take an exception back, or do not agree to it: the member stays as they were."""
    member = _held(member, by=by)
    member.exception, member.exception_by = "", None
    member.save(update_fields=["exception", "exception_by"])
    _note(member, "refuse_exception", by=by)


def _held(member: CohortMember, *, by: Person) -> CohortMember:
    members = CohortMember.objects.select_for_update(of=("self",))
    fresh = members.select_related("cohort__programme", "person").get(pk=member.pk)
    if fresh.completed_on is not None or fresh.left_on is not None or fresh.person_id == by.pk:
        raise ValidationError(_("This has gone on in the meantime. Look at it again."))
    return fresh


def _note(member: CohortMember, what: str, *, by: Person, **detail: object) -> None:
    audit.record(by=by, action=f"cohort.{what}", target=f"cohort-member:{member.uid}", detail=detail)
