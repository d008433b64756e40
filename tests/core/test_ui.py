"""Components of the look: what is decoration stays silent, and what is said is said to everyone."""

from collections.abc import Iterator

import pytest
from django import forms
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory

from trellis.core import registry
from trellis.core.middleware import PermissionsPolicy
from trellis.core.registry import NavigationEntry


def render(source: str, **context: object) -> str:
    return Template(source).render(Context({"request": RequestFactory().get("/"), **context}))


def test_an_icon_is_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in render('{% icon "users" %}')
    assert "#users" in render('{% icon "users" %}')


def test_a_track_says_its_level_in_words_too() -> None:
    assert '<span class="vh">2</span>' in render("{% track 2 %}")


def test_a_ladder_shows_the_rung_to_climb_next() -> None:
    assert 'class="rungs-i v1 to2"' in render("{% ladder 1 to=2 %}")
    assert 'class="rungs-i v1"' in render("{% ladder 1 %}")


def test_the_last_crumb_is_the_page_itself() -> None:
    found = render('{% crumbs "Home" "/" "Here" %}')
    assert '<a href="/">Home</a>' in found
    assert '<span aria-current="page">Here</span>' in found


def test_only_a_bad_notice_interrupts() -> None:
    assert 'role="alert"' in render('{% notice "Oh" tone="bad" %}')
    assert 'role="alert"' not in render('{% notice "Oh" tone="warn" %}')


def test_what_a_person_wrote_is_escaped() -> None:
    assert "&lt;b&gt;" in render("{% notice text %}", text="<b>")


class Sample(forms.Form):
    name = forms.CharField(help_text="As colleagues know you.")


def test_a_fields_hint_and_error_are_tied_to_it() -> None:
    found = render("{% field form.name %}", form=Sample({}))
    assert 'aria-describedby="id_name-hint id_name-error"' in found
    assert 'id="id_name-hint"' in found
    assert 'id="id_name-error"' in found


def test_a_field_without_hint_or_error_points_at_nothing() -> None:
    class Bare(forms.Form):
        name = forms.CharField()

    assert "aria-describedby" not in render("{% field form.name %}", form=Bare())


@pytest.fixture
def entries() -> Iterator[None]:
    """Two entries in the navigation, one of which nobody may see."""
    for key, seen in (("open", True), ("closed", False)):
        registry.navigation.register(
            NavigationEntry(key, key.title(), "users", "account_login", lambda request, seen=seen: seen)  # type: ignore[misc]
        )
    yield
    for key in ("open", "closed"):
        registry.navigation.unregister(key)


def test_navigation_shows_what_this_request_may_see_and_where_it_is(entries: None) -> None:
    class Visitor:
        is_authenticated = False

    request = RequestFactory().get("/")
    request.user = Visitor()  # type: ignore[assignment]
    found = render("{% navigation %}", request=request, nav="open")
    assert "Open" in found
    assert "Closed" not in found
    assert 'aria-current="page"' in found


def test_unused_features_of_the_browser_are_switched_off() -> None:
    response = PermissionsPolicy(lambda request: HttpResponse())(RequestFactory().get("/"))
    assert "camera=()" in response.headers["Permissions-Policy"]
