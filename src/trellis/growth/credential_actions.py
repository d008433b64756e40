"""Awards and what becomes of them: asked for by their holder, shown, taken back. Each atomic, with an audit row."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.growth.credential_rules import supports_a_credential
from trellis.growth.models import Credential, CredentialKind, Evidence, Revocation, ShownName
from trellis.learning.models import CohortMember
from trellis.learning.programme_queries import completed_programmes
from trellis.people.models import Person

_BY_THE_ASSOCIATION = (Revocation.MISTAKE, Revocation.UNTRUE)


@transaction.atomic
def award_cell(evidence: Evidence, *, by: Person) -> Credential:
    """Award the evidence's cell to its owner, who asks for it.

    Raises ValidationError when the evidence is somebody else's, does not count today, is in dispute, or has its award.
    """
    found = Evidence.objects.select_for_update(of=("self",)).select_related("edition").get(pk=evidence.pk)
    if found.person_id != by.pk or not supports_a_credential(found) or found.attested_on is None:
        raise ValidationError(_("This evidence does not support a badge today."))
    if found.credentials.filter(revoked_at=None).exists():
        raise ValidationError(_("There is a badge for this evidence already."))
    credential = Credential.objects.create(
        person=by,
        kind=CredentialKind.CELL,
        evidence=found,
        edition=found.edition,
        theme_uid=found.theme_uid,
        cell_uid=found.cell_uid,
        cell_code=found.cell_code,
        level=found.level,
        title=found.theme_name,
        earned_on=found.attested_on,
        valid_until=found.expires_on,
    )
    _record(credential, "award", by=by, detail={"cell": found.cell_code})
    return credential


@transaction.atomic
def award_programme(place: CohortMember, *, by: Person) -> Credential:
    """Award a programme to who has completed it in a cohort and asks for it.

    Raises ValidationError when the place is somebody else's or not completed, or the programme has its award.
    """
    found = completed_programmes(by).filter(pk=place.pk).first()
    if found is None or found.completed_on is None:
        raise ValidationError(_("This program is not completed."))
    programme = found.cohort.programme
    if Credential.objects.filter(person=by, programme_uid=programme.uid, revoked_at=None).exists():
        raise ValidationError(_("There is a badge for this program already."))
    credential = Credential.objects.create(
        person=by,
        kind=CredentialKind.PROGRAMME,
        programme_uid=programme.uid,
        title=programme.title,
        earned_on=found.completed_on,
    )
    _record(credential, "award", by=by, detail={"programme": str(programme.uid)})
    return credential


@transaction.atomic
def show_credential(credential: Credential, *, public: bool, name: str, outcome: bool, by: Person) -> Credential:
    """Set what others see of the holder's own credential, from this moment.

    Raises ValidationError for a name that is no value of ShownName, and for an outcome where there is no evidence.
    """
    found = Credential.objects.select_for_update().get(pk=credential.pk, person=by)
    if name not in ShownName.values or (outcome and found.kind != CredentialKind.CELL):
        raise ValidationError(_("Choose one of these."))
    found.is_public, found.shown_name, found.shows_outcome = public, name, outcome
    found.save(update_fields=["is_public", "shown_name", "shows_outcome"])
    _record(found, "show", by=by, detail={"public": public, "name": name, "outcome": outcome})
    return found


@transaction.atomic
def revoke_own(credential: Credential, *, by: Person) -> None:
    """Take one's own credential back; does nothing when it is taken back already."""
    _revoke(Credential.objects.filter(pk=credential.pk, person=by), Revocation.HOLDER, by=by)


@transaction.atomic
def revoke_for_association(credential: Credential, why: str, *, by: Person) -> None:
    """Take somebody's credential back; it must come from `credential_access.credentials_to_take_back(by)`.

    Raises ValidationError for a reason that is not the association's.
    """
    if why not in _BY_THE_ASSOCIATION:
        raise ValidationError(_("Choose one of these."))
    _revoke(Credential.objects.filter(pk=credential.pk).exclude(person=by), Revocation(why), by=by)


@transaction.atomic
def revoke_with_evidence(evidence: Evidence, why: Revocation, *, by: Person) -> None:
    """Take back what stands on evidence that supports nothing any more."""
    _revoke(Credential.objects.filter(evidence=evidence), why, by=by)


def _revoke(found: QuerySet[Credential], why: Revocation, *, by: Person) -> None:
    for credential in found.filter(revoked_at=None).select_for_update():
        credential.revoked_at, credential.revoked_why = clock.now(), why
        credential.save(update_fields=["revoked_at", "revoked_why"])
        _record(credential, "revoke", by=by, detail={"why": why.value})


def _record(credential: Credential, what: str, *, by: Person, detail: dict[str, object]) -> None:
    audit.record(by=by, action=f"growth.credential.{what}", target=f"credential:{credential.uid}", detail=detail)
