"""The feed of public sessions: as JSON Feed 1.1 asks for it, only what is public, and nobody's name."""

import datetime as dt
import json
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.cast import Cast
from tests.learning import offerings
from trellis.core import clock
from trellis.exchange.feed import views
from trellis.framework.tree import EditionTree
from trellis.learning.actions import cancel_session, retire_offering
from trellis.learning.models import Offering, Session

# RFC 3339, as the standard asks for its dates.
_MOMENT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
_TOP = {"version", "title", "description", "home_page_url", "feed_url", "language", "items", "next_url"}
_ITEM = {
    "id", "url", "title", "summary", "content_text", "date_modified", "authors", "language", "tags", "_trellis"
}  # fmt: skip


def _public(cast: Cast, unit: str = "Riverside", **more: Any) -> Offering:
    return offerings.offering(cast, unit, is_public=True, **more)


def _ask(path: str = "/learn/feed.json", **headers: str) -> HttpResponse:
    answer: HttpResponse = Client().get(path, headers=headers)
    return answer


def _read(path: str = "/learn/feed.json", **headers: str) -> dict[str, Any]:
    answer = _ask(path, **headers)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/feed+json"
    found: dict[str, Any] = json.loads(answer.content)
    _conforms(found)
    return found


def _conforms(feed: dict[str, Any]) -> None:
    """What JSON Feed 1.1 requires of a feed, and the kind of everything that it may have."""
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(feed["title"], str)
    assert feed["title"]
    assert isinstance(feed["items"], list)
    assert feed.keys() <= _TOP
    for address in ("home_page_url", "feed_url", *(["next_url"] if "next_url" in feed else [])):
        assert urlsplit(feed[address]).scheme in ("http", "https")
    assert feed.get("next_url") != feed["feed_url"], "a page leads to another page"
    ids = [item["id"] for item in feed["items"]]
    assert len(set(ids)) == len(ids)
    for item in feed["items"]:
        assert item.keys() == _ITEM
        assert isinstance(item["id"], str)
        assert item["id"]
        assert item["content_text"], "an item has a text"
        assert _MOMENT.match(item["date_modified"])
        assert all(author["name"] for author in item["authors"]), "an author has a name, an address or a picture"
        assert all(isinstance(tag, str) for tag in item["tags"])
        assert re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]+)?", item["language"])
        ours = item["_trellis"]
        assert ours["about"].startswith("https://")
        assert _MOMENT.match(ours["starts_at"])
        assert _MOMENT.match(ours["ends_at"])


def _titles(path: str = "/learn/feed.json") -> list[str]:
    return [item["title"] for item in _read(path)["items"]]


def test_a_public_session_is_everybodys_to_read(cast: Cast, tree: EditionTree) -> None:
    session = offerings.session(cast, of=_public(cast), place="Union hall", leads=(cast.colleague,))
    (item,) = _read()["items"]
    assert item["title"] == "Listening first"
    assert item["url"].endswith(f"/learn/session/{session.uid}/")
    assert "Union hall" in item["summary"]
    assert "One-to-ones that people remember." in item["content_text"]
    assert item["authors"] == [{"name": cast.unit("Riverside").name}]
    assert item["tags"] == [next(theme.short for theme in tree.themes if theme.code == "ORG.5")]
    starts = dt.datetime.fromisoformat(item["_trellis"]["starts_at"])
    assert starts == session.starts_at
    assert starts.utcoffset() != dt.timedelta(0), "by the clocks of the place"


def test_nobody_is_named_and_the_way_in_is_not_told(cast: Cast, tree: EditionTree) -> None:
    offering = _public(cast, provider="Maria Presenter")
    offerings.session(
        cast, of=offering, leads=(cast.colleague,), link="https://meet.example.org/secret", note="Ask for Pat."
    )
    text = _ask().content.decode()
    for private in (cast.colleague.name, "Maria Presenter", "meet.example.org", "Ask for Pat"):
        assert private not in text
    assert json.loads(text)["items"][0]["_trellis"]["meets_online"] is True


def test_only_what_its_organizer_made_public_is_in_it(cast: Cast, tree: EditionTree) -> None:
    offerings.session(cast, of=offerings.offering(cast, title="For members"))
    offerings.session(cast, of=offerings.offering(cast, listed=False, title="A draft", is_public=True))
    retired = _public(cast, title="Over")
    offerings.session(cast, of=retired)
    retire_offering(retired, by=cast.president)
    past = offerings.session(cast, of=_public(cast, title="Last month"))
    Session.objects.filter(pk=past.pk).update(
        starts_at=clock.now() - dt.timedelta(days=30), ends_at=clock.now() - dt.timedelta(days=29)
    )
    assert _titles() == []
    offerings.session(cast, of=_public(cast))
    assert _titles() == ["Listening first"]


