"""When something goes wrong, the page still looks like ours, says what to do, and gives nothing away."""

import pytest
from django.http import HttpRequest
from django.test import Client
from django.views.defaults import server_error


@pytest.mark.django_db
def test_an_address_that_is_not_there_leads_home() -> None:
    answer = Client().get("/nowhere/")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "This page is not here" in page
    assert "Skip to main content" in page
    assert "nowhere" not in page


@pytest.mark.django_db
def test_a_form_whose_token_is_gone_says_that_nothing_was_changed() -> None:
    answer = Client(enforce_csrf_checks=True).post("/demo/enter/new-member/")
    assert answer.status_code == 403
    assert "Nothing was changed." in answer.content.decode()


def test_an_error_of_ours_needs_neither_database_nor_visitor_to_be_told() -> None:
    answer = server_error(HttpRequest())
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()
