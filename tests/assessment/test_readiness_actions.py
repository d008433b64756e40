"""A meeting from opening to agreeing: what is stored, what is refused, and what nobody can find out afterwards."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.assessment.readiness_meetings import agreed, answer, attributes, closed, first, opened
from tests.cast import Cast
from trellis.assessment.form import Point
from trellis.assessment.models import AgreedStatus, Rating, Readiness, ReadinessMeeting, Response
from trellis.assessment.readiness_actions import answer_readiness, close_answering, join
from trellis.assessment.readiness_queries import by_difference, progress_of, spreads
from trellis.core import audit, clock
from trellis.core.models import AuditEntry

SOON = clock.today() + dt.timedelta(days=30)


def actions_of(meeting: ReadinessMeeting) -> list[str]:
    return list(
        AuditEntry.objects.filter(target=f"meeting:{meeting.uid}").order_by("pk").values_list("action", flat=True)
    )


def rewind(meeting: ReadinessMeeting, hours: float) -> None:
    ReadinessMeeting.objects.filter(pk=meeting.pk).update(opened_at=clock.now() - dt.timedelta(hours=hours))


def test_opening_makes_a_round_of_the_unit_and_a_code(cast: Cast) -> None:
    meeting = opened(cast)
    held = meeting.round
    assert (held.unit, held.instrument.code, held.opens_on) == (cast.unit("Riverside"), "readiness", clock.today())
    assert len(meeting.code) == 8
    assert meeting.opened_by == cast.president
    assert actions_of(meeting) == ["readiness.open"]


def test_opening_again_finds_the_open_meeting(cast: Cast) -> None:
    meeting = opened(cast)
    assert opened(cast) == meeting
    close_answering(meeting, by=cast.president)
    another = opened(cast)
    assert another != meeting
    assert another.code != meeting.code
    rewind(another, 24.1)
    assert opened(cast) not in (meeting, another)


def test_units_meet_apart(cast: Cast) -> None:
    assert opened(cast, "Riverside") != opened(cast, "Lincoln")


def test_a_phone_answers_and_corrects(cast: Cast) -> None:
    meeting = opened(cast)
    phone = answer(meeting, {"SCB.1.1": 0, "SCB.1.2": None})
    answer(meeting, {"SCB.1.1": 2, "SCB.1.3": 1}, phone)
    found = Rating.objects.filter(response__uid=phone).values_list("attribute__code", "value", "cannot_say")
    assert set(found) == {("SCB.1.1", 2, False), ("SCB.1.2", None, True), ("SCB.1.3", 1, False)}


def test_no_row_of_a_phone_holds_a_person_or_a_time(cast: Cast) -> None:
    """Every column of both tables is read, so that a new one has to be thought about here."""
    meeting = opened(cast)
    for value in (0, 1, None):
        answer(meeting, value)
    responses = Response.objects.filter(round=meeting.round).values()
    assert len(responses) == 3
    for row in responses:
        known = {name: row.pop(name) for name in ("id", "uid", "instrument_id", "round_id")}
        assert all(known.values())
        assert row == {
            "subject_id": None, "rater_id": None, "relation": "self", "wave": 1, "domain_order": [], "themes": [],
            "moment": "", "started_at": None, "finished_at": None,
        }  # fmt: skip
    for row in Rating.objects.filter(response__round=meeting.round).values():
        for name in ("id", "response_id", "attribute_id", "value", "cannot_say"):
            row.pop(name)
        assert row == {"theme_id": None, "statement_id": None, "item": "", "aspect": "", "answered_at": None}


def test_the_audit_trail_says_that_somebody_answered_and_no_more(cast: Cast) -> None:
    meeting = opened(cast)
    phone = answer(meeting, 1)
    answer(meeting, {"SCB.1.1": 2}, phone)
    entries = AuditEntry.objects.filter(action__in=["readiness.join", "readiness.answer"])
    assert [(entry.action, entry.actor, entry.target, entry.detail) for entry in entries.order_by("pk")] == [
        (action, "", f"meeting:{meeting.uid}", {})
        for action in ("readiness.join", "readiness.answer", "readiness.answer")
    ]
    assert all(str(phone) not in f"{entry.target}{entry.detail}" for entry in AuditEntry.objects.all())
    assert audit.first_broken() is None


def test_closing_forgets_the_order_in_which_phones_came(cast: Cast) -> None:
    """Forty phones in a row, each with an answer of its own: afterwards the keys say nothing about the row."""
    meeting = opened(cast)
    codes = list(attributes().attribute_by_code)
    phones = [answer(meeting, {code: place >> bit & 1 for bit, code in enumerate(codes[:6])}) for place in range(40)]
    before = set(Response.objects.filter(round=meeting.round).values_list("pk", flat=True))
    old_ratings = set(Rating.objects.filter(response__round=meeting.round).values_list("pk", flat=True))
    close_answering(meeting, by=cast.president)
    after = Response.objects.filter(round=meeting.round)
    assert before.isdisjoint(after.values_list("pk", flat=True))
    assert not after.filter(uid__in=phones).exists()
    ratings = Rating.objects.filter(response__round=meeting.round)
    assert old_ratings.isdisjoint(ratings.values_list("pk", flat=True))
    found = {response.pk: 0 for response in after}
    for response, code, value in ratings.values_list("response_id", "attribute__code", "value"):
        found[response] |= value << codes.index(code)
    order = [found[key] for key in sorted(found)]
    assert sorted(order) == list(range(40))
    assert order != list(range(40))
    by_rating = list(dict.fromkeys(ratings.order_by("pk").values_list("response_id", flat=True)))
    assert by_rating == sorted(found)


def test_a_phone_that_answered_nothing_goes_at_the_close(cast: Cast) -> None:
    meeting = opened(cast)
    join(meeting)
    answer(meeting, 1)
    close_answering(meeting, by=cast.president)
    assert Response.objects.filter(round=meeting.round).count() == 1
    assert AuditEntry.objects.get(action="readiness.close").detail == {"answered": 1}


def test_closing_freezes_the_answers_for_good(cast: Cast) -> None:
    meeting = opened(cast)
    phone = answer(meeting, 1)
    shut = close_answering(meeting, by=cast.president)
    for attempt in (lambda: answer(meeting, 2, phone), lambda: answer(meeting, 2), lambda: join(meeting)):
        with pytest.raises(ValidationError, match="closed"):
            attempt()
    assert set(Rating.objects.filter(response__round=meeting.round).values_list("value", flat=True)) == {1}
    assert close_answering(meeting, by=cast.president).closed_at == shut.closed_at
    assert actions_of(meeting).count("readiness.close") == 1
    assert meeting.round.closes_on is not None


def test_after_24_hours_no_phone_gets_in(cast: Cast) -> None:
    meeting = opened(cast)
    phone = answer(meeting, 1)
    rewind(meeting, 23.9)
    answer(meeting, 2, phone)
    rewind(meeting, 24.1)
    with pytest.raises(ValidationError, match="closed"):
        answer(meeting, 0, phone)
    with pytest.raises(ValidationError, match="closed"):
        join(meeting)
    assert close_answering(meeting, by=cast.president).closed_at is not None


def test_a_phone_of_another_meeting_is_not_known(cast: Cast) -> None:
    here, there = opened(cast, "Riverside"), opened(cast, "Lincoln")
    phone = answer(there, 1)
    with pytest.raises(ValidationError, match="not joined"):
        answer(here, 1, phone)
    with pytest.raises(ValidationError, match="not joined"):
        answer(here, 1, uuid.uuid4())


@pytest.mark.parametrize("value", [3, 20, -1])
def test_an_answer_off_the_scale_is_refused_with_all_that_came_with_it(cast: Cast, value: int) -> None:
    meeting = opened(cast)
    phone = join(meeting)
    with pytest.raises(ValidationError, match="not on the form"):
        answer(meeting, {"SCB.1.1": 1, "SCB.1.2": value}, phone)
    assert not Rating.objects.filter(response__uid=phone).exists()


def test_a_question_of_another_kind_is_refused(cast: Cast) -> None:
    meeting = opened(cast)
    with pytest.raises(ValidationError, match="not on the form"):
        answer_readiness(meeting, join(meeting), {Point("theme", 1): 1})


def test_a_script_cannot_join_for_ever(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trellis.assessment.readiness_actions._MOST_PHONES", 2)
    meeting = opened(cast)
    join(meeting)
    join(meeting)
    with pytest.raises(ValidationError, match="Too many"):
        join(meeting)


def test_progress_counts_phones_and_groups(cast: Cast) -> None:
    meeting = opened(cast)
    join(meeting)
    answer(meeting, 1)
    commit = next(group for group in attributes().groups if group.code == "SCB.1")
    answer(meeting, {node.code: None for node in commit.attributes})
    progress = progress_of(meeting)
    assert (progress.joined, progress.finished, progress.answering) == (3, 1, 2)
    assert [one.done for one in progress.groups] == [2, 1, 1, 1, 1, 1, 1]


def test_there_is_no_spread_while_phones_may_answer(cast: Cast) -> None:
    """The attack: look at the bars before and after the sixth person answers, and subtract."""
    meeting = opened(cast)
    for _ in range(6):
        answer(meeting, 1)
    with pytest.raises(ValueError, match="no longer change"):
        spreads(meeting)
    rewind(meeting, 30)
    meeting.refresh_from_db()
    with pytest.raises(ValueError, match="no longer change"):
        spreads(meeting)


def test_the_spread_shows_from_five_on(cast: Cast) -> None:
    code, other = first().code, attributes().attributes[1].code
    meeting = closed(cast, *({code: value, other: value} for value in (0, 1, 2, 2)), {code: None})
    shown = spreads(meeting)
    found = shown[first().id]
    assert found is not None
    assert (found.counts, found.unknown) == ((1, 1, 2), 1)
    assert shown[attributes().attributes[1].id] is None
    assert sum(spread is not None for spread in shown.values()) == 1


def test_the_order_by_difference_says_nothing_about_what_is_hidden(cast: Cast) -> None:
    """Attributes under the minimum stand last and in the list's own order, however far apart their answers are."""
    codes = list(attributes().attribute_by_code)
    split, same, hidden, hidden_split = codes[3], codes[0], codes[1], codes[2]
    phones: list[dict[str, Any]] = [{split: 2 * (place % 2), same: 1} for place in range(6)]
    for place in range(4):
        phones[place] |= {hidden: 1, hidden_split: 2 * (place % 2)}
    order = [node.code for node in by_difference(attributes().attributes, spreads(closed(cast, *phones)))]
    assert order[:2] == [split, same]
    assert order[2:] == [code for code in codes if code not in (split, same)]


