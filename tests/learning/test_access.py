"""What each of the cast may see of offerings, sessions, sign-ups and materials."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db.models import QuerySet

from tests.cast import NAMES, Cast
from tests.growth.evidence_pieces import PDF, upload
from tests.learning import offerings
from trellis.core import clock
from trellis.learning.access import (
    arranged_offerings,
    arranged_sessions,
    arranging_units,
    led_sessions,
    listed_offerings,
    own_sign_ups,
    run_sessions,
    visible_materials,
    visible_offerings,
    visible_sessions,
    visible_sign_ups,
)
from trellis.learning.actions import add_material, leave, retire_offering, sign_up
from trellis.learning.models import Audience, SignUp
from trellis.people.access import Viewer
from trellis.people.models import Term

pytestmark = pytest.mark.usefixtures("framework")
Reads = Callable[[Viewer], QuerySet[object]]
SIGNED_IN = set(NAMES) - {"anonymous", "suspended"}
ARRANGERS = {"president", "state_staff"}


def seen(cast: Cast, reads: Reads) -> set[str]:
    return {name for name in NAMES if reads(cast.viewer(name)).exists()}


def test_what_is_listed_is_found_by_everybody_signed_in(cast: Cast) -> None:
    offerings.offering(cast)
    assert seen(cast, listed_offerings) == SIGNED_IN
    assert seen(cast, visible_offerings) == SIGNED_IN


def test_a_draft_is_seen_by_who_arranges_for_its_unit_or_above(cast: Cast) -> None:
    offerings.offering(cast, listed=False)
    assert seen(cast, visible_offerings) == ARRANGERS
    assert seen(cast, listed_offerings) == set()
    assert seen(cast, arranged_offerings) == ARRANGERS


def test_what_is_no_longer_offered_keeps_its_page_and_leaves_the_catalogue(cast: Cast) -> None:
    retire_offering(offerings.offering(cast), by=None)
    assert seen(cast, listed_offerings) == set()
    assert seen(cast, visible_offerings) == SIGNED_IN


def test_a_worksite_and_a_national_offering_are_arranged_by_who_stands_above_them(cast: Cast) -> None:
    offerings.offering(cast, "Lincoln")
    assert seen(cast, arranged_offerings) == ARRANGERS
    offerings.offering(cast, "Common Ground")
    assert not arranged_offerings(cast.state_staff).filter(unit=cast.unit("Common Ground")).exists()


def test_arranging_ends_with_the_term(cast: Cast) -> None:
    offerings.session(cast)
    assert seen(cast, arranged_sessions) == ARRANGERS
    Term.objects.filter(person=cast.persons["president"]).update(ends=clock.today() - dt.timedelta(days=1))
    assert seen(cast, arranged_sessions) == {"state_staff"}
    assert not arranging_units(cast.president).exists()


def test_a_session_of_a_draft_is_seen_by_who_arranges_leads_or_has_a_place(cast: Cast) -> None:
    session = offerings.session(cast, of=offerings.offering(cast, listed=False), leads=(cast.colleague,))
    sign_up(session, person=cast.neighbour, by=cast.president)
    assert seen(cast, visible_sessions) == ARRANGERS | {"colleague", "neighbour"}


def test_a_session_held_by_one_unit_of_what_another_offers_belongs_to_who_holds_it(cast: Cast) -> None:
    national = offerings.offering(cast, "Common Ground")
    offerings.session(cast, "Millbrook", of=national)
    assert seen(cast, arranged_sessions) == {"sibling_president", "state_staff"}
    assert seen(cast, visible_sessions) == SIGNED_IN


def test_who_leads_runs_the_session_whatever_their_role(cast: Cast) -> None:
    offerings.session(cast, leads=(cast.neighbour,))
    assert seen(cast, led_sessions) == {"neighbour"}
    assert seen(cast, run_sessions) == ARRANGERS | {"neighbour"}


def test_sign_ups_are_seen_by_who_runs_the_session_until_the_person_leaves(cast: Cast) -> None:
    session = offerings.session(cast, leads=(cast.colleague,))
    made = sign_up(session, person=cast.own, by=cast.own)
    assert seen(cast, visible_sign_ups) == ARRANGERS | {"colleague"}
    assert seen(cast, own_sign_ups) == {"own"}
    leave(made, by=cast.own)
    assert seen(cast, visible_sign_ups) == set()
    assert seen(cast, own_sign_ups) == {"own"}


def test_a_material_is_seen_by_whom_it_is_meant_for(cast: Cast) -> None:
    session = offerings.session(cast, seats=1, leads=(cast.colleague,))
    for person in (cast.own, cast.coached):
        sign_up(session, person=person, by=person)
    for audience in Audience:
        add_material(session.offering, title=audience, audience=audience, link="https://example.org/", by=None)

    def titles(name: str) -> set[str]:
        return set(visible_materials(cast.viewer(name)).values_list("title", flat=True))

    both, one = {"everybody", "seats"}, {"everybody"}
    assert {name: titles(name) for name in ("own", "colleague", "president", "coached", "neighbour", "anonymous")} == {
        "own": both, "colleague": both, "president": both, "coached": one, "neighbour": one, "anonymous": set(),
    }  # fmt: skip


def test_who_had_a_seat_keeps_the_materials_and_who_gave_it_back_does_not(cast: Cast) -> None:
    session = offerings.session(cast)
    add_material(session.offering, title="Slides", upload=upload("slides.pdf", PDF), by=None)
    made = sign_up(session, person=cast.own, by=cast.own)
    assert visible_materials(cast.own).exists()
    leave(made, by=cast.own)
    assert not visible_materials(cast.own).exists()
    assert SignUp.objects.count() == 1
