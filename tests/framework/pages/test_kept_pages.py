"""A page that is kept whole for visitors carries nothing of anybody, and each sees it in their own language."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from trellis.framework.models import Edition
from trellis.people.models import Person

PAGES = ("/framework/", *(f"/framework/nea-lcf/2020/{place}" for place in ("", "ADV/", "ADV.1/", "ADV.1.L2/")))


@pytest.mark.parametrize("path", PAGES)
def test_it_carries_no_form_token_and_no_name(framework: Edition, person: Person, path: str) -> None:
    reader = Client()
    reader.force_login(person)
    assert "csrfmiddlewaretoken" in reader.get(path).text, "signed in, the page has a form to sign out"
    for _ in range(2):
        answer = Client().get(path)
        assert "csrfmiddlewaretoken" not in answer.text
        assert person.name not in answer.text
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", PAGES)
def test_the_second_visitor_gets_what_the_first_one_got(framework: Edition, path: str) -> None:
    first, second = Client().get(path), Client().get(path)
    assert first.content == second.content
    assert first.headers["ETag"] == second.headers["ETag"]


def test_it_costs_one_query(framework: Edition, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    Client().get(PAGES[-1])
    with django_assert_num_queries(1):
        Client().get(PAGES[-1])


def test_each_language_has_its_own(framework: Edition) -> None:
    for language in ("en", "es", "en"):
        answer = Client(headers={"accept-language": language}).get(PAGES[1])
        assert f'<html lang="{language}"' in answer.text
