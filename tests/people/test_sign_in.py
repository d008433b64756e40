"""Sign-in: every page of it in our look and under our policy, every way in and out, and the second step."""

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core import mail
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from pytest_django import Settings

from tests.cast import NAMES, Cast
from trellis.core.models import AuditEntry
from trellis.core.sessions import SessionStore
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person
from trellis.people.sessions import queue_key
from trellis.people.views.sign_out import sign_out

PASSWORD = "seven trees by the pond"
SECRET = "JBSWY3DPEHPK3PXP"
OPEN_PAGES = (
    "account_login", "account_signup", "account_request_login_code", "account_reset_password",
    "account_reset_password_done", "account_email_verification_sent", "account_inactive",
)  # fmt: skip
OWN_PAGES = (
    "people:settings", "people:sharing", "account_email", "account_change_password", "account_logout",
    "account_reauthenticate", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn",
)  # fmt: skip
RUNNING_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE)
INLINE = re.compile(r"<[^>]+\s(style|on[a-z]+)=|<style|javascript:", re.IGNORECASE)


@pytest.fixture
def person(db: None) -> Person:
    """One who can sign in with a password and whose e-mail is confirmed."""
    person = Person.objects.create_user("ana@example.org", PASSWORD, given_name="Ana", family_name="Reyes")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def assert_ours(answer: HttpResponse) -> str:
    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<header class="bar">' in page
    assert "people/people.css" in page
    assert page.count("<h1>") == 1
    assert not RUNNING_SCRIPT.search(page)
    assert not INLINE.search(page)
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    for bound in re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]*\bid="([^"]+)"', page):
        assert f'<label for="{bound}"' in page, bound
    return page


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def come_in(client: Client, person: Person) -> None:
    """Sign in, and show once more that it is you, as pages that change the way in ask for."""
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def code_of_now() -> str:
    return format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))


@pytest.mark.parametrize("name", OPEN_PAGES)
def test_a_page_for_visitors_is_ours_and_has_no_inline_code(client: Client, db: None, name: str) -> None:
    assert_ours(client.get(reverse(name)))


@pytest.mark.parametrize("name", OWN_PAGES)
def test_a_page_of_ones_own_is_ours_and_has_no_inline_code(client: Client, person: Person, name: str) -> None:
    come_in(client, person)
    assert_ours(client.get(reverse(name)))


@pytest.mark.parametrize(
    "name",
    ["mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp", "people:settings"],
)
def test_a_page_of_one_with_a_second_step_is_ours(client: Client, person: Person, name: str) -> None:
    come_in(client, person)
    TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)
    assert_ours(client.get(reverse(name)))


def test_a_passkey_can_be_renamed_and_removed_on_pages_of_ours(client: Client, person: Person) -> None:
    come_in(client, person)
    key = Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "My phone", "credential": {}}
    )
    assert "My phone" in assert_ours(client.get(reverse("mfa_list_webauthn")))
    assert_ours(client.get(reverse("mfa_edit_webauthn", args=[key.pk])))
    assert_ours(client.get(reverse("mfa_remove_webauthn", args=[key.pk])))


def test_a_password_lets_in_and_marks_the_session(client: Client, person: Person) -> None:
    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/"
    assert signed_in(client)
    assert client.session["queue_key"] == queue_key(person)
    entry = AuditEntry.objects.get(action="people.sign_in")
    assert (entry.target, entry.detail) == (f"person:{person.uid}", {})


def test_a_wrong_password_is_refused_in_words_beside_the_form(client: Client, person: Person) -> None:
    answer = client.post(reverse("account_login"), {"login": person.email, "password": "wrong"})
    assert 'role="alert"' in assert_ours(answer)
    assert not signed_in(client)


def test_a_code_by_mail_lets_in_without_a_password(client: Client, person: Person) -> None:
    answer = client.post(reverse("account_request_login_code"), {"email": person.email}, follow=True)
    assert_ours(answer)
    code = re.search(r"^([A-Z0-9-]{6,9})$", mail.outbox[0].body, re.MULTILINE)
    assert code is not None
    client.post(reverse("account_confirm_login_code"), {"code": code[1]})
    assert signed_in(client)


def test_a_new_person_confirms_their_mail_and_then_comes_in(client: Client, db: None) -> None:
    facts = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), facts, headers={"Accept-Language": "es"})
    new = Person.objects.get(email="new@example.org")
    assert new.language == "es"
    assert not signed_in(client)
    link = re.search(r"http://testserver(/account/confirm-email/\S+)", mail.outbox[0].body)
    assert link is not None
    assert_ours(client.get(link[1]))
    client.post(link[1])
    client.post(reverse("account_login"), {"login": new.email, "password": PASSWORD})
    assert signed_in(client)
    assert client.cookies["django_language"].value == "es"