def test_a_cancelled_session_says_so(cast: Cast, tree: EditionTree) -> None:
    session = offerings.session(cast, of=_public(cast))
    cancel_session(session, by=cast.president)
    (item,) = _read()["items"]
    assert (item["title"], item["_trellis"]["status"]) == ("Cancelled: Listening first", "cancelled")


def test_a_unit_has_its_own_with_those_inside_it_and_none_without_something_public(
    cast: Cast, tree: EditionTree
) -> None:
    offerings.session(cast, of=_public(cast))
    state, local, other = (cast.unit(name) for name in ("Alder", "Riverside", "Harrow"))
    assert _titles(f"/learn/unit/{state.uid}/feed.json") == ["Listening first"]
    assert local.name in _read(f"/learn/unit/{local.uid}/feed.json")["title"]
    assert _ask(f"/learn/unit/{other.uid}/feed.json").status_code == 404


def test_long_feeds_come_page_by_page(cast: Cast, tree: EditionTree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PER_PAGE", 2)
    offering = _public(cast)
    for day in range(5):
        offerings.session(cast, of=offering, days=day + 1)
    seen, page, first = [], _read("/learn/feed.json?lang=es"), "?lang=es"
    while True:
        assert page["feed_url"].endswith(first)
        seen += [item["id"] for item in page["items"]]
        if "next_url" not in page:
            break
        address = urlsplit(page["next_url"])
        page = _read(f"{address.path}?{address.query}")
    assert len(seen) == len(set(seen)) == 5
    for wrong in ("9", "0", "x"):
        assert _ask(f"/learn/feed.json?page={wrong}").status_code == 404


def test_it_speaks_the_readers_language(cast: Cast, tree: EditionTree) -> None:
    cancel_session(offerings.session(cast, of=_public(cast)), by=cast.president)
    spanish = _read("/learn/feed.json?lang=es", **{"Accept-Language": "en"})
    assert spanish["language"] == "es"
    assert spanish["items"][0]["title"] != _read()["items"][0]["title"]
    assert _read(**{"Accept-Language": "es-MX,es;q=0.9"})["title"] == spanish["title"]
    assert _read("/learn/feed.json?lang=xx")["language"] == "en"
    assert "Accept-Language" in _ask().headers["Vary"]


def test_who_has_it_already_is_told_so_and_scripts_of_other_sites_may_read_it(cast: Cast, tree: EditionTree) -> None:
    offerings.session(cast, of=_public(cast))
    first = _ask()
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    again = _ask(**{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Session.objects.update(place="Library")
    assert _ask(**{"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_however_many_sessions_the_questions_to_the_database_stay_few(
    cast: Cast, tree: EditionTree, django_assert_max_num_queries: Any
) -> None:
    for day in range(8):
        offerings.session(cast, of=_public(cast), days=day + 1)
    _read()
    with django_assert_max_num_queries(8):
        _read()


def test_pages_name_it_in_their_head(cast: Cast, tree: EditionTree) -> None:
    member = Client()
    member.force_login(cast.own)
    named = '<link rel="alternate" type="application/feed+json" title="Sessions that everybody may see"'
    assert named in Client().get("/").content.decode()
    assert named in member.get("/learn/").content.decode()
    assert named not in member.get("/learn/mine/").content.decode()


def test_an_organizer_makes_an_offering_public_and_takes_that_back(cast: Cast, tree: EditionTree) -> None:
    client, offering = Client(), offerings.offering(cast)
    client.force_login(cast.president)
    path = f"/learn/arrange/offering/{offering.uid}/"
    said = {
        "unit": cast.unit("Riverside").uid, "title": "Listening first", "format": "online", "language": "en",
        "hours": "1.5", "teaches": "ORG.5.L1",
    }  # fmt: skip
    assert client.post(path, {**said, "is_public": "on"}).status_code == 302
    assert Offering.objects.get().is_public
    assert "checked" in client.get(path).content.decode().partition('name="is_public"')[2][:120]
    assert "signed in or not." in client.get(f"/learn/offering/{offering.uid}/").content.decode()
    assert client.post(path, said).status_code == 302
    assert not Offering.objects.get().is_public
