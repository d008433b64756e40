"""A plan as PDF, for paper and for a talk; what only its owner sees is in it as far as they tick it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trellis.core import clock, pdf
from trellis.growth.models import CheckIn, GoalStatus, Reflection, Step
from trellis.growth.own_plan_queries import OwnPlan
from trellis.growth.own_words import OwnWords
from trellis.growth.progress import GoalView
from trellis.growth.progress_words import progress_words
from trellis.growth.report import next_words
from trellis.people.models import Person
from trellis.people.queries import Place

_TEMPLATE = Path(__file__).parent / "data" / "plan.typ"


@dataclass(frozen=True, slots=True)
class Private:
    """What of the private goes into it: the why and reasons, notes on steps, entries of the journal."""

    why: bool = False
    notes: bool = False
    entries: tuple[CheckIn | Reflection, ...] = ()


def plan_report(person: Person, place: Place, own: OwnPlan, private: Private) -> bytes:
    """Return the person's own plan as a tagged PDF."""
    view = own.view
    return pdf.render(
        _TEMPLATE,
        {
            "lang": (get_language() or "en")[:2],
            "title": _("My plan: %(name)s") % {"name": person.name},
            "name": person.name,
            "place": str(place),
            "as_of": date_format(clock.today(), "DATE_FORMAT"),
            "why": [own.why[name] for name in ("why", "what", "for_whom") if own.why.get(name)] if private.why else [],
            "next": {**next_words(own.next), "when": _day(own.next.step) if own.next.step else ""}
            if own.next
            else None,
            "goals": [_goal(each, own.words, private) for each in (*view.going, *view.paused, *view.reached)],
            "journal": [_entry(each, own.words) for each in sorted(private.entries, key=_at, reverse=True)],
            "top": own.tree.top if own.tree else 3,
            "words": {
                "why": _("Why I do this"),
                "next": _("What next"),
                "journal": _("Journal"),
                "done": _("done"),
                "foot": _("My plan"),
            },
        },
    )


def _at(entry: CheckIn | Reflection) -> Any:
    return entry.at


def _goal(view: GoalView, words: OwnWords, private: Private) -> dict[str, Any]:
    goal = view.goal
    state = ""
    if goal.status == GoalStatus.REACHED and goal.reached_on:
        state = _("reached on %(day)s") % {"day": date_format(goal.reached_on, "DATE_FORMAT")}
    elif goal.status == GoalStatus.PAUSED:
        state = _("paused")
    return {
        "name": goal.theme_name,
        "level": goal.target_level,
        "to": _("to level %(level)d") % {"level": goal.target_level},
        "state": state,
        "progress": progress_words(len(view.done), view.whole),
        "reason": (view.own_reason if private.why else "") or goal.reason,
        "steps": [_step(step, words, private) for step in (*view.done, *view.waiting)],
    }


def _step(step: Step, words: OwnWords, private: Private) -> dict[str, Any]:
    said = words.read(step.sealed) if private.notes else {}
    beside = [_("with %(whom)s") % {"whom": said["with_whom"]}] if said.get("with_whom") else []
    return {
        "text": step.text,
        "done": step.done_at is not None,
        "when": _day(step),
        "notes": [*beside, *([said["notes"]] if said.get("notes") else [])],
    }


def _day(step: Step) -> str:
    if step.done_at is not None:
        return _("done %(day)s") % {"day": date_format(timezone.localdate(step.done_at), "DATE_FORMAT")}
    return _("by %(day)s") % {"day": date_format(step.due_on, "DATE_FORMAT")} if step.due_on else ""


def _entry(entry: CheckIn | Reflection, words: OwnWords) -> dict[str, Any]:
    said = words.read(entry.sealed)
    kind = _("Check-in") if isinstance(entry, CheckIn) else _("Reflection")
    return {
        "day": date_format(timezone.localdate(entry.at), "DATE_FORMAT"),
        "kind": kind,
        "said": [text for name in ("text", "did", "hindered", "next") if (text := said.get(name))],
    }