def test_the_team_agrees_and_the_earlier_status_stays(cast: Cast) -> None:
    meeting = closed(cast, 1)
    agreed(cast, meeting, first(), "not-started")
    later = agreed(
        cast, meeting, first(), "under-way", owner=cast.own, due_on=SOON, proof="  It hangs\n in the office "
    )
    rows = list(Readiness.objects.filter(unit=cast.unit("Riverside")))
    assert [row.status for row in rows] == ["under-way", "not-started"]
    assert (later.owner, later.due_on, later.proof) == (cast.own, SOON, "It hangs in the office")
    assert later.agreed_by == cast.president
    entry = AuditEntry.objects.filter(action="readiness.agree").order_by("-pk")[0]
    assert entry.target == f"unit:{cast.unit('Riverside').uid}"
    assert entry.detail == {"meeting": str(meeting.uid), "attribute": first().code, "status": "under-way"}


def test_agreeing_twice_on_the_same_is_one_row(cast: Cast) -> None:
    meeting = closed(cast, 1)
    one = agreed(cast, meeting, first(), "in-place", proof="Seen")
    assert agreed(cast, meeting, first(), "in-place", proof="Seen") == one
    assert AuditEntry.objects.filter(action="readiness.agree").count() == 1
    again = closed(cast, 1)
    assert agreed(cast, again, first(), "in-place", proof="Seen") != one


