"""Writes of programmes: what they are, what they develop, the rubric of the capstone. Atomic, with an audit row."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.learning.models import CapstoneScore, Programme, ProgrammeCell, RubricLine
from trellis.learning.models.programme import LEAST_LINES, MOST_LINES
from trellis.learning.offering_actions import CellRef
from trellis.people.models import Person, Role, Unit


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to look for, with the words of its steps from 0 to 3."""

    title: str
    words: tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """All that staff say of a programme."""

    title: str
    description: str
    sessions_planned: int
    attend_least: int
    attend_first: bool
    has_capstone: bool
    capstone_task: str = ""
    roles: Sequence[Role] = ()
    cells: Sequence[CellRef] = ()
    rubric: Sequence[Line] = ()


@transaction.atomic
def create_programme(unit: Unit, facts: ProgrammeFacts, *, by: Person) -> Programme:
    """Make a programme of a unit; raises ValidationError for a rule that cannot be met or a rubric that does not do."""
    programme = Programme(unit=unit)
    _keep(programme, facts)
    _note(programme, "create", facts, by=by)
    return programme


@transaction.atomic
def change_programme(programme: Programme, facts: ProgrammeFacts, *, by: Person) -> Programme:
    """Change a programme; cohorts that have begun keep the rules they began with.

    Raises ValidationError as creating does, and when a rubric is changed by which capstones were read already.
    """
    programme = Programme.objects.select_for_update(of=("self",)).select_related("unit").get(pk=programme.pk)
    _keep(programme, facts)
    _note(programme, "change", facts, by=by)
    return programme


@transaction.atomic
def retire_programme(programme: Programme, *, retired: bool, by: Person) -> None:
    """Say that a programme is no longer offered, or take that back; its cohorts go on."""
    programme.retired_on = clock.today() if retired else None
    programme.save(update_fields=["retired_on"])
    audit.record(by=by, action="programme.retire", target=f"programme:{programme.uid}", detail={"retired": retired})


def _keep(programme: Programme, facts: ProgrammeFacts) -> None:
    if not 1 <= facts.attend_least <= facts.sessions_planned:
        raise ValidationError(_("Ask for at least one session, and for no more than there are."))
    if facts.has_capstone and not LEAST_LINES <= len(facts.rubric) <= MOST_LINES:
        raise ValidationError(
            _("A capstone is read against %(least)d to %(most)d lines.") % {"least": LEAST_LINES, "most": MOST_LINES}
        )
    for name in (
        "title", "description", "sessions_planned", "attend_least", "attend_first", "has_capstone", "capstone_task",
    ):  # fmt: skip
        setattr(programme, name, getattr(facts, name))
    programme.save()
    programme.roles.set(facts.roles)
    programme.cells.all().delete()
    ProgrammeCell.objects.bulk_create(
        ProgrammeCell(programme=programme, **cell._asdict()) for cell in dict.fromkeys(facts.cells)
    )
    _keep_rubric(programme, facts.rubric if facts.has_capstone else ())


def _keep_rubric(programme: Programme, lines: Sequence[Line]) -> None:
    kept = [Line(line.title, line.words) for line in programme.rubric.all()]
    if kept == list(lines):
        return
    if CapstoneScore.objects.filter(line__programme=programme).exists():
        raise ValidationError(_("Capstones were read by this rubric already, so it stays as it is."))
    programme.rubric.all().delete()
    RubricLine.objects.bulk_create(
        RubricLine(programme=programme, order=order, title=line.title, **step_words(line))
        for order, line in enumerate(lines, start=1)
    )


def step_words(line: Line) -> dict[str, str]:
    """Return the words of a line as the fields of a criterion."""
    return {f"words_{step}": words for step, words in enumerate(line.words)}


def _note(programme: Programme, what: str, facts: ProgrammeFacts, *, by: Person) -> None:
    audit.record(
        by=by,
        action=f"programme.{what}",
        target=f"programme:{programme.uid}",
        detail={"cells": len(facts.cells), "rubric": len(facts.rubric)},
    )
