"""What a session carries besides the sign-in, how all of one person end, and how those that are over go."""

import datetime as dt
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from trellis.core import clock
from trellis.core.models import BrowserSession
from trellis.people.actions import record_sign_in
from trellis.people.models import Person


def queue_key(person: Person) -> str:
    """Return 24 hex digits: the same for a person on every device, but nobody can tell whose they are."""
    return salted_hmac("trellis.people.queue_key", str(person.uid), algorithm="sha256").hexdigest()[:24]


@receiver(user_logged_in, dispatch_uid="trellis.people.sessions")
def on_sign_in(sender: type[Person], request: HttpRequest, user: Person, **kwargs: Any) -> None:
    """Mark the new session with the person's key, and note the sign-in."""
    request.session["queue_key"] = queue_key(user)
    record_sign_in(user)


def end_sessions(person: Person) -> dict[str, int]:
    """Sign a person out everywhere, at once; returns how many sessions that were."""
    ended, _rows = BrowserSession.objects.filter(account=str(person.pk)).delete()
    return {"sessions": ended}


def forget_ended_sessions(on: dt.date) -> str:
    """Delete sessions whose browser has not come back in time; the daily job. Returns a line without names."""
    gone, _rows = BrowserSession.objects.filter(expire_date__lt=clock.now()).delete()
    return f"{gone} forgotten"
