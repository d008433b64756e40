"""Looking at what people need: written down for each of them, whoever looks."""

from collections.abc import Iterable

from trellis.people.actions import note_looks
from trellis.people.models import Looked, Person


def look_at_needs(people: Iterable[Person], *, by: Person) -> None:
    """Note, for each of these persons but the viewer, that their needs for a session were looked at."""
    note_looks([person for person in people if person.pk != by.pk], by=by, what=Looked.SIGN_UPS)
