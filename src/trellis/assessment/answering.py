"""What a rater does with a link: answer, correct, or say no. Nothing here writes down whose answer it is."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.assessment.form import Point
from trellis.assessment.models import Rater, RaterState, ThreeSixty, ThreeSixtyState
from trellis.assessment.sealed import Letter, find, put
from trellis.core import audit, clock


@transaction.atomic
def save_letter(
    rater: Rater, secret: str, *, answers: Mapping[Point, int | None], remarks: Mapping[str, str], final: bool
) -> Letter:
    """Seal a rater's answers so far, or send them off for good (`final`); the same secret finds them to correct.

    The answers given are laid over those in the envelope already; remarks too, and an empty one is taken out. Raises
    ValidationError when the 360 is over, the rater has said no, or the link was used with another browser.
    """
    three_sixty = _still_open(rater)
    rater = Rater.objects.select_for_update().get(pk=rater.pk)
    known = find(three_sixty, secret)
    if rater.state == RaterState.REFUSED:
        raise ValidationError(_("You said that you would rather not answer, so this link is closed."))
    if rater.state == RaterState.ANSWERED and (known is None or not known.is_final):
        raise ValidationError(_("This link has been used already. Each link takes one set of answers."))
    named = rater.relation in three_sixty.round.instrument.definition.get("named", ())
    before = known or Letter(rater.relation, "", False, {}, {})
    letter = Letter(
        rater.relation,
        rater.name if named else "",
        final or before.is_final,
        before.answers | dict(answers),
        {code: text for code, text in (before.remarks | dict(remarks)).items() if text},
    )
    if letter.is_final and not letter.answers:
        raise ValidationError(_("Answer at least one question first."))
    put(three_sixty, secret, letter)
    if letter.is_final and rater.state != RaterState.ANSWERED:
        Rater.objects.filter(pk=rater.pk).update(state=RaterState.ANSWERED)
        rater.invitations.all().delete()
    # Neither who nor which envelope: the trail says that somebody answered, and no more.
    audit.record(by=None, action="three_sixty.answer", target=f"three-sixty:{three_sixty.uid}")
    return letter


@transaction.atomic
def refuse(rater: Rater) -> None:
    """Note that a rater would rather not answer, and ask no more; their row leaves with all others at the end.

    Raises ValidationError when the 360 is over or they have answered already.
    """
    three_sixty = _still_open(rater)
    rater = Rater.objects.select_for_update().get(pk=rater.pk)
    if rater.state == RaterState.ANSWERED:
        raise ValidationError(_("Your answers are in already. You can still change them until it closes."))
    rater.state = RaterState.REFUSED
    rater.save(update_fields=["state"])
    rater.invitations.all().delete()
    audit.record(by=None, action="three_sixty.refuse", target=f"three-sixty:{three_sixty.uid}")


def _still_open(rater: Rater) -> ThreeSixty:
    three_sixty = (
        ThreeSixty.objects.select_for_update(of=("self",))
        .select_related("round__instrument")
        .get(pk=rater.three_sixty_id)
    )
    closes = three_sixty.round.closes_on
    if three_sixty.state != ThreeSixtyState.OPEN or (closes is not None and closes < clock.today()):
        raise ValidationError(_("This has closed, so no more answers can be taken. Thank you for wanting to help."))
    return three_sixty
