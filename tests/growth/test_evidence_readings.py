"""What a coach decides: the rubric, the draw for a second reading, agreement and dispute, and how they end."""

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from tests.cast import Cast
from tests.growth.evidence_pieces import ALWAYS, LINK, NEVER, attested, make_coach, send, verdict
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.growth.evidence_actions import mend_evidence
from trellis.growth.evidence_queries import (
    attested_levels,
    attested_of,
    last_rubric,
    rubrics,
    second_reader_exists,
    second_reading_agreement,
    statements_of,
)
from trellis.growth.evidence_rules import SECOND_READING_SHARE, last_day
from trellis.growth.models import Evidence, Reading, ReadingAnswer
from trellis.growth.reading_actions import read_evidence, read_evidence_again, settle_evidence

pytestmark = pytest.mark.usefixtures("framework")


@pytest.fixture
def piece(cast: Cast) -> Evidence:
    """A piece that waits for the coach."""
    return send(cast.own, to=cast.coach)


def test_attesting_stores_the_answers_by_statement_and_version(cast: Cast, piece: Evidence) -> None:
    found = read_evidence(piece, verdict(piece), by=cast.coach, chance=NEVER)
    assert (found.status, found.read_by, found.attested_on) == ("attested", cast.coach, clock.today())
    assert (found.expires_on, found.second) == (last_day(clock.today()), "none")
    stored = set(ReadingAnswer.objects.values_list("statement_uid", "statement_version", "shown"))
    assert stored == {(each.uid, each.version, 2) for each in statements_of(piece)}
    entry = AuditEntry.objects.filter(action="growth.evidence.attested").get()
    assert (entry.actor, entry.detail) == (str(cast.coach.uid), {"cell": "ORG.5.L1", "submission": 1})


def test_the_rule_of_attesting_holds(cast: Cast, piece: Evidence) -> None:
    asked = [each.uid for each in statements_of(piece)]
    assert len(asked) == 3
    for answers in ({}, dict.fromkeys(asked[:2], 2), dict.fromkeys(asked, 1), {asked[0]: 2, asked[1]: 1, asked[2]: 1}):
        with pytest.raises(ValidationError, match="more than half"):
            read_evidence(piece, verdict(piece, answers=answers), by=cast.coach)
    read_evidence(piece, verdict(piece, answers={asked[0]: 2, asked[1]: 2, asked[2]: 0}), by=cast.coach)


def test_answers_that_do_not_fit_are_refused(cast: Cast, piece: Evidence) -> None:
    asked = [each.uid for each in statements_of(piece)]
    for answers in (dict.fromkeys(asked, 3), dict.fromkeys(asked, 2) | {piece.uid: 2}):
        with pytest.raises(ValidationError, match="do not fit"):
            read_evidence(piece, verdict(piece, answers=answers), by=cast.coach)
    assert not Reading.objects.exists()


def test_sending_back_needs_a_comment_and_no_full_rubric(cast: Cast, piece: Evidence) -> None:
    with pytest.raises(ValidationError, match="what is missing"):
        read_evidence(piece, verdict(piece, attest=False, comment=""), by=cast.coach)
    found = read_evidence(piece, verdict(piece, attest=False, answers={}), by=cast.coach, chance=ALWAYS)
    assert (found.status, found.attested_on, found.expires_on, found.second) == ("returned", None, None, "none")
    assert found.events.get(what="returned").comment == "Add the minutes."
    rubric = last_rubric(found)
    assert rubric is not None
    assert {shown for _words, shown in rubric.answers} == {None}


def test_a_coach_may_shorten_the_time_and_not_lengthen_it(cast: Cast, piece: Evidence) -> None:
    today = clock.today()
    for wrong in (today, today - dt.timedelta(days=1), last_day(today) + dt.timedelta(days=1)):
        with pytest.raises(ValidationError, match="last day"):
            read_evidence(piece, verdict(piece, expires_on=wrong), by=cast.coach)
    shorter = today + dt.timedelta(days=30)
    assert read_evidence(piece, verdict(piece, expires_on=shorter), by=cast.coach).expires_on == shorter


def test_what_changed_or_was_decided_meanwhile_is_not_decided_over(cast: Cast, piece: Evidence) -> None:
    before = verdict(piece)
    mended = mend_evidence(piece, replace(LINK, outcome="Other words."), to=cast.coach, by=cast.own)
    with pytest.raises(ValidationError, match="has changed"):
        read_evidence(piece, before, by=cast.coach)
    read_evidence(mended, verdict(mended), by=cast.coach)
    with pytest.raises(ValidationError, match="has changed"):
        read_evidence(mended, verdict(mended), by=cast.coach)


def test_nobody_reads_their_own_in_any_way(cast: Cast) -> None:
    make_coach(cast, "colleague")
    mine = send(cast.coach, to=None)
    with pytest.raises(ValidationError, match="their own"):
        read_evidence(mine, verdict(mine), by=cast.coach)
    read_evidence(mine, verdict(mine), by=cast.colleague, chance=ALWAYS)
    with pytest.raises(ValidationError, match="their own"):
        read_evidence_again(mine, verdict(mine), by=cast.coach)


# the draw


@pytest.mark.parametrize(("chance", "second"), [(0.0, "waiting"), (0.0999, "waiting"), (0.1, "none"), (0.99, "none")])
def test_one_in_ten_is_drawn(cast: Cast, piece: Evidence, chance: float, second: str) -> None:
    assert SECOND_READING_SHARE == 0.10
    assert read_evidence(piece, verdict(piece), by=cast.coach, chance=lambda: chance).second == second