def test_a_forgotten_password_is_set_anew_by_a_link(client: Client, person: Person) -> None:
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = re.search(r"http://testserver(/account/password/reset/key/\S+)", mail.outbox[0].body)
    assert link is not None
    answer = client.get(link[1], follow=True)
    assert_ours(answer)
    fresh = "nine lanterns on a hill"
    client.post(answer.redirect_chain[-1][0], {"password1": fresh, "password2": fresh})
    person.refresh_from_db()
    assert person.check_password(fresh)
    assert_ours(client.get(link[1], follow=True))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("account_request_login_code", {"email": "ana@example.org"}),
        ("account_reset_password", {"email": "ana@example.org"}),
        ("account_email", {"email": "two@example.org", "action_add": ""}),
    ],
)
def test_a_mail_names_nobody(client: Client, person: Person, name: str, fields: dict[str, str]) -> None:
    if name == "account_email":
        come_in(client, person)
    client.post(reverse(name), fields)
    (message,) = mail.outbox
    assert not re.search(r"\bana\b|reyes", f"{message.subject} {message.body}", re.IGNORECASE)
    assert "Trellis" in message.body


def test_with_a_second_step_a_password_alone_is_not_enough(client: Client, person: Person) -> None:
    TOTP.activate(person, SECRET)
    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD}, follow=True)
    assert "recovery codes" in assert_ours(answer)
    assert not signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_of_now()})
    assert signed_in(client)


def test_an_inactive_person_cannot_come_in_nor_stay(client: Client, person: Person) -> None:
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/me/settings/").status_code == 302
    fresh = Client()
    fresh.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert not signed_in(fresh)


def test_the_queue_key_is_the_same_everywhere_and_tells_nothing(person: Person, cast: Cast, settings: Settings) -> None:
    keys = set()
    for _ in range(2):
        device = Client()
        device.force_login(person)
        keys.add(device.session["queue_key"])
    assert len(keys) == 1
    key = keys.pop()
    assert re.fullmatch(r"[0-9a-f]{24}", key)
    assert key not in {queue_key(other) for other in cast.persons.values()}
    assert key[:8] not in person.uid.hex
    settings.SECRET_KEY = "another secret key of at least fifty characters, for this test"
    assert queue_key(person) != key


def test_signing_out_works_by_post_only_and_clears_the_browser(client: Client, person: Person) -> None:
    assert resolve(reverse("account_logout")).func is sign_out
    client.force_login(person)
    asked = client.get(reverse("account_logout"))
    assert "Clear-Site-Data" not in asked.headers
    assert signed_in(client)
    answer = client.post(reverse("account_logout"))
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert answer.status_code == 302
    assert not signed_in(client)
    assert "queue_key" not in client.session


def test_the_language_is_kept_with_the_person_and_on_the_device(client: Client, person: Person) -> None:
    client.force_login(person)
    answer = client.post(reverse("people:settings"), {"language": "es"})
    assert answer.status_code == 302
    assert client.cookies["django_language"].value == "es"
    person.refresh_from_db()
    assert person.language == "es"
    assert client.post(reverse("people:settings"), {"language": "tlh"}).status_code == 422


@pytest.fixture
def asked_by(rf: RequestFactory) -> Callable[[object], HttpResponse]:
    """Answer of a view that asks for a second factor."""

    @second_factor_required
    def files(request: HttpRequest) -> HttpResponse:
        return HttpResponse("files")

    def ask(viewer: object) -> HttpResponse:
        request = rf.get("/")
        request.session = SessionStore()
        request.user = viewer  # type: ignore[assignment]
        request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
        answer = files(request)
        answer.headers["X-Said"] = " ".join(str(message) for message in request._messages)  # type: ignore[attr-defined]
        return answer

    return ask


@pytest.mark.parametrize("name", NAMES)
def test_in_production_who_opens_files_needs_a_second_factor(
    cast: Cast, settings: Settings, asked_by: Callable[[object], HttpResponse], name: str
) -> None:
    settings.TRELLIS_DEMO = False
    answer = asked_by(cast.viewer(name))
    if name in {"president", "sibling_president", "other_state_president", "coach", "state_staff", "steward"}:
        assert (answer.status_code, answer.headers["Location"]) == (302, reverse("mfa_index"))
        assert "second step" in answer.headers["X-Said"]
        TOTP.activate(cast.persons[name], SECRET)
        answer = asked_by(cast.viewer(name))
    assert answer.content == b"files"


def test_in_the_demo_no_second_factor_is_asked_for(cast: Cast, asked_by: Callable[[object], HttpResponse]) -> None:
    assert asked_by(cast.president).content == b"files"
    assert asked_by(AnonymousUser()).content == b"files"
