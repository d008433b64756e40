"""Where the members of a cohort stand: attendance against the rule, the capstone, and whether both are enough."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trellis.core import clock
from trellis.learning.attendance_rule import Attendance, Reached, Rule, attendance
from trellis.learning.models import Capstone, CapstoneStatus, Cohort, CohortMember, CohortSession, SessionStatus, SignUp


@dataclass(frozen=True, slots=True)
class Progress:
    """One member's way: attendance, and the capstone if there is one."""

    member: CohortMember
    attendance: Attendance
    capstone: Capstone | None

    @property
    def has_passed(self) -> bool:
        """Whether the capstone is done, or none is asked for."""
        passed = self.capstone is not None and self.capstone.status == CapstoneStatus.PASSED
        return passed or not self.member.cohort.has_capstone

    @property
    def is_enough(self) -> bool:
        """Whether the rule is met and the capstone is done."""
        return self.attendance.reached == Reached.MET and self.has_passed


def rule_of(cohort: Cohort) -> Rule:
    """Return the attendance rule that the cohort began with."""
    return Rule(cohort.attend_least, cohort.sessions_planned, cohort.attend_first)


def sessions_of(cohort: Cohort) -> list[CohortSession]:
    """Return the sessions of a cohort that take or took place, the earliest first; one query."""
    found = cohort.sessions.filter(session__status=SessionStatus.PLANNED)
    return list(found.select_related("session__offering").order_by("session__starts_at", "pk"))


def progress_of(
    cohort: Cohort, members: Iterable[CohortMember], sessions: Sequence[CohortSession] | None = None
) -> list[Progress]:
    """Return where these members of one cohort stand, in the same order; `sessions` are its, where they are known.

    Three queries, two with the sessions.
    """
    members, now = list(members), clock.now()
    sessions = sessions_of(cohort) if sessions is None else sessions
    begun = [each.session for each in sessions if each.session.starts_at <= now]
    marks = {
        (person, session): came
        for person, session, came in SignUp.objects.filter(
            session__in=begun, person__in=[member.person_id for member in members]
        ).values_list("person_id", "session_id", "came")
    }
    capstones = {one.member_id: one for one in Capstone.objects.filter(member__in=members)}
    rule = rule_of(cohort)
    return [
        Progress(
            member,
            attendance(rule, [marks.get((member.person_id, session.pk)) for session in begun]),
            capstones.get(member.pk),
        )
        for member in members
    ]
