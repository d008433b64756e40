"""What assessment holds of a person, what becomes of it at erasure, and which secrets go along with the whole."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.assessment.forgetting_raters import forget_rater
from trellis.assessment.models import Release
from trellis.assessment.releasing import report_of
from trellis.core.registry import (
    AtErasure,
    Erasure,
    Leaving,
    PersonKey,
    PersonPart,
    erasures,
    leaving,
    person_keys,
)

_SEALED = "It is sealed by the site's own secret key, which is in no file."
_DIGEST = "It is the digest of a random secret: nobody can get in with it."
_LEAVES = {
    "assessment.ThreeSixty.key": _SEALED,
    "assessment.Release.comments": _SEALED,
    "assessment.Invitation.digest": _DIGEST,
    "assessment.Envelope.mark": _DIGEST,
    "assessment.ReadinessMeeting.code": "It is the code of one meeting, read out in the room.",
}
_TOGETHER = _("What the unit agreed on stays with the unit, without your name.")


def _comments(person: Any) -> Callable[[Any], Mapping[str, Any]]:
    def opened(row: Any) -> Mapping[str, Any]:
        return {"comments": report_of(row).comments} if isinstance(row, Release) else {}

    return opened


_KEYS = (
    PersonKey(
        "assessment.Response.subject", _("My answers about myself"), AtErasure.GOES, only=Q(rater=F("subject")),
        parts=(PersonPart("assessment.Rating"), PersonPart("assessment.Remark")), order=20,
    ),
    PersonKey(
        "assessment.Response.rater", _("My answers about others"), AtErasure.GOES, only=~Q(subject=F("rater")),
        parts=(PersonPart("assessment.Rating"), PersonPart("assessment.Remark")), order=21,
    ),
    # The answers of raters are in the report, in groups of five and more; one by one they are nobody's to read.
    PersonKey(
        "assessment.Round.subject", _("My 360s"), AtErasure.GOES, fields=("opens_on", "closes_on"),
        parts=(
            PersonPart("assessment.ThreeSixty"),
            PersonPart("assessment.Rater", fields=("relation", "name", "email")),
            PersonPart("assessment.Release"),
        ),
        opened=_comments, order=22,
    ),
    PersonKey(
        "assessment.Rater.person", _("Who asked me to answer about them, while that is open"), AtErasure.GOES,
        fields=("relation", "three_sixty"), order=23,
    ),
    PersonKey(
        "assessment.ThreeSixty.coach", _("360s in which I am the coach"), AtErasure.EMPTIED,
        fields=("state", "closed_at"), why=_("A 360 belongs to the person whom it is about."), order=24,
    ),
    PersonKey(
        "assessment.Exclusion.person", _("With whom I do not want to be put together"), AtErasure.GOES, order=25
    ),
    PersonKey(
        "assessment.Exclusion.other", _("Who does not want to be put together with me"), AtErasure.GOES,
        is_given=False, why=_("Whether somebody keeps apart from you is theirs alone."), order=25,
    ),
    PersonKey(
        "assessment.ReadinessMeeting.opened_by", _("Meetings that I opened"), AtErasure.EMPTIED,
        fields=("opened_at", "closed_at"), why=_TOGETHER, order=26,
    ),
    PersonKey(
        "assessment.Readiness.owner", _("What I promised to do for a unit's readiness"), AtErasure.EMPTIED,
        fields=("unit", "attribute", "status", "due_on", "agreed_at"), why=_TOGETHER, order=27,
    ),
    PersonKey(
        "assessment.Readiness.agreed_by", _("What I wrote down for a unit's readiness"), AtErasure.EMPTIED,
        fields=("unit", "attribute", "agreed_at"), why=_TOGETHER, order=28,
    ),
)  # fmt: skip


def register_person_data() -> None:
    """Register it; called once, at start."""
    for key, why in _LEAVES.items():
        leaving.register(Leaving(key, leaves=True, why=why))
    for entry in _KEYS:
        person_keys.register(entry)
    erasures.register(
        Erasure(
            "assessment",
            before=forget_rater,
            keeps=_(
                "What you answered about others, in 360s and in meetings. It is kept without your name, mixed with what"
                " others answered, and is part of their reports."
            ),
            order=20,
        )
    )
