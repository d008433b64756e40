"""Run on a site's data (python -m tests.browser.prepare): stores persons for the tests and prints them as JSON."""

import json
import sys
import time
from typing import Any

import django

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: E402
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from tests.assessment.three_sixty.lists import link_into, named, started  # noqa: E402
from tests.browser.persons import PASSWORD  # noqa: E402
from trellis.assessment.actions import answer, begin, finish, instrument_for  # noqa: E402
from trellis.assessment.form import Point  # noqa: E402
from trellis.assessment.instruments import SHORT_SELF  # noqa: E402
from trellis.assessment.inviting import open_three_sixty  # noqa: E402
from trellis.assessment.models import Response  # noqa: E402
from trellis.assessment.sequence import themes_in_order  # noqa: E402
from trellis.core.clock import now, today  # noqa: E402
from trellis.framework.queries import main_edition, main_tree  # noqa: E402
from trellis.growth.models import MentorOffer  # noqa: E402
from trellis.growth.plan_actions import add_to_plan  # noqa: E402
from trellis.growth.weekly_mail import link_of  # noqa: E402
from trellis.people.demo.cast import CAST  # noqa: E402
from trellis.people.models import Membership, Person, Term, Unit  # noqa: E402

NEWCOMERS = 40
DEVICES = 2
BEGUN = 7
# Half-steps by the theme's place, None for no chance: every level, with and without "partly".
HALF_STEPS = (2, 3, None, 0, 1, 4, 5, 6)
# What the traveler wants to learn: sessions teach it where they live, and somebody offers to mentor in it.
WAY = "ORG.4"


@transaction.atomic
def main() -> None:
    """Store newcomers, one person for each state, and sessions for all of them and for the demo's cast."""
    password = make_password(PASSWORD)  # once: hashing is slow on purpose
    names = [f"newcomer-{number}" for number in range(NEWCOMERS)]
    newcomers = {name: _somebody(_person(name, password)) for name in names}
    begun, done, secured = (_person(name, password) for name in ("begun", "done", "secured"))
    TOTP.activate(secured, generate_totp_secret())
    RecoveryCodes.activate(secured)
    states = {
        "begun": _somebody(begun, _answered(begun, BEGUN)),
        "done": _somebody(done, finish(_answered(done, None), by=done)),
        "secured": _somebody(secured),
    }
    states |= {"chooser": _chooser(password), "rated": _rated(password), "mailed": _mailed(password)}
    states |= _company(password)
    cast = {one.key: _somebody(Person.objects.get(email=one.email)) for one in CAST}
    json.dump({"newcomers": newcomers, "states": states, "cast": cast}, sys.stdout)


def _person(name: str, password: str) -> Person:
    email = f"{name}@example.net"
    person = Person.objects.create(email=email, given_name=name.title(), family_name="Walker", password=password)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    # Away from the local of the cast, so that nothing on the cast's pages changes.
    home = Unit.objects.filter(kind="worksite").order_by("tree_id", "lft").last()
    Membership.objects.create(person=person, unit=home, since=today())
    return person


def _chooser(password: str) -> dict[str, Any]:
    """Somebody who is choosing whom to ask, a school address among them."""
    person = _person("chooser", password)
    found = named(started(person), person)
    named(found, person, ["boss@example.net"], "lead")
    named(found, person, ["teacher@some-school.example"], "follower")
    return _somebody(person)


def _rated(password: str) -> dict[str, Any]:
    """Somebody whose 360 is open; `response` is the address of one of the raters' links."""
    person = _person("rated", password)
    found = named(started(person), person)
    open_three_sixty(found, confirmed=(), by=person)
    found.refresh_from_db()
    return _somebody(person) | {"response": f"/answer/{link_into(found)}/"}


def _mailed(password: str) -> dict[str, Any]:
    """Somebody who gets the weekly mail; `response` is the address in it that turns it off."""
    person, tree = _person("mailed", password), main_tree()
    assert tree is not None
    goal = add_to_plan(tree.themes[0], tree, target=1, reason="", by=person)
    return _somebody(person) | {"response": reverse("growth:weekly-mail", kwargs={"link": link_of(goal.plan)})}


def _company(password: str) -> dict[str, dict[str, Any]]:
    """Somebody who has begun everything, and whom they meet on their way: president and coach at home, a mentor."""
    traveler = _person("traveler", password)
    done = finish(_answered(traveler, None, half_steps=(1,)), by=traveler)
    home = traveler.memberships.get().unit
    above = Unit.objects.filter(tree_id=home.tree_id, lft__lte=home.lft, rgt__gte=home.rgt)
    coach, president = (
        Term.objects.get(role__code=role, unit__in=above, ends=None).person for role in ("coach", "local-president")
    )
    mentor = next(offer.person for offer in MentorOffer.objects.order_by("pk") if WAY in offer.themes)
    return {
        "traveler": _somebody(traveler, done),
        "travelers-coach": _somebody(coach),
        "travelers-president": _somebody(president),
        "travelers-mentor": _somebody(mentor),
    }


def _answered(person: Person, count: int | None, half_steps: tuple[int | None, ...] = HALF_STEPS) -> Response:
    """Begin, and answer that many themes in the order in which they are asked; all of them without a count."""
    edition, tree = main_edition(), main_tree()
    assert edition is not None
    assert tree is not None
    response = begin(instrument_for(edition, SHORT_SELF, by=person), by=person)
    for place, theme in enumerate(themes_in_order(tree, response.domain_order)[:count]):
        half = half_steps[place % len(half_steps)]
        answer(response, Point("theme", theme.id), value=half, answered_at=now(), by=person)
    return response


def _somebody(person: Person, response: Response | None = None) -> dict[str, Any]:
    keys = []
    for _ in range(DEVICES):
        client = Client()
        client.force_login(person)
        session = client.session
        # Pages about security ask for the password again unless it was just given; "just" lasts for the whole suite.
        given = {"method": "password", "at": time.time() + 3600, "reauthenticated": True}
        session["account_authentication_methods"] = [given]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
        keys.append(session.session_key)
    return {"email": person.email, "sessions": keys, "response": str(response.uid) if response else ""}


if __name__ == "__main__":
    main()
