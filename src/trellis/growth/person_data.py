"""What growth holds of a person, what becomes of it at erasure, and which secrets go along when all is taken out."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

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
from trellis.core.sealing import SealBrokenError
from trellis.growth.mentor_notes import read_words
from trellis.growth.models import MentorMeeting, Mentorship, OwnKey
from trellis.growth.own_words import own_words
from trellis.people.models import Person

_SEALED = "It is sealed by the site's own secret key, which is in no file."
_SECRETS = (
    "growth.OwnKey",
    "growth.Mentorship.key",
    "growth.Mentorship.mentor_thanks",
    "growth.Mentorship.mentee_thanks",
    "growth.MentorMeeting.notes",
)
_EVIDENCE = _("Evidence and what was said of it belong to the person whose it is. It stays, without your name.")


def _own(person: Person) -> Callable[[Any], Mapping[str, Any]]:
    words = own_words(person)

    def opened(row: Any) -> Mapping[str, Any]:
        try:
            return words.read(row.sealed) if hasattr(row, "sealed") else {}
        except SealBrokenError:
            return {}  # sealed under another secret of the site: nobody can read it any more

    return opened


def _of_two(person: Person) -> Callable[[Any], Mapping[str, Any]]:
    def opened(row: Any) -> Mapping[str, Any]:
        if isinstance(row, MentorMeeting):
            return _read(row.mentorship, {"notes": row.notes})
        if isinstance(row, Mentorship):
            return _read(row, {"mentor_thanks": row.mentor_thanks, "mentee_thanks": row.mentee_thanks})
        return {}

    return opened


def _read(mentorship: Mentorship, sealed: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        return {name: words for name, held in sealed.items() if (words := read_words(mentorship, held))}
    except SealBrokenError:
        return {}  # the key is forgotten


_MEETINGS = (PersonPart("growth.MentorMeeting"),)
_KEYS = (
    PersonKey(
        "growth.Plan.person", _("My plan"), AtErasure.GOES, opened=_own,
        parts=tuple(PersonPart(f"growth.{name}") for name in ("Goal", "Step", "CheckIn", "Reflection")), order=30,
    ),
    PersonKey(
        "growth.OwnKey.person", _("The key to my own words"), AtErasure.GOES, is_given=False,
        why=_("It is not a text: it opens those that you find above."), order=30,
    ),
    PersonKey("growth.Focus.person", _("What I work towards"), AtErasure.GOES, order=31),
    PersonKey(
        "growth.Evidence.person", _("My evidence"), AtErasure.GOES,
        parts=(
            PersonPart("growth.Reading", fields=("submission", "is_second", "decision", "comment", "read_at")),
            PersonPart("growth.ReadingAnswer"),
            PersonPart("growth.EvidenceEvent"),
        ),
        order=32,
    ),
    PersonKey("growth.Credential.person", _("My badges"), AtErasure.GOES, order=33),
    PersonKey("growth.PassedOver.person", _("Suggestions that I put aside"), AtErasure.GOES, order=34),
    PersonKey("growth.MentorOffer.person", _("My offer to be a mentor"), AtErasure.GOES, order=35),
    PersonKey("growth.MentorSearch.person", _("My search for a mentor"), AtErasure.GOES, order=36),
    PersonKey("growth.MentorAsk.mentee", _("Whom I asked to be my mentor"), AtErasure.GOES, order=37),
    PersonKey("growth.MentorAsk.mentor", _("Who asked me to be their mentor"), AtErasure.GOES, order=37),
    PersonKey(
        "growth.MentorSuggestion.mentee", _("Mentors who were suggested to me"), AtErasure.GOES,
        fields=("mentor", "state", "made_at", "lapses_on"), order=38,
    ),
    PersonKey(
        "growth.MentorSuggestion.mentor", _("To whom I was suggested as a mentor"), AtErasure.GOES, is_given=False,
        why=_("Whether somebody looks for a mentor is theirs, until they ask you."), order=38,
    ),
    PersonKey(
        "growth.MentorSuggestion.by", _("Mentors whom I suggested"), AtErasure.EMPTIED, fields=("made_at", "state"),
        why=_("A suggestion belongs to the person to whom it was made."), order=38,
    ),
    PersonKey("growth.Mentorship.mentee", _("My mentors"), AtErasure.GOES, parts=_MEETINGS, opened=_of_two, order=39),
    PersonKey(
        "growth.Mentorship.mentor", _("People whose mentor I am"), AtErasure.GOES, parts=_MEETINGS, opened=_of_two,
        order=39,
    ),
    PersonKey(
        "growth.Mentorship.ended_by", _("Mentorships that I ended"), AtErasure.EMPTIED, fields=("ended_at",),
        why=_("A mentorship belongs to both."), order=39,
    ),
    PersonKey(
        "growth.MentorMeeting.written_by", _("Notes that I wrote after meeting"), AtErasure.EMPTIED,
        fields=("held_on", "written_at"), why=_("What was written together belongs to both."), order=39,
    ),
    PersonKey(
        "growth.Evidence.sent_to", _("Evidence that was sent to me"), AtErasure.EMPTIED,
        fields=("cell_code", "submitted_at"), why=_EVIDENCE, order=60,
    ),
    PersonKey(
        "growth.Evidence.read_by", _("Evidence that I read"), AtErasure.EMPTIED, fields=("cell_code", "attested_on"),
        why=_EVIDENCE, order=61,
    ),
    PersonKey(
        "growth.Reading.reader", _("What I said of evidence"), AtErasure.EMPTIED,
        fields=("decision", "comment", "read_at"), why=_EVIDENCE, order=62,
    ),
    PersonKey(
        "growth.EvidenceEvent.by", _("What I did with evidence"), AtErasure.EMPTIED, fields=("what", "at"),
        why=_EVIDENCE, order=63,
    ),
)  # fmt: skip


def register_person_data() -> None:
    """Register it; called once, at start."""
    for key in _SECRETS:
        leaving.register(Leaving(key, leaves=True, why=_SEALED))
    for entry in _KEYS:
        person_keys.register(entry)
    erasures.register(Erasure("growth", before=_forget_key, order=5))


def _forget_key(person: Person) -> dict[str, int]:
    """Forget the key first: whatever is left in an old backup, nobody reads it again."""
    gone, _rows = OwnKey.objects.filter(person=person).delete()
    return {"own keys": gone}
