"""The fictional association's 360s: one that is released, with twelve raters, and a list that waits for a coach."""

import datetime as dt
import random

from trellis.assessment.answering import save_letter
from trellis.assessment.closing import close
from trellis.assessment.form import Point
from trellis.assessment.inviting import open_three_sixty
from trellis.assessment.models import Rater, Relation, ThreeSixty
from trellis.assessment.nominating import name_address, name_person, send_to_coach, start_three_sixty
from trellis.assessment.report_sharing import share_report
from trellis.assessment.sealed import new_secret
from trellis.assessment.three_sixty_queries import tree_of
from trellis.core import clock
from trellis.framework.queries import main_edition
from trellis.people.access import known_people
from trellis.people.demo.cast import cast_member
from trellis.people.models import Person

_WEEKS = dt.timedelta(days=21)
# How others see the president: above and below what he says of himself, so that there is something to talk about.
_SEEN = {"ADV": 2.0, "COM": 1.9, "GOV": 1.1, "LOP": 1.6, "ORG": 2.1, "SEI": 2.5, "SFH": 0.9}
_NOT_SEEN = 0.05
# The domain of the second one does not exist, and looks like a school's.
_OUTSIDE = (
    ("Beatriz Anaya", "bea.anaya@example.com", "es"),
    ("Tom Ferris", "t.ferris@riverside-schools.example", "en"),
)
_WELL = (
    "Listens before deciding, even when the bus is late and everybody is tired.",
    "Knows every building by name and shows up when it matters.",
    "Explains the contract so that a new driver understands it.",
    "Stays calm with the superintendent and says plainly what we want.",
    "Asks the quiet ones. I spoke up at a meeting for the first time because of that.",
    "Remembers what we promised each other last spring.",
)
_MORE = ("Let others run a meeting now and then.", "Share the numbers earlier, before we vote.")


def load(rng: random.Random) -> None:
    """Store both through the real actions; needs the framework, the people and their self-assessments."""
    president, member, coach, staff = map(_cast, ("local-president", "building-representative", "coach", "state-staff"))
    released = _started(president, coach)
    _name_known(rng, released, president, ((Relation.PEER, 6), (Relation.FOLLOWER, 5)), coach)
    name_address(
        released, name=staff.name, email=staff.email or "", relation=Relation.LEAD, language="en", by=president
    )
    send_to_coach(released, by=president)
    open_three_sixty(released, confirmed=(), by=coach)
    for place, rater in enumerate(released.raters.order_by("pk")):
        _answer(rng, released, rater, place)
    close(released, by=president)
    share_report(released, shared=True, by=president)
    waiting = _started(member, coach, "COM", "ORG", "SEI")
    name_person(waiting, president, relation=Relation.LEAD, language="en", by=member)
    _name_known(rng, waiting, member, ((Relation.PEER, 8), (Relation.FOLLOWER, 4)), coach, president)
    for name, email, language in _OUTSIDE:
        name_address(waiting, name=name, email=email, relation=Relation.PEER, language=language, by=member)
    send_to_coach(waiting, by=member)


def _cast(key: str) -> Person:
    one = cast_member(key)
    return Person.objects.get(email=one.email if one else "")


def _started(person: Person, coach: Person, *domains: str) -> ThreeSixty:
    edition = main_edition()
    if edition is None:
        raise LookupError("the framework comes first")
    return start_three_sixty(edition, domains=domains, last_day=clock.today() + _WEEKS, coach=coach, by=person)


def _name_known(
    rng: random.Random, held: ThreeSixty, by: Person, kinds: tuple[tuple[Relation, int], ...], *without: Person
) -> None:
    named = {one.pk for one in without}
    known = [one for one in known_people(by).order_by("pk") if one.pk not in named]
    rng.shuffle(known)
    for kind, count in kinds:
        for _ in range(count):
            name_person(held, known.pop(), relation=kind, language="en", by=by)


def _answer(rng: random.Random, held: ThreeSixty, rater: Rater, place: int) -> None:
    answers: dict[Point, int | None] = {}
    severity = rng.gauss(0, 0.3)
    for theme in tree_of(held).themes:
        half = round(2 * (_SEEN.get(theme.domain_code, 1.5) + severity + rng.gauss(0, 0.5)))
        seen = rng.random() >= _NOT_SEEN
        answers[Point("theme", theme.id)] = min(6, max(0, half)) if seen else None
    remarks = {"well": _WELL[place]} if place < len(_WELL) else {}
    if place < len(_MORE):
        remarks["more"] = _MORE[place]
    save_letter(rater, new_secret(), answers=answers, remarks=remarks, final=True)
