"""Which unit a list means: forty spellings of a worksite are one, and what only looks alike is not."""

import pytest

from tests.cast import Cast
from trellis.exchange.people.places import NEW, OUT, Places, Spelling, Spot, key_of, places_in
from trellis.people.models import Unit, UnitKind
from trellis.people.planting import Wanted, add_units

pytestmark = pytest.mark.django_db
FORTY = """
Lincoln Elementary School|Lincoln Elementary|LINCOLN ELEMENTARY SCHOOL|lincoln elementary|Lincoln Elem|Lincoln Elem.
Lincoln Elem School|Lincoln Elem. School|Lincoln Elem. Sch.|LINCOLN ELEM SCH|Lincoln El|Lincoln El.|Lincoln ES
Lincoln E.S.|LINCOLN  ELEMENTARY|The Lincoln Elementary School|Lincoln-Elementary|Lincoln, Elementary|Lincoln_Elementary
(Lincoln Elementary)|Lincoln Elementary.|“Lincoln Elementary”|Lincoln Elementry|Lincoln Elementary Schl
Elementary School, Lincoln|Elementary Lincoln|Lincon Elementary|Lincoln Elementaryy|Lincoln Elementary Scool
Lincolm Elementary|Lincoln Elemntary|Linncoln Elementary|Lincoln Elementarry School|Lincoln Elementar
Lincoln Elementary Schoool|LINCLN ELEMENTARY|Lincoln Elememtary|Lincoln  Elementary  School  |Licoln Elementary School
Lincoln Elementary-School
"""
SPELLINGS = [text.strip() for line in FORTY.strip().split("\n") for text in line.split("|")]


@pytest.fixture
def places(cast: Cast) -> Places:
    """Alder with three schools of one town, and another Lincoln elsewhere."""
    riverside, millbrook = cast.unit("Riverside"), cast.unit("Millbrook")
    for local, name in (
        (riverside, "Lincoln Elementary School"),
        (riverside, "Lincoln Middle School"),
        (riverside, "Washington Elementary School"),
        (millbrook, "Lincoln Elementary School"),
    ):
        local.refresh_from_db()
        add_units([Wanted(local, UnitKind.WORKSITE, name)], by=None)
    scope = Unit.objects.get(name="Alder")
    return places_in(scope, {})


def test_forty_spellings_are_known_or_clearly_likely(places: Places) -> None:
    assert len(set(SPELLINGS)) == 40
    known = likely = 0
    riverside = Unit.objects.get(name="Riverside")
    for text in SPELLINGS:
        found = places.answer(text, "Riverside")
        if isinstance(found, Spot):
            known += 1
        else:
            found = Spelling(1, text, "Riverside", 1, *places.likely(text, "Riverside")).likeliest
            likely += 1
        assert found is not None, text
        assert found.name == "Lincoln Elementary School", text
        assert riverside.lft < found.lft < riverside.rgt, text
    assert (known, likely) == (26, 14)


def test_a_name_that_stands_twice_needs_its_local(places: Places) -> None:
    assert places.answer("Lincoln Elementary", "") is None
    found = places.answer("Lincoln Elementary", "Millbrook Assn")
    assert found is None  # the local itself is not known by that name
    one, other = places.answer("Lincoln Elem", "Riverside"), places.answer("Lincoln Elem", "Millbrook")
    assert isinstance(one, Spot)
    assert isinstance(other, Spot)
    assert one.pk != other.pk


def test_what_a_person_said_goes_before_everything(places: Places, cast: Cast) -> None:
    said = {"riverside|lincoln elementary": str(cast.unit("Harbor").uid), "|x": NEW, "|y": OUT}
    places = Places(places.scope, places.units, said)
    found = places.answer("Lincoln Elementary!", "RIVERSIDE")
    assert isinstance(found, Spot)
    assert found.pk == cast.unit("Harbor").pk
    assert (places.answer("X", ""), places.answer("Y", "")) == (NEW, OUT)


def test_who_names_no_place_belongs_to_the_unit_of_the_list(places: Places) -> None:
    assert places.answer("", "") == places.scope
    assert places.answer("", "Alder") == places.scope


@pytest.mark.parametrize(
    ("one", "other"),
    [("Lincoln High", "Lincoln Middle"), ("Lincoln Elementary", "Washington Elementary"), ("PS 12", "PS 21")],
)
def test_different_schools_stay_different(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


def test_another_number_is_never_likely_and_a_space_does_not_matter(places: Places, cast: Cast) -> None:
    riverside = Unit.objects.get(name="Riverside")
    add_units([Wanted(riverside, UnitKind.WORKSITE, name) for name in ("Eastside Bus Garage", "School 13")], by=None)
    places = places_in(Unit.objects.get(name="Alder"), {})
    assert Spelling(1, "School 12", "", 1, *places.likely("School 12", "Riverside")).likeliest is None
    found = Spelling(1, "", "", 1, *places.likely("East Side Bus Garrage", "Riverside")).likeliest
    assert found is not None
    assert found.name == "Eastside Bus Garage"
