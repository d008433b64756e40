"""The page "Who sees my file": three choices that say by name what they mean, and hold at once."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from trellis.core import clock
from trellis.people.access import visible_files
from trellis.people.models import Membership, Sharing, Term

PAGE = "/me/sharing/"


def test_a_visitor_is_sent_to_sign_in(client: Client, db: None) -> None:
    answer = client.get(PAGE)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{reverse('account_login')}?next={PAGE}")


def test_it_names_who_would_see_the_file_today(client: Client, cast: Cast) -> None:
    client.force_login(cast.own)
    page = client.get(PAGE).content.decode()
    assert "President Cast" in page
    assert "Coach Cast" in page
    for name in ("Former President", "Sibling President", "Suspended", "State Staff"):
        assert name not in page
    assert 'value="leaders" checked' in page
    assert page.count("checked") == 1


def test_it_says_so_when_nobody_holds_the_role(client: Client, cast: Cast) -> None:
    Term.objects.all().delete()
    client.force_login(cast.own)
    assert client.get(PAGE).content.decode().count("nobody would see it until someone does") == 2


@pytest.mark.parametrize("choice", list(Sharing))
def test_a_choice_holds_at_once_and_is_confirmed(client: Client, cast: Cast, choice: Sharing) -> None:
    client.force_login(cast.own)
    answer = client.post(PAGE, {"sharing": choice}, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "Saved. From now on" in answer.content.decode()
    assert f'value="{choice}" checked' in answer.content.decode()
    assert cast.own.sharing == choice
    assert (cast.own in visible_files(cast.president)) is (choice == Sharing.LEADERS)
    assert (cast.own in visible_files(cast.coach)) is (choice == Sharing.COACH)


def test_a_fragment_is_answered_with_the_message_alone(client: Client, cast: Cast) -> None:
    client.force_login(cast.own)
    answer = client.post(PAGE, {"sharing": "me"}, headers={"HX-Request": "true"})
    assert answer.content.decode().strip().startswith('<div class="notice good"')
    assert cast.own.sharing == Sharing.ME


@pytest.mark.parametrize("fields", [{}, {"sharing": "everyone"}])
def test_a_wrong_choice_changes_nothing_and_says_so(client: Client, cast: Cast, fields: dict[str, str]) -> None:
    client.force_login(cast.own)
    answer = client.post(PAGE, fields)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert cast.own.sharing == Sharing.LEADERS


def test_nobody_can_choose_for_somebody_else(client: Client, cast: Cast) -> None:
    client.force_login(cast.president)
    client.post(PAGE, {"sharing": "me", "person": str(cast.own.uid), "uid": str(cast.own.uid)})
    assert cast.own.sharing == Sharing.LEADERS


def test_the_page_stays_cheap_for_one_with_many_memberships(
    client: Client, cast: Cast, django_assert_max_num_queries: object
) -> None:
    for name in ("Harbor", "Orchard", "Driftwood", "Riverside board"):
        Membership.objects.create(person=cast.persons["own"], unit=cast.unit(name), since=clock.today())
    client.force_login(cast.own)
    with django_assert_max_num_queries(8):
        client.get(PAGE)
