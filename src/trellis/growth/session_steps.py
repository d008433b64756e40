"""After a session: the steps of one's plan that it was, offered to be ticked, and the cells it may be evidence for."""

import uuid
from dataclasses import dataclass

from django.db.models import Q

from trellis.framework.queries import main_tree
from trellis.framework.tree import CellNode, EditionTree
from trellis.growth.access import own_evidence, own_steps
from trellis.growth.models import EvidenceStatus, Step
from trellis.growth.models.evidence import SUPPORTED_LEVEL, Part
from trellis.learning.access import own_sign_ups
from trellis.learning.models import OfferingCell, Place, Session
from trellis.people.models import Person


@dataclass(frozen=True, slots=True)
class Supported:
    """A cell that having been there may support, with the name of its theme."""

    cell: CellNode
    theme: str


def steps_after(person: Person, session_uid: uuid.UUID) -> dict[str, object] | None:
    """Return the person's open steps that this session was, and the cells that "I took part" may support.

    None when they did not come, or there is nothing to offer: nothing is ticked or sent by itself. Four queries.
    """
    own = own_sign_ups(person).filter(came=True, session__uid=session_uid).select_related("session").first()
    tree = main_tree() if own is not None else None
    if own is None or tree is None:
        return None
    steps = _steps(person, own.session)
    cells = _supported(person, own.session, tree)
    return {"steps": steps, "cells": cells, "session": own.session} if steps or cells else None


def _steps(person: Person, session: Session) -> list[Step]:
    meant = Q(session=session) | Q(session=None, offering=session.offering_id)
    return list(own_steps(person).waiting().filter(meant))


def _supported(person: Person, session: Session, tree: EditionTree) -> list[Supported]:
    """Cells of the level that taking part supports; not those for which evidence is on its way or counts."""
    taught = OfferingCell.objects.filter(
        offering=session.offering_id, place=Place.TEACHES, level=SUPPORTED_LEVEL[Part.TOOK_PART]
    )
    there = own_evidence(person).exclude(status=EvidenceStatus.WITHDRAWN)
    known = set(there.values_list("theme_uid", "level"))
    themes = {theme.uid: theme for theme in tree.themes}
    return [
        Supported(themes[theme].cell(level), themes[theme].short)
        for theme, level in taught.values_list("theme_uid", "level")
        if theme in themes and (theme, level) not in known and themes[theme].cell(level).statements
    ]
