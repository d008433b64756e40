"""What a blind reader gets to read: the answers, without the words that would say whose they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, Q

from trellis.core import clock
from trellis.core.masking import without_contact, without_names, without_words
from trellis.learning.models import Application
from trellis.people.models import Person, Unit, UnitKind, around, within

_SMALL = (UnitKind.LOCAL, UnitKind.WORKSITE, UnitKind.COMMITTEE)


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with what was answered to it."""

    question: str
    text: str


def answered(application: Application) -> list[Answered]:
    """Return questions and answers as they were written, in order; one query."""
    return [Answered(one.question.text, one.text) for one in application.answers.select_related("question")]


def blinded(application: Application) -> list[Answered]:
    """Return the answers with the applicant's name, their units, and ways to reach them taken out; five queries."""
    person = Person.objects.get(pk=application.person_id)
    places = words_of_places(person)
    return [Answered(one.question, _masked(one.text, person, places)) for one in answered(application)]


def _masked(text: str, person: Person, places: Iterable[str]) -> str:
    return without_words(without_names(without_contact(text), [person.name]), places)


def words_of_places(person: Person) -> list[str]:
    """Return the names of the person's units below the national one, and what is special in the words of these names.

    A word that the name of a unit away from their own local has too ("Elementary") says nothing. Three queries.
    """
    homes = Unit.objects.filter(memberships__in=person.memberships.active(clock.today()))
    units = list(Unit.objects.filter(around(homes)).exclude(kind=UnitKind.NATIONAL))
    words = {word for unit in units if unit.kind in _SMALL for word in unit.name.split() if len(word) > 2}
    return [*(unit.name for unit in units), *_special(sorted(words), units)]


def _special(words: list[str], units: list[Unit]) -> list[str]:
    """Leave out the words that also stand in the name of a unit away from these; one query."""
    if not words:
        return []
    near = [unit for unit in units if unit.kind == UnitKind.LOCAL] or units
    away = Unit.objects.exclude(within(near)).exclude(Q(pk__in=[unit.pk for unit in units]))
    common = Unit.objects.filter(pk=units[0].pk).values_list(
        *(Exists(away.filter(name__icontains=word)) for word in words)
    )
    return [word for word, is_common in zip(words, common[0], strict=True) if not is_common]
