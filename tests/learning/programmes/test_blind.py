"""What a reader gets: the answers without the name, the places, and the ways to reach somebody."""

import pytest

from tests.cast import Cast
from tests.learning.programmes import stages
from trellis.core.masking import MASK
from trellis.learning.blind import answered, blinded, words_of_places
from trellis.people.models import Unit, UnitKind

pytestmark = pytest.mark.usefixtures("framework")


def masked(cast: Cast, text: str, name: str = "own") -> str:
    application = stages.sent(cast, name, stages.opened(cast, needs_endorsement=False), text=text)
    assert answered(application)[0].text == text
    return blinded(application)[0].text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("I am Own Cast.", f"I am {MASK}."),
        ("Write to own@example.org or 555 123 4567", f"Write to {MASK} or {MASK}"),
        ("At Lincoln we are forty.", f"At {MASK} we are forty."),
        ("The Riverside board met; in Alder too.", f"The {MASK} board met; in {MASK} too."),
        ("We won at Harbor and Millbrook.", "We won at Harbor and Millbrook."),
    ],
)
def test_what_would_say_whose_it_is_is_taken_out(cast: Cast, text: str, left: str) -> None:
    assert masked(cast, text) == left


def test_the_whole_association_may_be_named(cast: Cast) -> None:
    assert masked(cast, "In Common Ground we say so.") == "In Common Ground we say so."


def test_a_word_that_other_places_have_too_says_nothing_and_stays(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.unit("Lincoln").pk).update(name="Lincoln Elementary")
    Unit.objects.filter(pk=cast.unit("Orchard").pk).update(name="Orchard Elementary")
    assert words_of_places(cast.own)[-2:] == ["Lincoln", "Riverside"]
    assert masked(cast, "Elementary schools, and Lincoln too") == f"Elementary schools, and {MASK} too"


def test_who_belongs_to_no_local_is_known_by_their_state(cast: Cast) -> None:
    assert words_of_places(cast.state_staff) == ["Alder"]
    assert Unit.objects.get(name="Alder").kind == UnitKind.STATE


def test_who_belongs_nowhere_has_no_places(cast: Cast) -> None:
    assert words_of_places(cast.gone) == []
