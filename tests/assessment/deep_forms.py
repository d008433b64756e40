"""A deep form that a member has begun or finished, for tests of its pages."""

from trellis.assessment.actions import answer_page, begin, finish, instrument_for
from trellis.assessment.form import Point
from trellis.assessment.instruments import DEEP_SELF
from trellis.assessment.models import Response
from trellis.core import clock
from trellis.framework.queries import edition_tree, main_edition
from trellis.framework.tree import ThemeNode
from trellis.people.models import Person


def begun(person: Person) -> tuple[Response, ThemeNode]:
    """A deep form about the first theme, with nothing answered."""
    edition = main_edition()
    assert edition is not None
    theme = edition_tree(edition).themes[0]
    return begin(instrument_for(edition, DEEP_SELF, by=None), by=person, themes=[theme.code]), theme


def finished(person: Person) -> Response:
    """One with an answer that stays."""
    response, theme = begun(person)
    point = Point("statement", theme.cells[0].statements[0].id)
    answer_page(response, {point: 0}, {}, answered_at=clock.now(), by=person)
    return finish(response, by=person)
