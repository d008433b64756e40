"""What learning holds of a person, what becomes of it at erasure, and which secrets go along when all is taken out."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.core.registry import AtErasure, Leaving, PersonKey, PersonPart, leaving, person_keys
from trellis.learning.models import Application


def _decided(person: Any) -> Callable[[Any], Mapping[str, Any]]:
    def opened(row: Any) -> Mapping[str, Any]:
        # Not before all applicants of the call are told.
        if not isinstance(row, Application) or row.call.decided_at is None:
            return {}
        return {"outcome": row.get_outcome_display(), "reason": row.reason, "decided_at": row.decided_at}

    return opened


_THEIRS = _("The application belongs to the person who sent it in.")
_RUNS = _("What was decided about members of a cohort stays with them.")
_KEYS = (
    PersonKey("learning.SignUp.person", _("Sessions that I signed up for"), AtErasure.GOES, order=40),
    PersonKey("learning.SessionLead.person", _("Sessions that I lead"), AtErasure.GOES, order=41),
    PersonKey(
        "learning.CohortMember.person", _("Programs that I take part in"), AtErasure.GOES,
        parts=(
            PersonPart("learning.Capstone"),
            PersonPart(
                "learning.CapstoneReading", fields=("sent_at", "passes", "comment"), only=Q(sent_at__isnull=False)
            ),
            PersonPart("learning.CapstoneScore", fields=("line", "value"), only=Q(reading__sent_at__isnull=False)),
        ),
        order=42,
    ),
    PersonKey(
        "learning.Application.person", _("Programs that I applied for"), AtErasure.GOES, opened=_decided,
        fields=("uid", "call", "code", "status", "begun_at", "changed_at", "sent_at"),
        parts=(
            PersonPart("learning.Answer"),
            PersonPart("learning.Endorsement", fields=("unit", "endorses", "words", "at")),
            PersonPart("learning.Offer"),
            # What readers wrote is given when all is decided, and without who they are.
            PersonPart(
                "learning.BlindReading",
                fields=("sent_at", "comment"),
                only=Q(application__call__decided_at__isnull=False),
            ),
            PersonPart(
                "learning.Score", fields=("criterion", "value"),
                only=Q(reading__application__call__decided_at__isnull=False),
            ),
        ),
        order=43,
    ),
    PersonKey("learning.News.person", _("Mails about programs that wait to be sent"), AtErasure.GOES, order=44),
    PersonKey(
        "learning.CallReader.person", _("Calls for which I read applications"), AtErasure.STOOD_IN,
        fields=("call", "since", "left_at"), parts=(PersonPart("learning.BlindReading", fields=("sent_at",)),),
        why=_("What you said of applications was part of a decision about others. It stays, without your name."),
        order=45,
    ),
    PersonKey(
        "learning.CapstoneReading.reader", _("Projects of others that I read"), AtErasure.STOOD_IN,
        fields=("assigned_at", "sent_at"), why=_("What you said of a project belongs to the person who did it."),
        order=46,
    ),
    PersonKey(
        "learning.Application.decided_by", _("Applications that I decided"), AtErasure.EMPTIED,
        fields=("decided_at",), why=_THEIRS, order=47,
    ),
    PersonKey(
        "learning.Endorsement.by", _("Applications that I endorsed"), AtErasure.EMPTIED, fields=("unit", "at"),
        why=_THEIRS, order=48,
    ),
    PersonKey(
        "learning.CohortMember.mentor", _("Members of programs whose mentor I am"), AtErasure.EMPTIED,
        fields=("cohort",), why=_RUNS, order=49,
    ),
    PersonKey(
        "learning.CohortMember.exception_by", _("Exceptions that I allowed"), AtErasure.EMPTIED, fields=("cohort",),
        why=_RUNS, order=50,
    ),
    PersonKey(
        "learning.CohortMember.completed_by", _("Completions that I noted"), AtErasure.EMPTIED,
        fields=("cohort", "completed_on"), why=_RUNS, order=51,
    ),
)  # fmt: skip


def register_person_data() -> None:
    """Register it; called once, at start."""
    leaving.register(
        Leaving("learning.Session.attendance_key", leaves=True, why="It is the code of one room, shown there for all.")
    )
    for entry in _KEYS:
        person_keys.register(entry)
