"""Attacks on the 360: each fails, and each works against a build that was weakened on purpose, so that it can bite."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.assessment.three_sixty.attacks import (
    comments_known_by_order,
    differences,
    groups_smaller_than_five,
    joins_to_raters,
    kinds_by_subtraction,
    names_in_comments,
    raters_known_by_order,
    times_of,
    traces_of,
)
from tests.assessment.three_sixty.circle import Circle, answered_circle, circle_about
from tests.cast import Cast
from trellis.assessment import answering, closing
from trellis.assessment.models import Response, ThreeSixty, ThreeSixtyState
from trellis.assessment.releasing import Report, report_of
from trellis.assessment.sealed import Letter
from trellis.core import clock
from trellis.framework.models import Edition

KINDS = [("peer", 6), ("follower", 5)]


@pytest.fixture
def circle(framework: Edition, cast: Cast) -> Circle:
    """Eleven raters of two kinds, each of whom may be known by their answers."""
    return answered_circle(cast.own, KINDS)


# Joins and traces


def test_nothing_of_a_rater_is_left_in_any_table(circle: Circle) -> None:
    assert traces_of(circle)  # while it runs the raters are there
    circle.close()
    assert traces_of(circle) == []


def test_the_search_for_traces_finds_raters_that_were_kept(circle: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
    def keep_them(three_sixty: ThreeSixty) -> None:
        three_sixty.key = None

    monkeypatch.setattr(closing, "forget", keep_them)
    circle.close()
    # (A link that was used is gone already.)
    assert {*traces_of(circle)} == {"assessment_rater", "assessment_envelope"}


def test_no_join_leads_from_an_answer_to_a_rater(circle: Circle) -> None:
    circle.close()
    assert Response.objects.filter(round=circle.three_sixty.round).count() == 11
    assert joins_to_raters(circle) == []


def test_the_search_for_joins_finds_a_rater_that_was_stored(
    circle: Circle, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = closing._keep

    def keep_with_rater(three_sixty: ThreeSixty, shown: Any, at: Any) -> None:
        keep(three_sixty, shown, at)
        first = Response.objects.filter(round=three_sixty.round).first()
        assert first is not None
        Response.objects.filter(pk=first.pk).update(rater=cast.colleague)

    monkeypatch.setattr(closing, "_keep", keep_with_rater)
    circle.close()
    assert joins_to_raters(circle) == ["response.rater"]


# Times and order


def test_no_time_stands_beside_an_answer_but_that_of_closing(circle: Circle) -> None:
    circle.close()
    assert times_of(circle) == set()


def test_the_search_for_times_finds_one_that_was_kept(circle: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
    keep = closing._keep

    def keep_with_time(three_sixty: ThreeSixty, shown: Any, at: Any) -> None:
        keep(three_sixty, shown, at)
        Response.objects.filter(round=three_sixty.round).update(started_at=clock.now())

    monkeypatch.setattr(closing, "_keep", keep_with_time)
    circle.close()
    assert times_of(circle)


def test_neither_keys_nor_order_tell_who_answered_when(circle: Circle) -> None:
    report = circle.close()
    # Chance alone puts one of eleven in its place; all of them, never.
    assert raters_known_by_order(circle) < 6
    assert comments_known_by_order(circle, report) < 6


def _signature(answers: Mapping[int, int | None]) -> tuple[tuple[int, int | None], ...]:
    return tuple(sorted(answers.items()))


def test_counting_works_where_nothing_is_shuffled(circle: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
    places = {_signature(given.answers): place for place, given in enumerate(circle.given)}
    letters = closing.final_letters

    def in_order(three_sixty: ThreeSixty) -> list[Letter]:
        return sorted(
            letters(three_sixty),
            key=lambda letter: places[_signature({int(point.key): value for point, value in letter.answers.items()})],
        )

    monkeypatch.setattr(closing, "final_letters", in_order)
    monkeypatch.setattr(closing, "_shuffle", lambda found: None)
    report = circle.close()
    assert raters_known_by_order(circle) == 11
    assert comments_known_by_order(circle, report) == 11


# What is shown


def test_no_group_is_smaller_than_five(framework: Edition, cast: Cast) -> None:
    report = answered_circle(cast.own, [("peer", 6), ("follower", 4), ("mentor", 1)]).close()
    assert groups_smaller_than_five(report) == []
    assert report.groups == {"peer": 6, "other": 5}


def test_a_theme_that_few_have_seen_is_as_one_that_nobody_has(framework: Edition, cast: Cast) -> None:
    circle = circle_about(cast.own)
    few, nobody, seen = circle.themes[:3]
    for place in range(6):
        circle.answer(circle.ask("peer"), {few: 4 if place < 4 else None, nobody: None, seen: place})
    report = circle.close()
    assert report.groups == {"peer": 6}
    assert list(report.themes) == [str(circle.tree.theme_by_id[seen].uid)]


def test_small_groups_are_found_where_the_threshold_was_lowered(
    framework: Edition, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "groups_of", lambda counts: {kind: kind for kind in counts})
    monkeypatch.setattr(
        closing, "medians", lambda answers: {(group, theme): (value, 1) for group, theme, value in answers}
    )
    report = answered_circle(cast.own, [("peer", 6), ("follower", 4)]).close()
    assert "follower" in groups_smaller_than_five(report)


def test_what_is_too_few_is_not_kept_either(framework: Edition, cast: Cast) -> None:
    circle = answered_circle(cast.own, [("peer", 6), ("follower", 4)])
    circle.close()
    kept = Response.objects.filter(round=circle.three_sixty.round)
    assert Counter(kept.values_list("relation", flat=True)) == {"peer": 6}


def test_no_kind_can_be_had_by_taking_one_from_another(framework: Edition, cast: Cast) -> None:
    circle = answered_circle(cast.own, [("peer", 7), ("follower", 3)])
    assert kinds_by_subtraction(circle, circle.close()) == []


def test_subtraction_works_where_everybody_is_shown_beside_a_kind(
    framework: Edition, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = closing._content

    def with_everybody(three_sixty: ThreeSixty, shown: Any) -> dict[str, Any]:
        found = content(three_sixty, shown)
        found["groups"]["other"] = 10
        return found

    monkeypatch.setattr(closing, "_content", with_everybody)
    circle = answered_circle(cast.own, [("peer", 7), ("follower", 3)])
    assert kinds_by_subtraction(circle, circle.close()) == ["other"]


def test_a_median_is_all_that_is_said_of_a_theme(circle: Circle) -> None:
    report = circle.close()
    theme = circle.tree.themes[3]
    given = [one.answers[theme.id] for one in circle.given if one.rater.relation == "peer"]
    assert report.themes[str(theme.uid)]["peer"] == (sorted(value for value in given if value is not None)[2], 6)
    content = circle.three_sixty.release.content
    assert set(content) == {"groups", "themes", "named"}
    assert all(len(shown) == 2 for groups in content["themes"].values() for shown in groups.values())


# Reading twice


def test_a_late_rater_changes_nothing(framework: Edition, cast: Cast) -> None:
    circle = circle_about(cast.own)
    for place in range(5):
        circle.answer(circle.ask("peer"), dict.fromkeys(circle.themes, place))
    late = circle.ask("peer")
    before = circle.close()
    with pytest.raises((ValidationError, late.rater.DoesNotExist)):
        circle.answer(late, dict.fromkeys(circle.themes, 6))
    with pytest.raises(ValidationError, match="open"):
        closing.close(circle.three_sixty, by=None)
    assert differences(before, report_of(ThreeSixty.objects.get().release)) == []


def test_reading_twice_works_where_a_closed_360_takes_answers(
    framework: Edition, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "forget", lambda three_sixty: None)
    monkeypatch.setattr(
        answering, "_still_open", lambda rater: ThreeSixty.objects.select_related("round__instrument").get()
    )
    circle = circle_about(cast.own)
    for place in range(5):
        circle.answer(circle.ask("peer"), dict.fromkeys(circle.themes, place))
    late = circle.ask("peer")
    key = circle.three_sixty.key
    with pytest.raises(IntegrityError), transaction.atomic():
        circle.close()  # the database itself refuses a closed 360 that has its key
    before = _live(circle)
    assert key is not None
    circle.answer(late, dict.fromkeys(circle.themes, 6))
    after = _live(circle)
    assert len(differences(before, after)) == len(circle.themes)


def _live(circle: Circle) -> Report:
    """A report that is worked out anew at every reading, as ours is not."""
    letters = closing.final_letters(ThreeSixty.objects.get())
    content = closing._content(ThreeSixty.objects.get(), [(letter, "peer") for letter in letters])
    return Report(content["groups"], content["themes"], (), {})


def test_a_closed_360_cannot_be_opened_by_hand(circle: Circle) -> None:
    circle.close()
    with pytest.raises(IntegrityError), transaction.atomic():
        ThreeSixty.objects.update(key=b"again")
    with pytest.raises(IntegrityError), transaction.atomic():
        ThreeSixty.objects.update(state=ThreeSixtyState.OPEN)


# Comments


def test_fewer_than_five_comments_are_not_shown_and_not_kept(framework: Edition, cast: Cast) -> None:
    circle = circle_about(cast.own)
    for place in range(6):
        circle.answer(circle.ask("peer"), dict.fromkeys(circle.themes, 3), "Good." if place < 4 else "")
    assert circle.close().comments == {}


def _naming(circle: Circle) -> Iterable[tuple[Any, str]]:
    raters = [circle.ask("peer") for _ in range(6)]
    for place, given in enumerate(raters):
        other = raters[(place + 1) % 6].rater.name
        yield given, f"As {other.split()[0].upper()} will tell you, and {given.rater.name} too: steady."


def test_comments_name_no_rater(framework: Edition, cast: Cast) -> None:
    circle = circle_about(cast.own)
    for given, text in list(_naming(circle)):
        circle.answer(given, dict.fromkeys(circle.themes, 3), text)
    report = circle.close()
    assert names_in_comments(circle, report) == []
    assert all("steady" in comment for comment in report.comments["well"])


def test_names_are_found_where_they_were_left_in(
    framework: Edition, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "without_names", lambda text, names: text)
    circle = circle_about(cast.own)
    for given, text in list(_naming(circle)):
        circle.answer(given, dict.fromkeys(circle.themes, 3), text)
    assert names_in_comments(circle, circle.close())


def test_comments_lie_sealed_in_the_database(circle: Circle) -> None:
    circle.close()
    assert b"Comment number" not in bytes(circle.three_sixty.release.comments)
    assert "Comment number" not in str(circle.three_sixty.release.content)


# Who is named


def test_who_is_named_stands_alone_and_never_in_a_group(framework: Edition, cast: Cast) -> None:
    circle = circle_about(cast.own)
    for _ in range(5):
        circle.answer(circle.ask("peer"), dict.fromkeys(circle.themes, 2))
    lead = circle.ask("lead", "Grace Okafor")
    circle.answer(lead, dict.fromkeys(circle.themes, 6), "I lead her.")
    report = circle.close()
    assert report.groups == {"peer": 5}
    (named,) = report.named
    assert (named.name, named.relation, set(named.themes.values())) == ("Grace Okafor", "lead", {6})
    assert report.named[0].remarks == {"well": "I lead her."}
    assert {shown["peer"] for shown in report.themes.values()} == {(2, 5)}
