"""How sure a person's own answers are: bars from the association's variance components, all themes taken together."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from trellis.assessment.estimates import AssociationModel
from trellis.assessment.models import Relation
from trellis.measure.blup import blup
from trellis.measure.ladder import HALF_STEPS_PER_LEVEL
from trellis.measure.precision import PROVISIONAL, Components, bar_around

_OWN = "own"


@dataclass(frozen=True, slots=True)
class Bars:
    """What is predicted for each theme (in levels, by theme key), and the error of one answer."""

    centres: Mapping[int, float]
    components: Components
    top: int

    def around(self, theme_id: int, half_steps: int) -> tuple[float, float]:
        """Return the bar of an answer in levels: where the person would probably land if they answered again."""
        answer = half_steps / HALF_STEPS_PER_LEVEL
        return bar_around(answer, self.centres.get(theme_id, answer), self.components.sem, top=self.top)


def bars_of(newest: Mapping[int, int], association: AssociationModel, *, top: int) -> Bars:
    """Return the bars of one person from their newest answers, half-steps by theme key of the model's edition.

    The answers to all themes are taken together (best linear unbiased prediction): who is far along in the rest of a
    domain is expected further along in this theme too.
    """
    model, place = association.model, {theme: number for number, theme in enumerate(association.theme_ids)}
    known = [theme for theme in newest if theme in place]
    found = blup(
        [place[theme] for theme in known],
        [_OWN] * len(known),
        [Relation.SELF.value] * len(known),
        [newest[theme] / HALF_STEPS_PER_LEVEL for theme in known],
        model=model,
    )
    error = float(model.error)
    typical = Components(
        mean=float(np.mean(model.mean)) if len(model.mean) else PROVISIONAL.mean,
        person=float(np.mean(np.diag(model.person))) if len(model.mean) else PROVISIONAL.person,
        error=error,
        # What all themes of one sitting share cannot be told from one sitting: the simulation's share of the error.
        shared=PROVISIONAL.shared / PROVISIONAL.error * error,
    )
    return Bars({theme: float(found.level[place[theme]]) for theme in known}, typical, top)
