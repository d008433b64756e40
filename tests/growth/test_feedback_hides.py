"""What a 360's report hides leaves no mark on it: not in the page, its headers or its PDF, by length or by order."""

import re
from collections.abc import Callable, Mapping

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.assessment.three_sixty.circle import circle_about
from tests.cast import Cast
from trellis.assessment import closing
from trellis.framework.models import Edition

CHANCE = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|[A-Za-z0-9]{64}|[0-9a-f]{24}")
PASSING = {"Date", "Set-Cookie"}


def shown(cast: Cast, client: Client, hidden: Mapping[str, int], *, comments: int = 0) -> dict[str, object]:
    """Close a 360 with six peers, four followers and a theme that four have seen; return all that its owner gets."""
    found: dict[str, object] = {}
    with transaction.atomic():
        circle = circle_about(cast.own)
        first = circle.themes[0]
        for place in range(6):
            answers: dict[int, int | None] = {theme: (place + theme) % 7 for theme in circle.themes}
            answers[first] = hidden["few"] if place < 4 else None
            circle.answer(circle.ask("peer"), answers, "Calm." if place < comments else "")
        for _ in range(4):
            circle.answer(circle.ask("follower"), dict.fromkeys(circle.themes, hidden["kind"]))
        circle.close()
        page = client.get(reverse("growth:feedback", kwargs={"uid": circle.three_sixty.uid}))
        assert page.status_code == 200
        found["page"] = CHANCE.sub("-", page.content.decode())
        found["headers"] = {name: value for name, value in page.headers.items() if name not in PASSING}
        pdf = client.get(reverse("growth:feedback-pdf", kwargs={"uid": circle.three_sixty.uid}))
        assert pdf.status_code == 200
        found["pdf"] = len(pdf.content)
        transaction.set_rollback(True)
    return found


def test_hidden_answers_change_nothing_that_is_sent(
    browser: Callable[[str], Client], cast: Cast, framework: Edition
) -> None:
    client = browser("own")
    low = shown(cast, client, {"few": 0, "kind": 0})
    high = shown(cast, client, {"few": 6, "kind": 6})
    assert low["page"] == high["page"]
    assert low["headers"] == high["headers"]
    assert low["pdf"] == high["pdf"]


def test_four_comments_leave_no_more_than_none(
    browser: Callable[[str], Client], cast: Cast, framework: Edition
) -> None:
    client, hidden = browser("own"), {"few": 3, "kind": 3}
    assert shown(cast, client, hidden) == shown(cast, client, hidden, comments=4)


def test_the_search_bites_where_small_kinds_are_shown(
    browser: Callable[[str], Client], cast: Cast, framework: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "groups_of", lambda counts: {kind: kind for kind in counts})
    medians = closing.medians
    monkeypatch.setattr(closing, "medians", lambda answers: medians(answers, threshold=1))
    client = browser("own")
    low = shown(cast, client, {"few": 0, "kind": 0})
    high = shown(cast, client, {"few": 6, "kind": 6})
    assert low["page"] != high["page"]
