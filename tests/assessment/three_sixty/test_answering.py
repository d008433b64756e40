"""A rater's letter: sealed, corrected by the same browser only, taken once for each link."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests.assessment.three_sixty.circle import answered_circle, circle_about
from tests.cast import Cast
from trellis.assessment.answering import refuse, save_letter
from trellis.assessment.form import Point
from trellis.assessment.models import Envelope, RaterState, ThreeSixty
from trellis.assessment.sealed import Letter, final_letters, find, new_secret, put
from trellis.core import clock
from trellis.core.sealing import SealBrokenError
from trellis.framework.models import Edition


def test_a_letter_is_found_again_with_its_secret_only(framework: Edition, cast: Cast) -> None:
    circle = circle_about(cast.own)
    given = circle.ask("peer")
    circle.answer(given, {circle.themes[0]: 3}, "Keeps calm.")
    found = find(circle.three_sixty, given.secret)
    assert found is not None
    assert (found.answers, found.remarks) == ({Point("theme", circle.themes[0]): 3}, {"well": "Keeps calm."})
    assert (found.relation, found.name, found.is_final) == ("peer", "", True)
    assert find(circle.three_sixty, new_secret()) is None


def test_the_row_of_an_envelope_says_nothing(framework: Edition, cast: Cast) -> None:
    circle = circle_about(cast.own)
    short, long = circle.ask("peer"), circle.ask("lead")
    circle.answer(short, {circle.themes[0]: 3})
    circle.answer(long, dict.fromkeys(circle.themes, 4), "word " * 150)
    fields = {field.name for field in Envelope._meta.get_fields()}
    assert fields == {"mark", "three_sixty", "sealed"}
    assert len({len(bytes(envelope.sealed)) for envelope in Envelope.objects.all()}) == 1


def test_answers_are_laid_over_earlier_ones_and_stay_sent(framework: Edition, cast: Cast) -> None:
    circle = circle_about(cast.own)
    given = circle.ask("peer")
    first, second = (Point("theme", theme) for theme in circle.themes[:2])
    save_letter(given.rater, given.secret, answers={first: 1, second: 2}, remarks={"well": "Old."}, final=True)
    letter = save_letter(given.rater, given.secret, answers={first: None}, remarks={"well": ""}, final=False)
    assert (letter.answers, letter.remarks, letter.is_final) == ({first: None, second: 2}, {}, True)
    assert Envelope.objects.count() == 1


def test_a_used_link_takes_no_second_set(framework: Edition, cast: Cast) -> None:
    circle = circle_about(cast.own)
    given = circle.ask("peer")
    circle.answer(given, {circle.themes[0]: 3})
    assert not given.rater.invitations.exists()
    with pytest.raises(ValidationError, match="used already"):
        save_letter(given.rater, new_secret(), answers={Point("theme", circle.themes[0]): 6}, remarks={}, final=True)
    assert [letter.answers for letter in final_letters(circle.three_sixty)] == [{Point("theme", circle.themes[0]): 3}]


def test_a_draft_begun_elsewhere_does_not_count(framework: Edition, cast: Cast) -> None:
    circle = circle_about(cast.own)
    given = circle.ask("peer")
    point = Point("theme", circle.themes[0])
    save_letter(given.rater, new_secret(), answers={point: 1}, remarks={}, final=False)
    circle.answer(given, {circle.themes[0]: 5})
    assert [letter.answers for letter in final_letters(circle.three_sixty)] == [{point: 5}]


def test_nothing_is_not_an_answer(framework: Edition, cast: Cast) -> None:
    given = circle_about(cast.own).ask("peer")
    with pytest.raises(ValidationError, match="at least one"):
        save_letter(given.rater, given.secret, answers={}, remarks={"well": "Hello."}, final=True)


def test_who_says_no_is_not_asked_again_and_cannot_answer(framework: Edition, cast: Cast) -> None:
    circle = circle_about(cast.own)
    given = circle.ask("peer")
    refuse(given.rater)
    given.rater.refresh_from_db()
    assert given.rater.state == RaterState.REFUSED
    assert not given.rater.invitations.exists()
    with pytest.raises(ValidationError, match="rather not"):
        circle.answer(given, {circle.themes[0]: 3})


def test_who_has_answered_cannot_say_no(framework: Edition, cast: Cast) -> None:
    circle = circle_about(cast.own)
    given = circle.ask("peer")
    circle.answer(given, {circle.themes[0]: 3})
    with pytest.raises(ValidationError, match="in already"):
        refuse(given.rater)


def test_only_a_named_kind_leaves_a_name(framework: Edition, cast: Cast) -> None:
    circle = circle_about(cast.own)
    for kind in ("peer", "follower", "mentor", "lead", "coach"):
        circle.answer(circle.ask(kind), {circle.themes[0]: 3})
    assert {letter.relation for letter in final_letters(circle.three_sixty) if letter.name} == {"lead", "coach"}


def test_after_the_last_day_nothing_is_taken(framework: Edition, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    circle = circle_about(cast.own)
    given = circle.ask("peer")
    later = clock.now() + dt.timedelta(days=23)
    monkeypatch.setattr(clock, "now", lambda: later)
    for act in (lambda: circle.answer(given, {circle.themes[0]: 3}), lambda: refuse(given.rater)):
        with pytest.raises(ValidationError, match="closed"):
            act()


def test_a_closed_360_opens_no_envelope(framework: Edition, cast: Cast) -> None:
    circle = answered_circle(cast.own, [("peer", 5)])
    circle.close()
    closed, secret = ThreeSixty.objects.get(), circle.given[0].secret
    assert find(closed, secret) is None
    with pytest.raises(SealBrokenError):
        put(closed, secret, Letter("peer", "", True, {}, {}))


def test_the_trail_says_that_somebody_answered_and_no_more(framework: Edition, cast: Cast) -> None:
    from trellis.core.models import AuditEntry

    circle = circle_about(cast.own)
    given = circle.ask("peer")
    before = AuditEntry.objects.count()
    circle.answer(given, {circle.themes[0]: 3})
    (row,) = AuditEntry.objects.order_by("pk")[before:]
    assert (row.actor, row.action, row.detail) == ("", "three_sixty.answer", {})
    assert row.target == f"three-sixty:{circle.three_sixty.uid}"
