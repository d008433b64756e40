"""Cohorts: sessions with seats, where members stand, what they let each other see, leaving, mentors."""

import pytest
from django.core.exceptions import ValidationError

from tests.cast import Cast
from tests.learning import offerings
from tests.learning.programmes import stages
from trellis.learning.access import listed_offerings, visible_sessions
from trellis.learning.attendance_actions import mark_attendance
from trellis.learning.attendance_rule import Reached
from trellis.learning.cohort_access import mentored_places, own_places, run_cohorts, run_members, visible_cohorts
from trellis.learning.cohort_actions import change_sharing, drop_session, leave_cohort, link_session, set_mentor
from trellis.learning.cohort_progress import progress_of
from trellis.learning.models import CohortMember, CohortSession, PlanSharing, SessionStatus, SignUp
from trellis.learning.programme_queries import cohorts_of, completed_programmes

pytestmark = pytest.mark.usefixtures("framework")


def test_a_cohort_is_seen_by_its_members_and_by_who_runs_it(cast: Cast) -> None:
    cohort = stages.cohort(cast)
    assert list(visible_cohorts(cast.own)) == [cohort]
    assert list(run_cohorts(cast.state_staff)) == [cohort]
    for name in ("coached", "president", "coach", "state_staff", "neighbour"):
        assert not visible_cohorts(cast.viewer(name)).exists(), name
    for name in ("own", "president", "other_state_president", "steward"):
        assert not run_cohorts(cast.viewer(name)).exists(), name


def test_a_member_has_a_seat_in_what_is_planned_for_the_cohort_and_nobody_else_finds_it(cast: Cast) -> None:
    cohort = stages.cohort(cast)
    found = stages.session_in(cast, cohort, 7)
    assert found.session.sign_ups.get().person == cast.own
    assert found.session in visible_sessions(cast.own)
    assert found.session not in visible_sessions(cast.colleague)
    assert not listed_offerings(cast.own).filter(sessions=found.session).exists()
    assert [cell.cell_code for cell in found.session.offering.cells.all()] == ["ORG.5.L1"]


def test_all_sessions_of_a_programme_are_of_one_offering(cast: Cast) -> None:
    cohort = stages.cohort(cast)
    first, second = stages.session_in(cast, cohort, 7), stages.session_in(cast, cohort, 14)
    assert first.session.offering == second.session.offering


def test_a_session_of_the_catalogue_can_be_taken_in_when_there_are_seats(cast: Cast) -> None:
    cohort = stages.cohort(cast, ("own", "coached"))
    full = offerings.session(cast, "Alder", seats=1)
    with pytest.raises(ValidationError, match="1 free seats, and 2 are needed"):
        link_session(cohort, full, by=cast.state_staff)
    open_ = offerings.session(cast, "Alder", seats=5)
    found = link_session(cohort, open_, by=cast.state_staff)
    assert (found.title, open_.sign_ups.count()) == ("Listening first", 2)
    with pytest.raises(ValidationError, match="belongs to a cohort already"):
        link_session(cohort, open_, by=cast.state_staff)
    past = offerings.session(cast, "Alder", days=-3)
    with pytest.raises(ValidationError, match="has begun"):
        link_session(cohort, past, by=cast.state_staff)


def test_what_was_planned_for_the_cohort_alone_is_cancelled_when_it_is_taken_out(cast: Cast) -> None:
    cohort = stages.cohort(cast)
    own, linked = stages.session_in(cast, cohort, 7), offerings.session(cast, "Alder")
    drop_session(own, by=cast.state_staff)
    drop_session(link_session(cohort, linked, by=cast.state_staff), by=cast.state_staff)
    for session, status in ((own.session, SessionStatus.CANCELLED), (linked, SessionStatus.PLANNED)):
        session.refresh_from_db()
        assert session.status == status
    assert not CohortSession.objects.exists()
    with pytest.raises(ValidationError, match="has begun"):
        drop_session(stages.session_in(cast, cohort, -3), by=cast.state_staff)


