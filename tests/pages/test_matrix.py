"""Every address x every one of the cast: who gets in, who is sent to sign-in, and who finds nothing there."""

import uuid
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.cast import NAMES, Cast
from tests.pages.areas import MATRIX
from tests.pages.matrix import OTHERS, SIGN_IN, SIGNED_IN, VISITORS, Outcome, Row

METHODS = ("get", "post")


def _pages(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _pages(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name or pattern.pattern}", pattern


PAGES = dict(_pages(get_resolver().url_patterns))
OURS = {name for name, page in PAGES.items() if page.callback.__module__.startswith("trellis.")}
ROWS = [
    pytest.param(name, row, id=" ".join(filter(None, (row.method, name, row.of))))
    for name, rows in MATRIX.items()
    for row in rows
]


def _client(cast: Cast, name: str) -> Client:
    client = Client()
    if name != "anonymous":
        client.force_login(cast.persons[name])
    return client


def _outcome(response: HttpResponse) -> Outcome:
    if response.status_code == 302 and response.headers["Location"].startswith(reverse("account_login")):
        return SIGN_IN
    return response.status_code


def test_every_address_of_ours_is_declared_and_no_other() -> None:
    assert set(MATRIX) == OURS


def test_every_other_address_belongs_to_a_package_that_we_know() -> None:
    unknown = {name for name in set(PAGES) - OURS if not name.startswith(OTHERS)}
    assert unknown == set()
    # Old addresses of allauth's lead on to where our own stand now.
    known = ("allauth.", "django.views.generic.")
    assert all(PAGES[name].callback.__module__.startswith(known) for name in set(PAGES) - OURS)


def test_the_matrix_names_only_those_of_the_cast() -> None:
    assert {name for rows in MATRIX.values() for row in rows for name in row.opens} <= set(NAMES)


@pytest.mark.parametrize(("name", "row"), ROWS)
def test_a_page_opens_for_those_who_may_and_for_nobody_else(name: str, row: Row, cast: Cast) -> None:
    address = reverse(name, kwargs=dict(row.args(cast)))
    found: dict[str, Outcome] = {}
    for viewer in NAMES:
        with transaction.atomic():
            found[viewer] = _outcome(getattr(_client(cast, viewer), row.method)(address, row.data))
            transaction.set_rollback(True)  # so that nobody finds what an earlier one has done
    assert found == {viewer: row.expected(viewer) for viewer in NAMES}


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_a_method_that_is_not_declared_is_refused(name: str, cast: Cast) -> None:
    rows = MATRIX[name]
    viewer = next(iter(sorted(rows[0].opens - VISITORS or SIGNED_IN)))
    client, address = _client(cast, viewer), reverse(name, kwargs=dict(rows[0].args(cast)))
    undeclared = {*METHODS, "put", "patch", "delete"} - {row.method for row in rows}
    assert {method: getattr(client, method)(address).status_code for method in undeclared} == dict.fromkeys(
        undeclared, 405
    )


@pytest.mark.parametrize(("name", "row"), [row for row in ROWS if "uid" in str(PAGES[row.values[0]].pattern)])
def test_a_uid_that_leads_nowhere_is_not_found(name: str, row: Row, cast: Cast) -> None:
    address = reverse(name, kwargs=dict(row.args(cast)) | {"uid": uuid.uuid4()})
    viewer = next(iter(sorted(row.opens - VISITORS or SIGNED_IN)))
    # What is for programs asks for a token before it looks for anything.
    expected = 401 if row.yes == 401 else 404
    assert getattr(_client(cast, viewer), row.method)(address, row.data).status_code == expected


def _names_no_key(name: str) -> bool:
    try:
        return bool(reverse(name))
    except NoReverseMatch:
        return False


@pytest.mark.parametrize("name", sorted(filter(_names_no_key, set(PAGES) - OURS)))
@pytest.mark.parametrize("viewer", ["anonymous", "own"])
def test_a_page_of_allauth_can_be_shown(name: str, viewer: str, cast: Cast) -> None:
    """Many of its templates are ours: whether they render, for each page whose address names no key."""
    assert _client(cast, viewer).get(reverse(name)).status_code < 500
