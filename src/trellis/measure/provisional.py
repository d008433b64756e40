"""How ratings come about before an association has answers of its own: from simulation and the literature.

The simulation of `precision.PROVISIONAL` gives one theme's variance between persons (.587) and the error of an answer
(.36, a standard error of .6). It does not say how the first divides into a general, a domain and a theme's own trait:
equal thirds. What one rater adds to all themes comes from the reliability of one peer, .37 (Conway & Huffcutt, 1997),
which lies between followers (.30) and supervisors (.50): .37 = .587 / (.587 + shared + .36), so shared = .64, half of
it severity and half halo, which only raters of several persons could tell apart. No kind of rater is said to rate above
another. Every figure is replaced by the association's own as soon as enough people have answered.
"""

from collections.abc import Hashable, Iterable, Sequence

import numpy as np

from trellis.measure.blup import RatingModel
from trellis.measure.precision import PROVISIONAL
from trellis.measure.reliability import ONE_RATER
from trellis.measure.tables import Floats

_TRAITS = 3  # general, of the domain, of the theme
SHARED = PROVISIONAL.person * (1 / ONE_RATER["peers"] - 1) - PROVISIONAL.error


def provisional_covariance(domain: Sequence[int]) -> Floats:
    """Return the covariances of themes between persons, in squared levels, when only simulation is known.

    `domain` says for each theme in which domain it stands.
    """
    places = np.asarray(domain)
    part = PROVISIONAL.person / _TRAITS
    traits: Floats = part * (1.0 + (places[:, None] == places) + np.eye(len(places)))
    return traits


def provisional_model(domain: Sequence[int], relations: Iterable[Hashable]) -> RatingModel:
    """Return the provisional model for themes in these domains and raters of these relations, in levels."""
    return RatingModel(
        mean=np.full(len(domain), PROVISIONAL.mean),
        person=provisional_covariance(domain),
        severity=SHARED / 2,
        halo=SHARED / 2,
        error=PROVISIONAL.error,
        bias=dict.fromkeys(relations, 0.0),
    )
