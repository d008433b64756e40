"""Running a plan: by learning's own actions, all or nothing, with its audit rows."""

from pathlib import Path

import pytest

from tests.cast import Cast
from tests.exchange.catalogue.sheets_made import plan_of, table
from trellis.core.models import AuditEntry
from trellis.exchange.catalogue.actions import Done, run_plan
from trellis.exchange.catalogue.planning import Answers
from trellis.exchange.tables.place import TableError
from trellis.learning.actions import cancel_session, sign_up
from trellis.learning.models import Letter, Offering, OfferingStatus, Session, SessionStatus

pytestmark = pytest.mark.usefixtures("framework")


def test_what_the_plan_says_is_stored_for_the_unit_with_audit_rows(cast: Cast, tmp_path: Path) -> None:
    done = run_plan(plan_of(table(tmp_path), cast), by=cast.president)
    assert done == Done(2, 2, 0, 0)
    story = Offering.objects.get(key="T-1")
    assert (story.unit, story.minutes, story.status) == (cast.unit("Riverside"), 90, OfferingStatus.DRAFT)
    assert list(story.cells.values_list("cell_code", flat=True)) == ["ORG.5.L1", "SEI.3.L1"]
    assert list(story.sessions.values_list("key", "seats", "place")) == [
        ("T-1-A", 20, "Hall"),
        ("T-1-B", None, "Library"),
    ]
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions.count("learning.offering.save") == 2
    assert actions.count("learning.session.plan") == 2
    last = AuditEntry.objects.latest("pk")
    assert (last.action, last.actor) == ("exchange.catalogue.import", str(cast.president.uid))
    assert last.detail == {"offerings": [2, 0], "sessions": [2, 0]}


def test_running_the_same_file_twice_leaves_no_trace_the_second_time(cast: Cast, tmp_path: Path) -> None:
    run_plan(plan_of(table(tmp_path), cast), by=cast.president)
    before = AuditEntry.objects.count()
    assert run_plan(plan_of(table(tmp_path), cast), by=cast.president) == Done(0, 0, 0, 0)
    assert AuditEntry.objects.count() == before


def test_new_offerings_can_go_into_the_catalogue_at_once_and_leave_it_later(cast: Cast, tmp_path: Path) -> None:
    run_plan(plan_of(table(tmp_path), cast, answers=Answers("UTC", lists_new=True)), by=None)
    assert set(Offering.objects.values_list("status", flat=True)) == {OfferingStatus.LISTED}
    plan = plan_of(table(tmp_path, [("T-1", "No longer offered")], ("Number", "In the catalog")), cast)
    run_plan(plan, by=None)
    assert Offering.objects.get(key="T-1").status == OfferingStatus.RETIRED


def test_a_cancelled_session_is_cancelled_and_who_has_a_seat_is_told(cast: Cast, tmp_path: Path) -> None:
    run_plan(plan_of(table(tmp_path), cast, answers=Answers("UTC", lists_new=True)), by=None)
    session = Session.objects.get(key="T-1-A")
    sign_up(session, person=cast.own, by=cast.own)
    before = Letter.objects.count()
    run_plan(plan_of(table(tmp_path, [("T-1-A", "cancelled")], ("Session number", "Session status")), cast), by=None)
    session.refresh_from_db()
    assert (session.status, session.revision) == (SessionStatus.CANCELLED, 1)
    assert Letter.objects.count() == before + 1


def test_when_one_step_cannot_be_done_nothing_is_and_its_row_is_named(cast: Cast, tmp_path: Path) -> None:
    run_plan(plan_of(table(tmp_path), cast), by=None)
    rows = [("T-9", "New", "1 h", "", ""), ("T-1", "", "", "T-1-A", "Another hall")]
    plan = plan_of(table(tmp_path, rows, ("Number", "Title", "Length", "Session number", "Place")), cast)
    cancel_session(Session.objects.get(key="T-1-A"), by=None)
    with pytest.raises(TableError, match=r"^list, row 3: This session is cancelled"):
        run_plan(plan, by=None)
    assert not Offering.objects.filter(key="T-9").exists()
