"""Evidence of the fictional association: pieces in every state, and enough double readings to say how alike."""

import datetime as dt
import random
import uuid
from pathlib import Path
from typing import Any

import yaml
from django.core.files.base import ContentFile

from trellis.core import audit
from trellis.framework.models import Edition
from trellis.framework.queries import edition_tree
from trellis.framework.tree import CellNode, EditionTree
from trellis.growth.evidence_rules import Shown, last_day, may_attest
from trellis.growth.models import (
    Decision,
    Evidence,
    EvidenceEvent,
    EvidenceKind,
    EvidenceStatus,
    Happening,
    Reading,
    ReadingAnswer,
    SecondReading,
)
from trellis.people.actions import grant_term
from trellis.people.demo.cast import cast_member
from trellis.people.models import Person, Role, Term
from trellis.people.queries import people_of

_FILE = Path(__file__).parent / "data" / "demo_evidence.yaml"
_TERM = dt.date(2024, 7, 1)
# How often a second reader says the same of a statement as the first one.
_ALIKE = 0.8
_SECONDS = {
    "second": SecondReading.WAITING,
    "agreed": SecondReading.AGREED,
    "differ": SecondReading.DIFFER,
    "kept": SecondReading.KEPT,
}
_STATUS = {"submitted": EvidenceStatus.SUBMITTED, "returned": EvidenceStatus.RETURNED}


def load_evidence(rng: random.Random, edition: Edition) -> None:
    """Store the pieces and their readings; does nothing where the cast's coach is not there."""
    coach = _cast("coach")
    term = Term.objects.filter(person=coach, role__code="coach").select_related("unit").first()
    if coach is None or term is None:
        return
    named = {
        member.pk for key in ("building-representative", "local-president", "new-member") if (member := _cast(key))
    }
    others = list(people_of(term.unit).exclude(pk__in=named | {coach.pk}).order_by("pk"))
    rng.shuffle(others)
    second = next(person for person in others if not person.terms.exists())
    others.remove(second)
    grant_term(person=second, role=Role.objects.get(code="coach"), unit=term.unit, starts=_TERM, by=None)
    writer = _Writer(rng, edition, coach, second)
    for item in yaml.safe_load(_FILE.read_text(encoding="utf-8")):
        owner = _cast(item["from"]) if "from" in item else others.pop()
        if owner is not None and item["cell"] in writer.tree.cell_by_code:
            writer.write(item, owner)
    audit.record(by=None, action="growth.evidence.demo", target=f"unit:{term.unit.uid}")


def _cast(key: str) -> Person | None:
    member = cast_member(key)
    return Person.objects.filter(email=member.email).first() if member else None


