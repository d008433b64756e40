"""Programmes and calls: what makes one, what opens it, and what cannot be undone."""

import pytest
from django.core.exceptions import ValidationError

from tests.cast import Cast
from tests.learning.programmes import stages
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.learning.call_actions import change_call, close_call, create_call, move_days, open_call, take_back_call
from trellis.learning.call_counts import counts_of, waits_for
from trellis.learning.models import CallStatus
from trellis.learning.programme_actions import change_programme, create_programme, retire_programme

pytestmark = pytest.mark.usefixtures("framework")


def test_a_programme_knows_its_cells_its_rule_and_its_rubric(cast: Cast) -> None:
    programme = stages.programme(cast)
    cell = programme.cells.get()
    assert (cell.cell_code, cell.level) == ("ORG.5.L1", 1)
    assert [(line.order, line.title, line.words) for line in programme.rubric.all()] == [
        (order, line.title, line.words) for order, line in enumerate(stages.LINES, start=1)
    ]


@pytest.mark.parametrize("more", [{"attend_least": 4}, {"attend_least": 0}, {"rubric": stages.LINES[:2]}])
def test_a_rule_that_cannot_be_met_and_a_thin_rubric_are_refused(cast: Cast, more: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        create_programme(cast.unit("Alder"), stages.programme_facts(**more), by=cast.state_staff)


def test_without_a_capstone_no_rubric_is_kept(cast: Cast) -> None:
    assert not stages.programme(cast, has_capstone=False).rubric.exists()


def test_a_rubric_stays_once_a_capstone_was_read_by_it(cast: Cast) -> None:
    cohort = stages.cohort(cast)
    stages.passed(cast, cohort)
    change_programme(cohort.programme, stages.programme_facts(title="Other"), by=cast.state_staff)
    with pytest.raises(ValidationError, match="read by this rubric already"):
        change_programme(cohort.programme, stages.programme_facts(rubric=stages.LINES[::-1]), by=cast.state_staff)


def test_a_cohort_keeps_the_rule_it_began_with(cast: Cast) -> None:
    cohort = stages.cohort(cast)
    change_programme(cohort.programme, stages.programme_facts(attend_least=3), by=cast.state_staff)
    cohort.refresh_from_db()
    assert cohort.attend_least == 2


def test_a_call_holds_its_questions_and_criteria_in_order(cast: Cast) -> None:
    call = stages.drafted(cast)
    assert [(one.order, one.text) for one in call.questions.all()] == [
        (1, "What did you change?"),
        (2, "What comes next?"),
    ]
    assert [(one.order, one.title, one.weight) for one in call.criteria.all()] == [(1, "People", 2), (2, "Result", 1)]


@pytest.mark.parametrize(
    "more",
    [
        {"closes_on": stages.day(-6)},
        {"decide_on": stages.day(4)},
        {"questions": [("What?", 100)] * 9},
        {"criteria": [(stages.LINES[0], 1)] * 7},
    ],
)
def test_days_out_of_order_and_too_much_of_anything_are_refused(cast: Cast, more: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        create_call(stages.programme(cast), stages.call_facts(**more), by=cast.state_staff)


@pytest.mark.parametrize("more", [{"questions": []}, {"criteria": []}, {"closes_on": stages.day(-1)}])
def test_a_call_opens_only_when_it_asks_looks_for_something_and_has_time(cast: Cast, more: dict[str, object]) -> None:
    call = stages.drafted(cast, **more)
    with pytest.raises(ValidationError):
        open_call(call, by=cast.state_staff)


def test_a_programme_that_is_no_longer_offered_opens_no_call(cast: Cast) -> None:
    call = stages.drafted(cast)
    retire_programme(call.programme, retired=True, by=cast.state_staff)
    with pytest.raises(ValidationError, match="no longer offered"):
        open_call(call, by=cast.state_staff)
    retire_programme(call.programme, retired=False, by=cast.state_staff)
    assert open_call(call, by=cast.state_staff).status == CallStatus.OPEN


def test_what_is_open_is_not_edited_any_more_but_may_get_more_time(cast: Cast) -> None:
    call = stages.opened(cast)
    with pytest.raises(ValidationError, match="gone on"):
        change_call(call, stages.call_facts(), by=cast.state_staff)
    call = move_days(call, closes_on=stages.day(9), decide_on=stages.day(30), places=5, by=cast.state_staff)
    assert (call.closes_on, call.places) == (stages.day(9), 5)
    with pytest.raises(ValidationError, match="day is over"):
        move_days(call, closes_on=stages.day(-1), decide_on=stages.day(30), places=5, by=cast.state_staff)


def test_an_open_call_becomes_a_draft_again_until_somebody_applies(cast: Cast) -> None:
    call = take_back_call(stages.opened(cast), by=cast.state_staff)
    assert call.status == CallStatus.DRAFT
    open_call(call, by=cast.state_staff)
    stages.begun(cast, call=call)
    with pytest.raises(ValidationError, match="begun to apply"):
        take_back_call(call, by=cast.state_staff)


def test_a_closed_call_stays_closed(cast: Cast) -> None:
    call = close_call(stages.opened(cast), by=cast.state_staff)
    assert call.closed_at is not None
    for again in (open_call, close_call, take_back_call):
        with pytest.raises(ValidationError, match="gone on"):
            again(call, by=cast.state_staff)


def test_it_takes_applications_between_its_two_days_only(cast: Cast) -> None:
    assert stages.opened(cast).takes_applications
    assert not stages.opened(cast, opens_on=stages.day(1)).takes_applications
    assert not stages.drafted(cast).takes_applications
    assert stages.opened(cast, closes_on=clock.today(), opens_on=clock.today()).takes_applications


def test_each_step_says_what_it_waits_for(cast: Cast) -> None:
    call = stages.drafted(cast)

    def said() -> list[str]:
        call.refresh_from_db()
        return waits_for(call, counts_of([call])[call.pk])

    assert said() == ["Not open yet: it is a draft."]
    open_call(call, by=cast.state_staff)
    stages.sent(cast, call=call)
    stages.sent(cast, "coached", call)
    assert said()[1:] == ["Waiting for 2 endorsements."]
    assert said()[0].startswith("Open for applications until")


def test_everything_that_was_done_to_it_is_in_the_audit_trail(cast: Cast) -> None:
    call = stages.closed(cast)
    rows = AuditEntry.objects.filter(target=f"call:{call.uid}").order_by("pk")
    assert [row.action for row in rows] == [
        "call.create", "call.open", "call.name_reader", "call.name_reader", "call.close", "call.draw",
    ]  # fmt: skip
    assert all("Emerging" not in str(row.detail) for row in rows)
