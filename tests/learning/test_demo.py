"""The fictional association's catalogue: enough to look around in, gaps that are meant, something for each."""

import datetime as dt
import io
from collections import Counter

from django.core.management import call_command
from django.db.models import F, Q

from trellis.core import clock
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree
from trellis.learning.access import arranged_sessions, run_sessions
from trellis.learning.models import Offering, OfferingCell, Session, SignUp
from trellis.learning.queries import at_hand, been_to, coming_to
from trellis.people.demo.cast import cast_member
from trellis.people.models import Person, Term


def of_the_cast(key: str) -> Person:
    one = cast_member(key)
    assert one is not None
    return Person.objects.get(email=one.email)


def test_it_is_worth_looking_around_in_holds_together_and_has_something_for_each(
    framework: Edition, tree: EditionTree
) -> None:
    call_command("load_demo", stdout=io.StringIO())  # it takes seconds, so everything is looked at in one test
    _the_catalogue(tree)
    _seats_and_needs()
    _the_cast()


def _the_catalogue(tree: EditionTree) -> None:
    listed = Offering.objects.filter(status="listed")
    assert Offering.objects.count() == 62
    assert set(Offering.objects.values_list("status", flat=True)) == {"draft", "listed", "retired"}
    assert listed.filter(language="es").count() >= 5
    assert listed.filter(cost__gt=0).count() >= 8
    assert set(listed.values_list("format", flat=True)) == {"in person", "online", "hybrid", "self-paced"}
    taught = set(OfferingCell.objects.filter(place="teaches").values_list("cell_uid", flat=True))
    cells = {cell.uid for theme in tree.themes for cell in theme.cells}
    assert taught < cells
    assert 0.4 < len(taught) / len(cells) < 0.9
    levels = Counter(OfferingCell.objects.filter(place="teaches").values_list("level", flat=True))
    assert levels[1] > levels[2] > levels[3] > 0, "less is offered the higher one climbs"


def _seats_and_needs() -> None:
    sessions = Session.objects.with_counts()
    assert not sessions.filter(starts_at__gt=clock.now(), seats__lt=F("taken")).exists()
    full = sessions.filter(starts_at__gt=clock.now(), waiting__gt=0)
    assert full.count() >= 5
    assert all(session.taken == session.seats for session in full)
    assert (
        not SignUp.objects.filter(session__ends_at__lt=clock.now() - dt.timedelta(days=30))
        .exclude(Q(needs="") & Q(children=0))
        .exists()
    ), "that would have been forgotten"


def _the_cast() -> None:
    rosa, samuel, linh, miriam, keoni = map(
        of_the_cast, ("building-representative", "local-president", "new-member", "coach", "state-staff")
    )
    assert {one.status for one in coming_to(rosa)} == {"seat"}
    assert been_to(rosa).filter(came=True).count() >= 3
    assert {one.status for one in coming_to(linh)} == {"seat", "waiting"}
    near, to_mark = at_hand(miriam)
    assert near is not None
    assert to_mark is not None
    now = at_hand(samuel)[1]
    assert now is not None
    assert now.check_in_is_open
    assert arranged_sessions(samuel).upcoming().count() == 3
    assert arranged_sessions(keoni).upcoming().count() > 10
    assert run_sessions(miriam).count() == 3
    assert Term.objects.get(role__code="trainer").person != keoni