@pytest.mark.parametrize(
    ("status", "owner", "due_on", "why"),
    [
        ("done", None, None, "one of the three"),
        ("under-way", "own", None, "belong together"),
        ("under-way", None, SOON, "belong together"),
        ("under-way", "neighbour", SOON, "Only a member"),
        ("under-way", "gone", SOON, "Only a member"),
        ("under-way", "suspended", SOON, "Only a member"),
    ],
)
def test_what_cannot_be_agreed_is_refused(
    cast: Cast, status: str, owner: str | None, due_on: dt.date | None, why: str
) -> None:
    meeting = closed(cast, 1)
    person = cast.persons[owner] if owner else None
    with pytest.raises(ValidationError, match=why):
        agreed(cast, meeting, first(), status, owner=person, due_on=due_on)
    assert not Readiness.objects.exists()


def test_nothing_is_agreed_while_phones_answer(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="Close answering first"):
        agreed(cast, opened(cast), first(), AgreedStatus.IN_PLACE)


def test_a_worksites_meeting_takes_its_own_members_only(cast: Cast) -> None:
    meeting = closed(cast, 1, unit="Lincoln")
    agreed(cast, meeting, first(), "under-way", owner=cast.own, due_on=SOON)
    with pytest.raises(ValidationError, match="Only a member"):
        agreed(cast, meeting, first(), "under-way", owner=cast.treasurer, due_on=SOON)
