"""The model before there are answers: exactly the simulation's and the literature's figures."""

import numpy as np
import pytest

from trellis.measure.blup import blup
from trellis.measure.precision import PROVISIONAL
from trellis.measure.provisional import SHARED, provisional_covariance, provisional_model
from trellis.measure.reliability import ONE_RATER

DOMAIN = (0, 0, 1, 1, 1)
MODEL = provisional_model(DOMAIN, ("self", "peer"))


def test_one_theme_varies_between_people_as_in_the_simulation() -> None:
    assert np.diag(MODEL.person) == pytest.approx(np.full(5, PROVISIONAL.person))
    assert MODEL.error == PROVISIONAL.error
    assert (MODEL.mean == PROVISIONAL.mean).all()


def test_one_answer_is_as_reliable_as_one_peer_in_the_literature() -> None:
    variance = MODEL.person[0, 0]
    assert variance / (variance + MODEL.severity + MODEL.halo + MODEL.error) == pytest.approx(ONE_RATER["peers"])
    assert pytest.approx(SHARED) == MODEL.severity + MODEL.halo


def test_themes_of_one_domain_have_more_in_common() -> None:
    third = PROVISIONAL.person / 3
    found = provisional_covariance(DOMAIN)
    assert (found[0, 1], found[0, 2]) == (pytest.approx(2 * third), pytest.approx(third))


def test_it_predicts_for_every_relation_without_a_bias() -> None:
    own, peer = (blup([0], [1], [relation], [3.0], model=MODEL).level for relation in ("self", "peer"))
    assert own == pytest.approx(peer)
    assert own[0] > own[1] > own[2] > PROVISIONAL.mean
