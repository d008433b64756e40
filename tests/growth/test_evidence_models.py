"""What the database itself refuses, and what a row says of itself."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.cast import Cast
from tests.growth.evidence_pieces import attested, send, tree_now
from trellis.core import clock
from trellis.framework.models import Edition
from trellis.growth.evidence_rules import last_day, may_attest, parts_for
from trellis.growth.models import Evidence, Reading, ReadingAnswer


def row(cast: Cast, edition: Edition, **other: Any) -> Evidence:
    values = {
        "person": cast.own,
        "edition": edition,
        "theme_uid": uuid4(),
        "cell_uid": uuid4(),
        "cell_code": "ORG.5.L1",
        "theme_code": "ORG.5",
        "theme_name": "Growth",
        "level": 1,
        "kind": "link",
        "part": "took part",
        "outcome": "It worked.",
        "link": "https://example.org/",
        "any_coach": True,
    }
    return Evidence(**(values | other))


REFUSED: dict[str, dict[str, Any]] = {
    "evidence_kind_known": {"kind": "rumor"},
    "evidence_status_known": {"status": "maybe"},
    "evidence_second_known": {"second": "third"},
    "evidence_has_outcome": {"outcome": ""},
    "evidence_sent_once": {"submission": 0},
    "evidence_points_at_something": {"link": ""},
    "evidence_withdrawn_keeps_nothing": {"status": "withdrawn"},
    "evidence_attested_has_dates": {"status": "attested"},
    "evidence_second_when_attested": {"second": "waiting"},
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_row_that_contradicts_itself_is_refused(name: str, cast: Cast, framework: Edition) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row(cast, framework, **REFUSED[name]).save()


@pytest.mark.parametrize(
    ("level", "part", "taken"),
    [
        (1, "took part", True), (1, "led", True), (1, "adopted", True), (1, "watched", False),
        (2, "took part", False), (2, "led", True), (2, "adopted", True),
        (3, "took part", False), (3, "led", False), (3, "adopted", True), (4, "adopted", True), (0, "adopted", False),
    ],
)  # fmt: skip
def test_each_part_supports_its_level_and_no_more(
    cast: Cast, framework: Edition, level: int, part: str, taken: bool
) -> None:
    piece = row(cast, framework, level=level, part=part)
    if taken:
        piece.save()
        assert part in parts_for(level)
        return
    with pytest.raises(IntegrityError, match="evidence_part_supports_level"), transaction.atomic():
        piece.save()
    assert level == 0 or part not in parts_for(level)


def test_nobody_is_asked_to_read_or_reads_their_own(cast: Cast, framework: Edition) -> None:
    for mine in ({"sent_to": cast.own, "any_coach": False}, {"read_by": cast.own}):
        with pytest.raises(IntegrityError, match="evidence_read_by_another"), transaction.atomic():
            row(cast, framework, **mine).save()
    with pytest.raises(IntegrityError, match="evidence_one_or_any_coach"), transaction.atomic():
        row(cast, framework, sent_to=cast.coach).save()


def test_a_tools_worksheet_is_a_pointer_and_nothing_more(cast: Cast, framework: Edition) -> None:
    row(cast, framework, kind="tool", link="", tool_uid=uuid4()).save()
    with pytest.raises(IntegrityError, match="evidence_points_at_something"), transaction.atomic():
        row(cast, framework, kind="tool", link="").save()


def test_a_submission_has_one_first_and_one_second_reading_with_one_answer_each(cast: Cast, framework: Edition) -> None:
    piece = send(cast.own, to=cast.coach)
    values = {"evidence": piece, "submission": 1, "reader": cast.coach, "decision": "attest"}
    reading = Reading.objects.create(**values)
    Reading.objects.create(**values, is_second=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.create(**values)
    with pytest.raises(IntegrityError, match="reading_return_says_why"), transaction.atomic():
        Reading.objects.create(**(values | {"submission": 2, "decision": "return"}))
    answer = {"reading": reading, "statement_uid": uuid4(), "statement_version": 1}
    ReadingAnswer.objects.create(**answer, shown=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReadingAnswer.objects.create(**answer, shown=1)
    with pytest.raises(IntegrityError, match="reading_answer_in_range"), transaction.atomic():
        ReadingAnswer.objects.create(**(answer | {"statement_uid": uuid4()}), shown=3)


def test_evidence_is_renewed_once(cast: Cast, framework: Edition) -> None:
    old = attested(cast.own, cast.coach)
    first = row(cast, framework, renews=old)
    first.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        row(cast, framework, renews=old).save()
    Evidence.objects.filter(pk=first.pk).update(status="withdrawn", link="")
    row(cast, framework, renews=old).save()


def test_it_counts_until_its_last_day_is_over(cast: Cast, framework: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    piece = attested(cast.own, cast.coach)
    last = piece.expires_on
    assert last is not None
    for days, counts in ((0, True), (1, False)):
        noon = dt.datetime.combine(last + dt.timedelta(days=days), dt.time(12), timezone.get_current_timezone())
        monkeypatch.setattr(clock, "now", lambda noon=noon: noon)
        assert piece.counts is counts
        assert piece.is_expired is not counts
        assert Evidence.objects.counting(clock.today()).exists() is counts


# the rules


def test_three_years_later_is_the_last_day_also_for_the_29th_of_february() -> None:
    assert last_day(dt.date(2026, 3, 1)) == dt.date(2029, 3, 1)
    assert last_day(dt.date(2028, 2, 29)) == dt.date(2031, 2, 28)


@pytest.mark.parametrize(
    ("shown", "allowed"),
    [
        ([2, 2, 2], True), ([2, 2, 0], True), ([2, 1, 1], False), ([2, 2, None], False), ([2, 1], False),
        ([2, 2, 1, 0], False), ([2, 2, 2, 0], True), ([1, 1, 1], False), ([], False), ([2], True),
    ],
)  # fmt: skip
def test_a_rubric_allows_to_attest_when_all_is_answered_and_most_is_clear(
    shown: list[int | None], allowed: bool
) -> None:
    asked = [uuid4() for _ in shown]
    assert may_attest(dict(zip(asked, shown, strict=True)), asked) is allowed


def test_an_answer_to_a_statement_that_was_not_asked_does_not_help() -> None:
    asked = [uuid4(), uuid4()]
    assert not may_attest({uuid4(): 2, uuid4(): 2, asked[0]: 2}, asked)


def test_every_cell_of_the_shipped_framework_can_be_read_against_something(framework: Edition) -> None:
    assert all(cell.statements for cell in tree_now().cell_by_code.values())
