"""What a member does with evidence: send, mend and send again, withdraw. Each is atomic and leaves an audit row."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.core.uploads import check_file, known_as
from trellis.framework.models import Edition
from trellis.framework.tree import CellNode, EditionTree, ThemeNode
from trellis.growth.credential_actions import revoke_with_evidence
from trellis.growth.evidence_rules import parts_for
from trellis.growth.models import (
    Evidence,
    EvidenceEvent,
    EvidenceKind,
    EvidenceStatus,
    Happening,
    Revocation,
    SecondReading,
)
from trellis.growth.models.evidence import discard
from trellis.people.models import Person
from trellis.people.queries import coaches_of


@dataclass(frozen=True, slots=True)
class Content:
    """What a member says about one piece of evidence; of the pointers only the one of its kind is kept.

    `upload` is needed for the kind `file`, except when a file that was sent before stays.
    """

    kind: str
    part: str
    outcome: str
    link: str = ""
    upload: "UploadedFile[bytes] | None" = None
    credential: str = ""
    credential_by: str = ""
    credential_number: str = ""
    credential_on: dt.date | None = None


@transaction.atomic
def submit_evidence(
    tree: EditionTree,
    theme: ThemeNode,
    cell: CellNode,
    content: Content,
    *,
    to: Person | None,
    by: Person,
    renews: Evidence | None = None,
) -> Evidence:
    """Send evidence for a cell to a coach of the person's units, or with `to` None to any of them.

    With `renews` it takes the place of earlier evidence for the same theme and level when that one expires. Raises
    ValidationError for a part that does not support the level, somebody who is no coach of theirs, an earlier one that
    cannot be renewed, and FileRefusedError (a ValueError) for a file that is not taken.
    """
    if not cell.statements:
        raise ValidationError(_("This step has no statements yet, so nothing can be read against them."))
    if renews is not None:
        renews = Evidence.objects.select_for_update().get(pk=renews.pk)
        if not may_be_renewed(renews, by=by) or (renews.theme_uid, renews.level) != (theme.uid, cell.level):
            raise ValidationError(_("This evidence cannot be renewed."))
    evidence = Evidence(
        person=by,
        edition=Edition.objects.get(pk=tree.id),
        theme_uid=theme.uid,
        cell_uid=cell.uid,
        cell_code=cell.code,
        theme_code=theme.code,
        theme_name=theme.short,
        level=cell.level,
        renews=renews,
    )
    _send(evidence, content, to=to, by=by, what=Happening.SENT)
    return evidence


def may_be_renewed(evidence: Evidence, *, by: Person) -> bool:
    """Say whether the person may renew it: their own, attested (expired or not), and not renewed already."""
    return (
        evidence.person_id == by.pk
        and evidence.status == EvidenceStatus.ATTESTED
        and not evidence.renewals.exclude(status=EvidenceStatus.WITHDRAWN).exists()
    )


@transaction.atomic
def mend_evidence(evidence: Evidence, content: Content, *, to: Person | None, by: Person) -> Evidence:
    """Change evidence that was sent back, or that nobody has read yet, and send it again as a new submission.

    Raises what `submit_evidence` raises, and ValidationError when it is decided or withdrawn already.
    """
    evidence = _own(evidence, by=by)
    if not evidence.may_be_mended:
        raise ValidationError(_("This evidence cannot be changed any more."))
    evidence.status = EvidenceStatus.SUBMITTED
    evidence.submission += 1
    evidence.submitted_at = clock.now()
    _send(evidence, content, to=to, by=by, what=Happening.MENDED)
    return evidence


@transaction.atomic
def withdraw_evidence(evidence: Evidence, *, by: Person) -> None:
    """Take evidence back: from now on it supports nothing, and what it pointed at is deleted; its history stays.

    A credential that stands on it is revoked.
    """
    evidence = _own(evidence, by=by)
    if evidence.status == EvidenceStatus.WITHDRAWN:
        return
    discard(evidence.file.name)
    evidence.status = EvidenceStatus.WITHDRAWN
    evidence.second = SecondReading.NONE
    _forget_pointers(evidence)
    evidence.save()
    EvidenceEvent.objects.create(evidence=evidence, by=by, what=Happening.WITHDRAWN)
    revoke_with_evidence(evidence, Revocation.WITHDRAWN, by=by)
    audit.record(by=by, action="growth.evidence.withdraw", target=f"evidence:{evidence.uid}")


def _own(evidence: Evidence, *, by: Person) -> Evidence:
    return Evidence.objects.select_for_update().get(pk=evidence.pk, person=by)


def _send(evidence: Evidence, content: Content, *, to: Person | None, by: Person, what: Happening) -> None:
    if content.part not in parts_for(evidence.level):
        raise ValidationError(_("This part in it does not support the level."))
    if to is not None and to not in coaches_of(by):
        raise ValidationError(_("Choose a coach of your worksite or local."))
    evidence.part, evidence.outcome = content.part, content.outcome
    evidence.sent_to, evidence.any_coach = to, to is None
    stored = _point(evidence, content)
    try:
        evidence.save()
        EvidenceEvent.objects.create(evidence=evidence, by=by, what=what)
        audit.record(
            by=by,
            action="growth.evidence.send",
            target=f"evidence:{evidence.uid}",
            detail={"cell": evidence.cell_code, "kind": evidence.kind, "submission": evidence.submission},
        )
    except BaseException:
        # The database forgets by itself what did not succeed; the disk does not.
        if stored:
            evidence.file.storage.delete(stored)
        raise


def _point(evidence: Evidence, content: Content) -> str:
    """Keep the pointer of the content's kind, and none of another; returns the name of a file that is new."""
    kept = evidence.file.name, evidence.file_name, evidence.file_type, evidence.file_size
    _forget_pointers(evidence)
    evidence.kind = content.kind
    if content.kind == EvidenceKind.FILE and content.upload is None and kept[0]:
        evidence.file.name, evidence.file_name, evidence.file_type, evidence.file_size = kept
        return ""
    discard(kept[0])
    if content.kind == EvidenceKind.LINK:
        evidence.link = content.link
    elif content.kind == EvidenceKind.CREDENTIAL:
        evidence.credential, evidence.credential_by = content.credential, content.credential_by
        evidence.credential_number, evidence.credential_on = content.credential_number, content.credential_on
    elif content.kind == EvidenceKind.FILE and content.upload is not None:
        upload = content.upload
        kind = check_file(upload)
        evidence.file_name, evidence.file_type = known_as(upload.name or ""), kind.ending
        evidence.file_size = upload.size or 0
        evidence.file.save("", upload, save=False)
        return str(evidence.file.name)
    return ""


def _forget_pointers(evidence: Evidence) -> None:
    evidence.link = evidence.credential = evidence.credential_by = evidence.credential_number = ""
    evidence.credential_on = evidence.tool_uid = None
    evidence.file.name = evidence.file_name = evidence.file_type = ""
    evidence.file_size = 0
