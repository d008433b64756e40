"""Where a member of a cohort stands against the attendance rule, and the words for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Reached(StrEnum):
    """Whether the rule is met, can still be met, or no longer can."""

    MET = "met"
    OPEN = "open"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Rule:
    """So many sessions of so many planned, and whether the first one must be among them."""

    least: int
    planned: int
    first: bool


@dataclass(frozen=True, slots=True)
class Attendance:
    """What is known of one member: `came` of each session held so far, in order; None where nobody has marked it."""

    rule: Rule
    marks: tuple[bool | None, ...]

    @property
    def came(self) -> int:
        """How many sessions they came to."""
        return sum(mark is True for mark in self.marks)

    @property
    def held(self) -> int:
        """How many sessions are marked."""
        return sum(mark is not None for mark in self.marks)

    @property
    def spare(self) -> int:
        """How many more sessions they can miss; below 0 when it is too late."""
        missed = sum(mark is False for mark in self.marks)
        return max(self.rule.planned, len(self.marks)) - missed - self.rule.least

    @property
    def missed_first(self) -> bool:
        """Whether they missed the first session although it has to be among them."""
        return self.rule.first and bool(self.marks) and self.marks[0] is False

    @property
    def reached(self) -> Reached:
        """Where it stands."""
        if self.missed_first or self.spare < 0:
            return Reached.LOST
        has_first = not self.rule.first or (bool(self.marks) and self.marks[0] is True)
        return Reached.MET if self.came >= self.rule.least and has_first else Reached.OPEN

    def said(self, *, to_self: bool) -> str:
        """Say it in words, to the member or about them: "4 of 5 so far; you can miss one more"."""
        if not self.held:
            return _("Nothing marked yet.")
        so_far = _("%(came)d of %(held)d so far") % {"came": self.came, "held": self.held}
        if self.reached == Reached.MET:
            return _("%(so_far)s: that is enough.") % {"so_far": so_far}
        if self.missed_first:
            return _("%(so_far)s, but the first session has to be one of them.") % {"so_far": so_far}
        if self.reached == Reached.LOST:
            return _("%(so_far)s; %(least)d can no longer be reached.") % {"so_far": so_far, "least": self.rule.least}
        return f"{so_far}; {self._spare_said(to_self=to_self)}"

    def _spare_said(self, *, to_self: bool) -> str:
        spare = {"count": self.spare}
        if to_self:
            if not self.spare:
                return _("you cannot miss another.")
            return ngettext("you can miss one more.", "you can miss %(count)d more.", self.spare) % spare
        if not self.spare:
            return _("cannot miss another.")
        return ngettext("can miss one more.", "can miss %(count)d more.", self.spare) % spare


def rule_said(rule: Rule) -> str:
    """Say the rule in words: "At least 5 of 6 sessions, the first among them"."""
    least = {"least": rule.least, "planned": rule.planned}
    if rule.least >= rule.planned:
        return ngettext("The one session", "All %(planned)d sessions", rule.planned) % least
    if rule.first:
        return _("At least %(least)d of %(planned)d sessions, the first among them") % least
    return _("At least %(least)d of %(planned)d sessions") % least


def attendance(rule: Rule, marks: Sequence[bool | None]) -> Attendance:
    """Return where somebody stands; `marks` are those of the sessions that have begun, the earliest first."""
    return Attendance(rule, tuple(marks))