class _Writer:
    """Stores one piece after the other, with what happened to it, all on days that are over."""

    def __init__(self, rng: random.Random, edition: Edition, coach: Person, second: Person) -> None:
        self.tree: EditionTree = edition_tree(edition)
        self._rng = rng
        self._edition = edition
        self._readers = (coach, second)

    def write(self, item: dict[str, Any], owner: Person) -> None:
        """Store a piece, its readings and its history."""
        state = item["state"]
        sent = dt.datetime(2026, 9, self._rng.randint(1, 28), self._rng.randint(8, 19), 15, tzinfo=dt.UTC)
        read = sent + dt.timedelta(days=self._rng.randint(2, 9), hours=1)
        # What waits for the cast's coach to read again was first read by the other one.
        first, second = self._readers[::-1] if state == "second" else self._readers
        evidence = self._piece(item, owner, sent)
        cell = self.tree.cell_by_code[evidence.cell_code]
        if state in _SECONDS or state == "attested":
            evidence.status, evidence.second = EvidenceStatus.ATTESTED, _SECONDS.get(state, SecondReading.NONE)
            evidence.attested_on, evidence.expires_on = read.date(), last_day(read.date())
        if state != "submitted":
            evidence.read_by = first
        elif "from" in item:
            evidence.any_coach, evidence.sent_to = False, first
        evidence.save()
        self._tell(evidence, owner, sent, Happening.SENT)
        if state == "submitted":
            return
        answers = self._answers(cell, attest=state != "returned")
        self._reading(evidence, cell, first, read, answers, comment=item.get("comment", ""))
        if state in ("agreed", "differ", "kept"):
            self._again(evidence, cell, second, read + dt.timedelta(days=6), answers, agrees=state == "agreed")
        if state == "kept":
            said = "We looked at it together: the minutes show it."
            self._tell(evidence, first, read + dt.timedelta(days=8), Happening.KEPT, said)

    def _piece(self, item: dict[str, Any], owner: Person, sent: dt.datetime) -> Evidence:
        cell = self.tree.cell_by_code[item["cell"]]
        theme = self.tree.theme_by_code[item["cell"].rpartition(".")[0]]
        evidence = Evidence(
            uid=uuid.UUID(int=self._rng.getrandbits(128), version=4),
            person=owner,
            edition=self._edition,
            theme_uid=theme.uid,
            cell_uid=cell.uid,
            cell_code=cell.code,
            theme_code=theme.code,
            theme_name=theme.short,
            level=cell.level,
            kind=EvidenceKind.LINK,
            part=item["part"],
            outcome=item["outcome"],
            link=item.get("link", ""),
            any_coach=True,
            status=_STATUS.get(item["state"], EvidenceStatus.SUBMITTED),
            submitted_at=sent,
        )
        if "credential" in item:
            evidence.kind, evidence.credential = EvidenceKind.CREDENTIAL, item["credential"]
            evidence.credential_by = item["credential_by"]
            evidence.credential_number = item.get("credential_number", "")
        elif "file" in item:
            content = item["content"].encode()
            evidence.kind, evidence.file_name = EvidenceKind.FILE, item["file"]
            evidence.file_type, evidence.file_size = "txt", len(content)
            evidence.file.save("", ContentFile(content), save=False)
        return evidence

    def _answers(self, cell: CellNode, *, attest: bool) -> list[int]:
        """Draw what a reader finds, as often as it takes to fit the decision."""
        while True:
            weights = (1, 3, 8) if attest else (4, 4, 2)
            drawn = [self._rng.choices(list(Shown), weights)[0].value for _ in cell.statements]
            asked = [statement.uid for statement in cell.statements]
            if may_attest(dict(zip(asked, drawn, strict=True)), asked) == attest:
                return drawn

    def _again(
        self, evidence: Evidence, cell: CellNode, by: Person, at: dt.datetime, first: list[int], *, agrees: bool
    ) -> None:
        asked = [statement.uid for statement in cell.statements]
        for _ in range(50):
            near = [
                answer if self._rng.random() < _ALIKE else max(0, min(2, answer + self._rng.choice((-1, 1))))
                for answer in first
            ]
            if may_attest(dict(zip(asked, near, strict=True)), asked) == agrees:
                break
        else:
            near = self._answers(cell, attest=agrees)
        comment = "" if agrees else "I read what is planned, and not yet what was done."
        self._reading(evidence, cell, by, at, near, comment=comment, is_second=True, attest=agrees)

    def _reading(
        self, evidence: Evidence, cell: CellNode, by: Person, at: dt.datetime, answers: list[int], *,
        comment: str, is_second: bool = False, attest: bool | None = None,
    ) -> None:  # fmt: skip
        attest = evidence.status == EvidenceStatus.ATTESTED if attest is None else attest
        reading = Reading.objects.create(
            evidence=evidence, submission=1, is_second=is_second, reader=by, comment=comment, read_at=at,
            decision=Decision.ATTEST if attest else Decision.RETURN,
        )  # fmt: skip
        ReadingAnswer.objects.bulk_create(
            ReadingAnswer(
                reading=reading, statement_uid=statement.uid, statement_version=statement.version, shown=shown
            )
            for statement, shown in zip(cell.statements, answers, strict=True)
        )
        if is_second:
            what = Happening.AGREED if attest else Happening.DIFFERED
        else:
            what = Happening.ATTESTED if attest else Happening.RETURNED
        self._tell(evidence, by, at, what, comment)

    def _tell(self, evidence: Evidence, by: Person, at: dt.datetime, what: Happening, comment: str = "") -> None:
        EvidenceEvent.objects.create(evidence=evidence, by=by, at=at, what=what, comment=comment)
