"""Exclusions: the pair looks like any other everywhere, to everybody, and no link ever goes out."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.assessment.three_sixty.lists import link_into, named, started
from tests.cast import Cast
from trellis.assessment.ending import remind_all
from trellis.assessment.keeping_apart import keep_apart, take_back
from trellis.assessment.models import Exclusion, ThreeSixty
from trellis.assessment.three_sixty_queries import coaches_for
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.framework.models import Edition

Commit = Callable[..., AbstractContextManager[Any]]
WAYS = ("own keeps apart", "colleague keeps apart")
# What differs with every run, whatever is on the list.
CHANCE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|name=\"csrfmiddlewaretoken\" value=\"\w+\"")


def exclude(cast: Cast, way: str) -> None:
    if way == WAYS[0]:
        keep_apart(cast.colleague, by=cast.own)
    elif way == WAYS[1]:
        keep_apart(cast.own, by=cast.colleague)


def whole_way(cast: Cast, commit: Commit, by: str) -> tuple[list[tuple[int, str]], list[Any], set[str]]:
    """Name the colleague, send, approve, look at every page; returns the pages, the trail and who got mail."""
    member, coach = Client(), Client()
    member.force_login(cast.own)
    coach.force_login(cast.coach)
    mail.outbox.clear()
    before = AuditEntry.objects.count()
    found = named(started(cast.own, cast.coach), cast.own)
    at = {"uid": found.uid}
    common = {"relation": "peer", "language": "en"}
    pages = []

    def note(answer: Any) -> None:
        pages.append((answer.status_code, CHANCE.sub("", answer.content.decode())))

    if by == "name":
        note(member.post(reverse("assessment:three-sixty-add", kwargs=at), {"person": cast.colleague.uid, **common}))
    else:
        typed = {"name": "Colleague Cast", "email": "colleague@example.org"}
        note(member.post(reverse("assessment:three-sixty-add-address", kwargs=at), typed | common))
    note(member.get(reverse("assessment:three-sixty-people", kwargs=at)))
    note(member.post(reverse("assessment:three-sixty-send", kwargs=at)))
    note(member.get(reverse("assessment:three-sixty", kwargs=at)))
    note(coach.get(reverse("assessment:three-sixty-coach-one", kwargs=at)))
    with commit(execute=True):
        note(coach.post(reverse("assessment:three-sixty-coach-one", kwargs=at), {"approve": "1"}))
    note(coach.get(reverse("assessment:three-sixty-coach")))
    for name in ("three-sixty", "three-sixty-close", "three-sixty-cancel"):
        note(member.get(reverse(f"assessment:{name}", kwargs=at)))
    with commit(execute=True):
        remind_all(clock.today())
    note(member.post(reverse("assessment:three-sixty-close", kwargs=at)))
    note(member.get(reverse("growth:feedback", kwargs=at)))
    rows = AuditEntry.objects.order_by("pk")[before:]
    # Every 360 has another uid.
    trail = [(row.actor, row.action, {**row.detail, "three_sixty": ""}) for row in rows]
    return pages, trail, {message.to[0] for message in mail.outbox}


@pytest.mark.parametrize("by", ["name", "e-mail"])
@pytest.mark.parametrize("way", WAYS)
def test_everything_is_the_same_but_for_the_mail(
    cast: Cast, framework: Edition, django_capture_on_commit_callbacks: Commit, way: str, by: str
) -> None:
    runs = []
    for excluded in ("nobody", way):
        with transaction.atomic():
            exclude(cast, excluded)
            runs.append(whole_way(cast, django_capture_on_commit_callbacks, by))
            transaction.set_rollback(True)
    (pages, trail, asked), (pages_without, trail_without, asked_without) = runs
    assert pages == pages_without
    assert trail == trail_without
    assert asked - asked_without == {"colleague@example.org"}
    assert asked_without < asked


def test_a_link_that_was_sent_before_no_longer_works_and_says_nothing_special(
    cast: Cast, framework: Edition, client: Client
) -> None:
    found = named(started(cast.own), cast.own, ["colleague@example.org"])
    ThreeSixty.objects.filter(pk=found.pk).update(state="open")
    address = reverse("assessment:answer", kwargs={"link": link_into(found)})
    assert client.get(address).status_code == 200
    exclude(cast, WAYS[0])
    answer = client.get(address)
    assert answer.status_code == 410
    assert "This link has been used" in answer.content.decode()


def test_a_coach_whom_the_person_keeps_apart_from_is_not_offered(cast: Cast, framework: Edition) -> None:
    keep_apart(cast.coach, by=cast.own)
    assert coaches_for(cast.own) == ()


def test_a_coach_who_keeps_apart_is_offered_as_ever(cast: Cast, framework: Edition) -> None:
    keep_apart(cast.own, by=cast.coach)
    assert coaches_for(cast.own) == (cast.coach,)


def test_only_who_said_so_sees_it(cast: Cast, framework: Edition, client: Client) -> None:
    keep_apart(cast.colleague, by=cast.own)
    for name, count in (("own", 1), ("colleague", 0), ("coach", 0)):
        client.force_login(cast.viewer(name))
        page = client.get(reverse("assessment:apart")).content.decode()
        assert page.count("Remove ") == count


def test_it_is_taken_back(cast: Cast, framework: Edition, client: Client) -> None:
    client.force_login(cast.own)
    client.post(reverse("assessment:apart-add", kwargs={"uid": cast.colleague.uid}))
    client.post(reverse("assessment:apart-add", kwargs={"uid": cast.colleague.uid}))
    assert Exclusion.objects.count() == 1
    take_back(Exclusion.objects.get(), by=cast.own)
    assert not Exclusion.objects.exists()


def test_the_trail_does_not_say_whom(cast: Cast, framework: Edition) -> None:
    keep_apart(cast.colleague, by=cast.own)
    row = AuditEntry.objects.latest("pk")
    assert (row.actor, row.target, row.detail) == (str(cast.own.uid), f"person:{cast.own.uid}", {})
