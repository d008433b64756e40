"""What the tests of readiness share: a meeting of the cast's local, and phones that answer in it."""

import uuid
from collections.abc import Mapping

from tests.cast import Cast
from trellis.assessment.form import Point
from trellis.assessment.models import Readiness, ReadinessMeeting
from trellis.assessment.readiness_actions import agree, answer_readiness, close_answering, join, open_meeting
from trellis.framework.queries import main_attributes
from trellis.framework.tree import AttributeNode, AttributeTree


def attributes() -> AttributeTree:
    """Return the list of attributes that comes with Trellis."""
    tree = main_attributes()
    assert tree is not None
    return tree


def first() -> AttributeNode:
    """Return the first attribute."""
    return attributes().attributes[0]


def opened(cast: Cast, unit: str = "Riverside") -> ReadinessMeeting:
    """Open a meeting of a unit."""
    return open_meeting(cast.unit(unit), attributes(), by=cast.president)


def answer(
    meeting: ReadinessMeeting, values: Mapping[str, int | None] | int | None, phone: uuid.UUID | None = None
) -> uuid.UUID:
    """Let a phone (a new one, when none is named) answer by code, or the same to everything; returns the phone."""
    phone = phone or join(meeting)
    tree = attributes()
    given = values if isinstance(values, Mapping) else dict.fromkeys(tree.attribute_by_code, values)
    points = {Point("attribute", tree.attribute_by_code[code].id): value for code, value in given.items()}
    answer_readiness(meeting, phone, points)
    return phone


def closed(cast: Cast, *phones: Mapping[str, int | None] | int | None, unit: str = "Riverside") -> ReadinessMeeting:
    """Return a meeting in which each of these phones has answered and answering is closed."""
    meeting = opened(cast, unit)
    for values in phones:
        answer(meeting, values)
    return close_answering(meeting, by=cast.president)


def agreed(cast: Cast, meeting: ReadinessMeeting, node: AttributeNode, status: str, **more: object) -> Readiness:
    """Agree on a status, with nobody and no date unless said otherwise."""
    values = {"owner": None, "due_on": None, "proof": ""} | more
    return agree(meeting, node, status=status, by=cast.president, **values)  # type: ignore[arg-type]
