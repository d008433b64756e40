"""Sessions: found by their account, ended all at once, and deleted when nobody comes back."""

import datetime as dt

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from trellis.core import clock
from trellis.core.models import BrowserSession
from trellis.people.sessions import end_sessions, forget_ended_sessions


def _signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.persons[name])
    return client


def test_all_sessions_of_a_person_end_at_once_and_no_others(cast: Cast) -> None:
    phone, laptop, other = _signed_in(cast, "own"), _signed_in(cast, "own"), _signed_in(cast, "colleague")
    with CaptureQueriesContext(connection) as queries:
        assert end_sessions(cast.persons["own"]) == {"sessions": 2}
    assert len(queries) <= 2, "however many sessions there are"
    assert [client.get("/me/settings/").status_code for client in (phone, laptop)] == [302, 302]
    assert "_auth_user_id" in other.session


def test_a_session_belongs_to_nobody_after_signing_out(cast: Cast) -> None:
    client = _signed_in(cast, "own")
    assert BrowserSession.objects.get().account == str(cast.persons["own"].pk)
    client.logout()
    assert not BrowserSession.objects.exclude(account="").exists()


def test_sessions_that_are_over_are_deleted_by_the_daily_job(cast: Cast) -> None:
    kept, old = _signed_in(cast, "own"), _signed_in(cast, "own")
    BrowserSession.objects.filter(session_key=old.session.session_key).update(
        expire_date=clock.now() - dt.timedelta(seconds=1)
    )
    assert forget_ended_sessions(clock.today()) == "1 forgotten"
    assert BrowserSession.objects.get().session_key == kept.session.session_key
