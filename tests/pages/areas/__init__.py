"""The whole matrix: the first rows in matrix.py, and one module here for each part of the site that came later."""

import pkgutil
from importlib import import_module

from tests.pages.matrix import MATRIX as FIRST
from tests.pages.matrix import Row


def _whole() -> dict[str, tuple[Row, ...]]:
    whole: dict[str, tuple[Row, ...]] = dict(FIRST)
    for found in pkgutil.iter_modules(__path__):
        rows = import_module(f"{__name__}.{found.name}").ROWS
        assert not whole.keys() & rows.keys(), f"{found.name} declares a page twice"
        whole |= rows
    return whole


MATRIX = _whole()
