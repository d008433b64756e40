"""Signs persons in without a password: a session as Django's own login would make it."""

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from trellis.core.sessions import SessionStore
from trellis.people.models import Person
from trellis.people.sessions import queue_key


def session_of(person: Person) -> str:
    """Return the key of a new session of that person, for the cookie."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "trellis.people.backend.PersonBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["queue_key"] = queue_key(person)
    session.create()
    return str(session.session_key)
