"""What exchange holds of a person, what becomes of it at erasure, and which secrets go along when all is taken out."""

from django.utils.translation import gettext_lazy as _

from trellis.core.privacy import Privacy, PrivacyClass
from trellis.core.registry import (
    AtErasure,
    Erasure,
    Leaving,
    PersonKey,
    PrivacyEntry,
    erasures,
    leaving,
    person_keys,
    privacy_of_others,
)
from trellis.exchange.models import Delivery
from trellis.learning.models import CohortMember, SignUp
from trellis.people.models import Person

_LEAVES = {
    "exchange.CalendarFeed.digest": "It is the digest of a random secret: nobody can get in with it.",
    "exchange.ApiToken.digest": "It is the digest of a random secret: nobody can get in with it.",
    "exchange.DirectoryToken.digest": "It is the digest of a random secret: nobody can get in with it.",
    "exchange.DirectoryToken.digest_before": "It is the digest of a random secret: nobody can get in with it.",
    "exchange.Directory.sealed": "It is sealed by the site's own secret key, which is in no file.",
    "exchange.IssuerKey.sealed": "It is sealed by the site's own secret key, which is in no file.",
}
_COPY = "A copy must not speak for the site that it was made of: addresses are set up anew."
_OF_ALLAUTH = {
    "socialaccount.SocialApp": Privacy(PrivacyClass.SECRET, "not used: directories stand in its place"),
    "socialaccount.SocialAccount": Privacy(PrivacyClass.PERSONAL, "until its owner or the directory ends it"),
    "socialaccount.SocialToken": Privacy(PrivacyClass.SECRET, "not used: no token of a directory is kept"),
}
_ELSEWHERE = "A directory knows a copy as another site, so who signs in through it is recognized there anew."
_KEYS = (
    PersonKey(
        "exchange.SignedDocument.credential__person", _("My badges, as they are signed"), AtErasure.GOES,
        fields=("document", "signed_at"), order=34,
    ),
    PersonKey("exchange.ApiToken.person", _("Programs that may read for me"), AtErasure.GOES, order=70),
    PersonKey(
        "exchange.Webhook.made_by", _("Addresses that I had told of completions"), AtErasure.EMPTIED,
        fields=("unit", "created_at"), why=_("The address belongs to the unit."), order=73,
    ),
    PersonKey("exchange.ErasureRequest.person", _("My request to be erased"), AtErasure.GOES, order=71),
    PersonKey(
        "exchange.ErasureRequest.asked_by", _("People who left whom I asked to erase"), AtErasure.EMPTIED,
        fields=("asked_at",), why=_("The request stays until it is done."), order=72,
    ),
    PersonKey(
        "exchange.DirectoryEntry.person", _("What my affiliate's directory says of me"), AtErasure.GOES,
        fields=(
            "directory", "user_name", "external_id", "display_name", "emails", "is_active", "created_at", "changed_at",
        ), order=36,
    ),
    PersonKey(
        "socialaccount.SocialAccount.user", _("Accounts elsewhere by which I sign in"), AtErasure.GOES,
        fields=("provider", "uid", "date_joined", "last_login"), order=37,
    ),
    PersonKey(
        "exchange.Directory.made_by", _("Directories that I set up"), AtErasure.EMPTIED,
        fields=("unit", "created_at"), why=_("The directory is the affiliate's."), order=76,
    ),
    PersonKey(
        "exchange.DirectoryToken.made_by", _("Tokens of directories that I made"), AtErasure.EMPTIED,
        fields=("label", "created_at"), why=_("The token is the affiliate's."), order=75,
    ),
    PersonKey(
        "exchange.PeopleImport.made_by", _("Lists of members that I brought in"), AtErasure.EMPTIED,
        fields=("unit", "file", "state", "counts", "created_at", "ended_at"),
        why=_("What a list changed belongs to the unit's own records."), order=74,
    ),
    PersonKey("exchange.Transcript.person", _("Transcripts that I took"), AtErasure.GOES, order=35),
    PersonKey(
        "exchange.CalendarFeed.person", _("My calendar addresses"), AtErasure.GOES,
        fields=("unit", "is_plain", "created_at", "fetched_on"), order=70,
    ),
)  # fmt: skip


def register_person_data() -> None:
    """Register it; called once, at start."""
    for key, why in _LEAVES.items():
        leaving.register(Leaving(key, leaves=True, why=why))
    for key in ("exchange.Webhook", "exchange.Delivery"):
        leaving.register(Leaving(key, leaves=False, why=_COPY))
    leaving.register(Leaving("socialaccount.SocialAccount", leaves=False, why=_ELSEWHERE))
    for key in ("socialaccount.SocialApp", "socialaccount.SocialToken"):
        leaving.register(Leaving(key, leaves=False, why="It is empty: allauth has it, and Trellis does not use it."))
    for model, privacy in _OF_ALLAUTH.items():
        privacy_of_others.register(PrivacyEntry(key=model, privacy=privacy))
    for entry in _KEYS:
        person_keys.register(entry)
    erasures.register(
        Erasure(
            "exchange",
            before=_forget_deliveries,
            keeps=_(
                "That there was a badge, without whose or for what: its number in a list of badges that no longer hold,"
                " so that a copy of it can be told from a valid one."
            ),
            order=40,
        )
    )


def _forget_deliveries(person: Person) -> dict[str, int]:
    """Delete from the lists of messages those that were about a person."""
    about = [
        *(f"sign-up:{uid}" for uid in SignUp.objects.filter(person=person).values_list("uid", flat=True)),
        *(f"cohort-member:{uid}" for uid in CohortMember.objects.filter(person=person).values_list("uid", flat=True)),
    ]
    gone, _rows = Delivery.objects.filter(about__in=about).delete()
    return {"deliveries": gone}
