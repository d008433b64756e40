"""A credential as an Open Badges 3.0 document, before it is signed."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from trellis.exchange.badges.achievements import cell_achievement, level_id, place_of, programme_achievement
from trellis.exchange.badges.addresses import absolute
from trellis.exchange.badges.issuer import issuer_profile
from trellis.exchange.badges.moments import end_of, written
from trellis.growth.credential_access import programmes_with_badges
from trellis.growth.models import Credential, Evidence

CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
]
_SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"


def achievement_of(credential: Credential) -> dict[str, Any]:
    """Return what the credential is for, in the site's own language."""
    if credential.programme_uid is not None:
        return programme_achievement(programmes_with_badges().get(uid=credential.programme_uid))
    with override(settings.LANGUAGE_CODE):
        place = place_of(credential)
    if place is None:
        raise LookupError("a credential is for a cell or a programme")
    return cell_achievement(*place)


def document_of(credential: Credential, *, subject: dict[str, Any], status: dict[str, Any]) -> dict[str, Any]:
    """Return the whole document: what was achieved, by whom (see subject_of), and where to ask for its status."""
    achievement = achievement_of(credential)
    document: dict[str, Any] = {
        "@context": CONTEXTS,
        "id": absolute("badges:credential", uid=credential.uid),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": achievement["name"],
        "issuer": issuer_profile(),
        "validFrom": written(credential.issued_at),
        "credentialSubject": {"type": ["AchievementSubject"], **subject, "achievement": achievement},
        "credentialSchema": [{"id": _SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
        "credentialStatus": status,
    }
    if credential.valid_until is not None:
        document["validUntil"] = written(end_of(credential.valid_until))
    if credential.level is not None:
        document["credentialSubject"]["result"] = [
            {
                "type": ["Result"],
                "resultDescription": achievement["resultDescription"][0]["id"],
                "achievedLevel": level_id(achievement["id"], credential.level),
            }
        ]
    if credential.evidence is not None:
        document["evidence"] = [_pointer(credential.evidence)]
    return document


def _pointer(evidence: Evidence) -> dict[str, Any]:
    """A way to the evidence for those who may see it: what it is stays behind sign-in."""
    with override(settings.LANGUAGE_CODE):
        return {
            "id": absolute("growth:evidence-one", uid=evidence.uid),
            "type": ["Evidence"],
            "name": _("Evidence, read by a coach"),
            "narrative": _("Only its owner can open it, after signing in."),
        }