def test_the_draw_of_the_site_itself_draws_some_and_not_all(cast: Cast) -> None:
    found: Counter[str] = Counter()
    for _ in range(150):
        one = send(cast.own, to=cast.coach)
        found[read_evidence(one, verdict(one), by=cast.coach).second] += 1
    # Fewer than 1 or more than 60 of 150 happens less than once in a million runs.
    assert 0 < found["waiting"] <= 60
    assert found["waiting"] + found["none"] == 150


# the second reading


def test_a_second_reader_who_agrees_ends_it(cast: Cast) -> None:
    make_coach(cast, "colleague")
    one = attested(cast.own, cast.coach, drawn=True)
    assert second_reader_exists(one)
    found = read_evidence_again(one, verdict(one), by=cast.colleague)
    assert (found.second, found.status, found.read_by) == ("agreed", "attested", cast.coach)
    assert [reading.reader for reading in one.readings.order_by("pk")] == [cast.coach, cast.colleague]
    with pytest.raises(ValidationError, match="no second reading"):
        read_evidence_again(one, verdict(one), by=cast.colleague)


def test_the_first_reader_is_not_the_second(cast: Cast) -> None:
    one = attested(cast.own, cast.coach, drawn=True)
    assert not second_reader_exists(one)
    with pytest.raises(ValidationError, match="no second reading"):
        read_evidence_again(one, verdict(one), by=cast.coach)


def test_what_was_not_drawn_is_not_read_twice(cast: Cast) -> None:
    make_coach(cast, "colleague")
    one = attested(cast.own, cast.coach)
    with pytest.raises(ValidationError, match="no second reading"):
        read_evidence_again(one, verdict(one), by=cast.colleague)


def test_when_readers_differ_it_counts_until_it_is_settled(cast: Cast) -> None:
    make_coach(cast, "colleague")
    one = attested(cast.own, cast.coach, drawn=True)
    found = read_evidence_again(one, verdict(one, attest=False), by=cast.colleague)
    assert found.readers_differ
    assert attested_levels(cast.own) == {one.theme_uid: (1,)}
    assert attested_of([cast.own.pk])[cast.own.pk][0].readers_differ
    both = rubrics(found, both=True)
    assert [(each.reading.reader, each.reading.decision) for each in both] == [
        (cast.coach, "attest"),
        (cast.colleague, "return"),
    ]
    assert [each.reading.reader for each in rubrics(found, both=False)] == [cast.coach]


def test_a_dispute_ends_by_keeping(cast: Cast) -> None:
    make_coach(cast, "colleague")
    one = attested(cast.own, cast.coach, drawn=True)
    read_evidence_again(one, verdict(one, attest=False), by=cast.colleague)
    found = settle_evidence(one, keep=True, comment="", by=cast.coach)
    assert (found.status, found.second, found.counts) == ("attested", "kept", True)
    with pytest.raises(ValidationError, match="settled already"):
        settle_evidence(one, keep=False, comment="After all", by=cast.colleague)


def test_a_dispute_ends_by_taking_back_and_the_member_mends(cast: Cast) -> None:
    make_coach(cast, "colleague")
    one = attested(cast.own, cast.coach, drawn=True)
    read_evidence_again(one, verdict(one, attest=False), by=cast.colleague)
    with pytest.raises(ValidationError, match="what is missing"):
        settle_evidence(one, keep=False, comment="", by=cast.colleague)
    found = settle_evidence(one, keep=False, comment="Show what was done.", by=cast.colleague)
    assert (found.status, found.second, found.expires_on) == ("returned", "none", None)
    assert attested_levels(cast.own) == {}
    assert list(one.events.order_by("pk").values_list("what", flat=True)) == [
        "sent", "attested", "differed", "taken back",
    ]  # fmt: skip
    mended = mend_evidence(found, LINK, to=cast.coach, by=cast.own)
    again = read_evidence(mended, verdict(mended), by=cast.coach, chance=ALWAYS)
    assert read_evidence_again(again, verdict(again), by=cast.colleague).second == "agreed"
    assert one.readings.count() == 4


# how alike


def test_agreement_is_counted_over_all_double_readings_and_hidden_below_ten(
    cast: Cast, django_assert_num_queries: object
) -> None:
    make_coach(cast, "colleague")
    for number in range(10):
        one = attested(cast.own, cast.coach, drawn=True)
        asked = [each.uid for each in statements_of(one)]
        if number == 9:
            found = second_reading_agreement()
            assert (found.n, found.kappa, found.interval, found.same) == (9, None, None, None)
        clear = number % 3 != 0
        answers = {asked[0]: 2, asked[1]: 2 if clear else 1, asked[2]: 2 if clear else 0}
        read_evidence_again(one, verdict(one, answers=answers, attest=clear, comment="Look again."), by=cast.colleague)
    with django_assert_num_queries(2):  # type: ignore[operator]
        found = second_reading_agreement()
    assert (found.n, found.statements, found.same) == (10, 30, 6)
    assert found.kappa == pytest.approx(0.0), "the first reader always said the same, so nothing beyond chance"


def test_readings_of_an_earlier_submission_count_too(cast: Cast) -> None:
    make_coach(cast, "colleague")
    one = attested(cast.own, cast.coach, drawn=True)
    read_evidence_again(one, verdict(one, attest=False), by=cast.colleague)
    settle_evidence(one, keep=False, comment="More, please.", by=cast.coach)
    mended = mend_evidence(one, LINK, to=cast.coach, by=cast.own)
    again = read_evidence(mended, verdict(mended), by=cast.coach, chance=ALWAYS)
    read_evidence_again(again, verdict(again), by=cast.colleague)
    assert second_reading_agreement().n == 2