def test_attendance_counts_what_is_marked_in_the_order_of_the_days(cast: Cast) -> None:
    cohort = stages.cohort(cast)
    stages.attended(cast, cohort, True, False)
    stages.session_in(cast, cohort, 7)
    [progress] = progress_of(cohort, [stages.member_of(cast, cohort)])
    assert progress.attendance.marks == (True, False)
    assert progress.attendance.said(to_self=True) == "1 of 2 so far; you cannot miss another."
    assert (progress.attendance.reached, progress.is_enough) == (Reached.OPEN, False)


def test_the_list_that_marks_who_came_is_the_one_of_the_catalogue(cast: Cast) -> None:
    cohort = stages.cohort(cast)
    found = stages.session_in(cast, cohort, -2)
    row = SignUp.objects.get(session=found.session, person=cast.own)
    mark_attendance(found.session, {row.pk: True}, by=cast.state_staff)
    [progress] = progress_of(cohort, [stages.member_of(cast, cohort)])
    assert progress.attendance.came == 1


def test_a_member_shows_nothing_until_they_say_so(cast: Cast) -> None:
    member = stages.member_of(cast, stages.cohort(cast))
    assert (member.shows_name, member.shares_plan) == (False, PlanSharing.NOTHING)
    change_sharing(member, shows_name=True, shares_plan=PlanSharing.GOALS, by=cast.own)
    member.refresh_from_db()
    assert (member.shows_name, member.shares_plan) == (True, PlanSharing.GOALS)
    for by, value in ((cast.state_staff, PlanSharing.STEPS), (cast.own, "everything")):
        with pytest.raises(ValidationError, match="one of the three"):
            change_sharing(member, shows_name=True, shares_plan=value, by=by)


def test_who_leaves_gives_back_the_seats_to_come_and_gets_them_again_when_they_are_back(cast: Cast) -> None:
    cohort = stages.cohort(cast)
    past, coming = stages.session_in(cast, cohort, -2), stages.session_in(cast, cohort, 5)
    member = stages.member_of(cast, cohort)
    leave_cohort(member, leaves=True, by=cast.state_staff)
    seats = dict(SignUp.objects.filter(person=cast.own).values_list("session", "status"))
    assert seats == {past.session_id: "seat", coming.session_id: "left"}
    assert not own_places(cast.own).exists()
    leave_cohort(member, leaves=False, by=cast.state_staff)
    assert SignUp.objects.get(session=coming.session).status == "seat"
    assert own_places(cast.own).exists()


def test_a_mentor_sees_whom_they_look_after_and_is_never_the_member(cast: Cast) -> None:
    member = stages.member_of(cast, stages.cohort(cast))
    set_mentor(member, cast.coach, by=cast.state_staff)
    assert list(mentored_places(cast.coach)) == [member]
    with pytest.raises(ValidationError, match="own mentor"):
        set_mentor(member, cast.own, by=cast.state_staff)
    set_mentor(member, None, by=cast.state_staff)
    assert not mentored_places(cast.coach).exists()


def test_who_runs_a_programme_decides_nothing_about_their_own_place(cast: Cast) -> None:
    cohort = stages.cohort(cast)
    CohortMember.objects.create(cohort=cohort, person=cast.state_staff)
    assert [member.person_id for member in run_members(cast.state_staff)] == [cast.own.pk]


def test_other_apps_ask_for_cohorts_and_for_what_was_completed(cast: Cast) -> None:
    cohort = stages.cohort(cast)
    assert [place.cohort for place in cohorts_of(cast.own)] == [cohort]
    assert not completed_programmes(cast.own).exists()
    CohortMember.objects.update(completed_on=stages.day(0), completed_by=cast.state_staff)
    [place] = completed_programmes(cast.own)
    assert [cell.cell_code for cell in place.cohort.programme.cells.all()] == ["ORG.5.L1"]
