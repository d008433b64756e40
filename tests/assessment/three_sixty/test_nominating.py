"""Choosing whom to ask: who may be named, what is refused, what would be shown, and addresses of an employer."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests.assessment.three_sixty.lists import PEERS, named, started
from tests.cast import Cast
from trellis.assessment.employer_addresses import may_be_read_by_employer
from trellis.assessment.models import Rater, ThreeSixty, ThreeSixtyState
from trellis.assessment.nominating import (
    MOST_RATERS,
    change_frame,
    name_address,
    name_person,
    return_list,
    send_to_coach,
    start_three_sixty,
)
from trellis.assessment.three_sixty_queries import coaches_for, kinds_in, under_way
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.framework.models import Edition


def add(found: ThreeSixty, cast: Cast, email: str, *, name: str = "Ana Reyes", relation: str = "peer") -> Rater:
    return name_address(found, name=name, email=email, relation=relation, language="en", by=cast.own)


def test_one_360_is_under_way_at_a_time(cast: Cast, framework: Edition) -> None:
    found = started(cast.own, cast.coach)
    assert under_way(cast.own) == found
    with pytest.raises(ValidationError, match="under way"):
        started(cast.own, cast.coach)


@pytest.mark.parametrize("days", [6, 61])
def test_the_last_day_is_a_week_to_two_months_away(cast: Cast, framework: Edition, days: int) -> None:
    with pytest.raises(ValidationError, match="last day"):
        started(cast.own, days=days)


def test_who_belongs_to_no_unit_cannot_begin(cast: Cast, framework: Edition) -> None:
    with pytest.raises(ValidationError, match="no unit"):
        started(cast.gone)


def test_only_a_coach_of_ones_own_unit_can_be_chosen(cast: Cast, framework: Edition) -> None:
    assert coaches_for(cast.own) == (cast.coach,)
    with pytest.raises(ValidationError, match="coach of your own"):
        started(cast.own, cast.president)


def test_the_frame_can_be_changed_while_choosing(cast: Cast, framework: Edition) -> None:
    found = started(cast.own, cast.coach)
    day = clock.today() + dt.timedelta(days=30)
    change_frame(found, domains=["ORG", "ADV"], last_day=day, coach=None, by=cast.own)
    found = ThreeSixty.objects.get(pk=found.pk)
    assert (found.domains, found.coach, found.round.closes_on) == (["ADV", "ORG"], None, day)
    with pytest.raises(ValidationError, match="domains"):
        change_frame(found, domains=["XXX"], last_day=day, coach=None, by=cast.own)


def test_nobody_is_named_twice_by_whatever_way(cast: Cast, framework: Edition) -> None:
    found = started(cast.own)
    EmailAddress.objects.create(user=cast.colleague, email="private@example.com", verified=True)
    name_person(found, cast.colleague, relation="peer", language="en", by=cast.own)
    for email in ("colleague@example.org", "COLLEAGUE@example.org", "private@example.com"):
        with pytest.raises(ValidationError, match="already"):
            add(found, cast, email)
    add(found, cast, "somebody@example.com")
    with pytest.raises(ValidationError, match="already"):
        add(found, cast, "Somebody@example.com")
    assert found.raters.count() == 2


def test_an_address_is_tied_to_whose_it_is_without_a_word(cast: Cast, framework: Edition, client: Client) -> None:
    found = started(cast.own)
    rater = add(found, cast, "colleague@example.org", name="My friend")
    assert rater.person == cast.colleague
    client.force_login(cast.own)
    page = client.get(reverse("assessment:three-sixty-people", kwargs={"uid": found.uid})).content.decode()
    assert "My friend" in page
    assert cast.colleague.name not in page


def test_nobody_names_themselves(cast: Cast, framework: Edition) -> None:
    with pytest.raises(ValidationError, match="That is you"):
        add(started(cast.own), cast, "own@example.org")


def test_a_list_has_an_end(cast: Cast, framework: Edition) -> None:
    found = named(started(cast.own), cast.own, [f"p{number}@example.com" for number in range(MOST_RATERS)])
    with pytest.raises(ValidationError, match="full"):
        add(found, cast, "more@example.com")


def test_the_list_says_what_would_be_shown_of_each_kind(cast: Cast, framework: Edition) -> None:
    found = named(started(cast.own), cast.own)
    named(found, cast.own, ["f1@example.com", "f2@example.com"], "follower")
    add(found, cast, "m@example.com", relation="mentor")
    add(found, cast, "boss@example.com", relation="lead")
    shown = {kind.relation: kind.shown for kind in kinds_in(found, found.raters.all())}
    assert shown == {"peer": "alone", "follower": "nowhere", "mentor": "nowhere", "lead": "by name"}
    named(found, cast.own, ["f3@example.com", "f4@example.com"], "follower")
    shown = {kind.relation: kind.shown for kind in kinds_in(found, found.raters.all())}
    assert (shown["follower"], shown["mentor"]) == ("together", "together")


def test_a_list_of_which_nothing_could_be_shown_is_not_sent(cast: Cast, framework: Edition) -> None:
    found = named(started(cast.own, cast.coach), cast.own, PEERS[:4])
    with pytest.raises(ValidationError, match="Too few"):
        send_to_coach(found, by=cast.own)


def test_the_coach_gives_a_list_back_with_a_note_and_the_person_reads_it(
    cast: Cast, framework: Edition, client: Client
) -> None:
    found = named(started(cast.own, cast.coach), cast.own)
    send_to_coach(found, by=cast.own)
    with pytest.raises(ValidationError, match="gone on"):
        add(found, cast, "late@example.com")
    return_list(found, "Ask two people whom you lead.", by=cast.coach)
    assert ThreeSixty.objects.get(pk=found.pk).state == ThreeSixtyState.CHOOSING
    client.force_login(cast.own)
    people = client.get(reverse("assessment:three-sixty-people", kwargs={"uid": found.uid}))
    assert "Ask two people whom you lead." in people.content.decode()
    assert "Your coach gave your list back" in client.get("/").content.decode()


def test_people_are_found_by_name_near_oneself_and_their_addresses_are_not_shown(
    cast: Cast, framework: Edition, client: Client
) -> None:
    found = started(cast.own)
    client.force_login(cast.own)
    address = reverse("assessment:three-sixty-people", kwargs={"uid": found.uid})

    def shown(words: str) -> str:
        return client.get(address, {"q": words}).content.decode()

    assert "Colleague Cast" in shown("colleag")
    assert "President Cast" in shown("pres cast")
    assert "colleague@example.org" not in shown("colleag")
    assert "Neighbour Cast" not in shown("neighbour")
    assert 'type="radio"' not in shown("c")


def test_the_trail_names_nobody_on_the_list(cast: Cast, framework: Edition) -> None:
    found = started(cast.own)
    rater = name_person(found, cast.colleague, relation="peer", language="en", by=cast.own)
    trail = " ".join(f"{row.target} {row.detail}" for row in AuditEntry.objects.all())
    assert str(rater.uid) not in trail
    assert str(cast.colleague.uid) not in trail


@pytest.mark.parametrize(
    "address",
    [
        "t@lincoln.k12.or.us", "t@k12.or.us", "T@STATE.EDU", "t@x.edu.mx", "t@riversideschools.org", "t@houstonisd.org",
        "t@mail.lausd.net", "t@unified.district.org", "t@city.gov",
    ],
)  # fmt: skip
def test_addresses_that_an_employer_may_read_are_known(address: str) -> None:
    assert may_be_read_by_employer(address)


@pytest.mark.parametrize("address", ["ana@gmail.com", "ana@example.org", "school.k12@example.com", "a@education.net"])
def test_private_addresses_pass(address: str) -> None:
    assert not may_be_read_by_employer(address)


def test_a_school_address_is_flagged_on_its_row(cast: Cast, framework: Edition, client: Client) -> None:
    found = started(cast.own)
    add(found, cast, "tom@lincoln.k12.or.us")
    client.force_login(cast.own)
    page = client.get(reverse("assessment:three-sixty-people", kwargs={"uid": found.uid})).content.decode()
    assert "This looks like a school address." in page


def test_a_refused_form_keeps_what_was_typed(cast: Cast, framework: Edition, client: Client) -> None:
    found = started(cast.own)
    client.force_login(cast.own)
    address = reverse("assessment:three-sixty-add-address", kwargs={"uid": found.uid})
    answer = client.post(
        address, {"name": "Ana Reyes", "email": "own@example.org", "relation": "peer", "language": "es"}
    )
    assert answer.status_code == 422
    assert 'value="Ana Reyes"' in answer.content.decode()
    assert "That is you" in answer.content.decode()


def test_the_frame_page_counts_minutes_and_says_when_nobody_coaches(
    cast: Cast, framework: Edition, client: Client
) -> None:
    client.force_login(cast.neighbour)
    page = client.get(reverse("assessment:three-sixty-start")).content.decode()
    assert "about 11 minutes" in page
    assert "Nobody coaches your unit today" in page
    data = {"domains": ["ADV", "COM"], "last_day": (clock.today() + dt.timedelta(days=14)).isoformat()}
    assert client.post(reverse("assessment:three-sixty-start"), data).status_code == 302
    made = under_way(cast.neighbour)
    assert made is not None
    assert (made.domains, made.coach) == (["ADV", "COM"], None)


def test_an_edition_without_the_domain_is_refused(cast: Cast, framework: Edition) -> None:
    day = clock.today() + dt.timedelta(days=20)
    with pytest.raises(ValidationError):
        start_three_sixty(framework, domains=["NOPE"], last_day=day, coach=None, by=cast.own)
