"""SciPy, each part read in when it is first needed: all take two thirds of a second, and most commands need none."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scipy import optimize, sparse, special, stats
    from scipy.sparse import csgraph
else:

    class _Later:
        """Stands for a module until somebody asks for what is in it."""

        def __init__(self, name: str) -> None:
            self._name = name

        def __getattr__(self, name: str) -> Any:
            return getattr(import_module(self._name), name)

    optimize, sparse, special, stats = map(_Later, ("scipy.optimize", "scipy.sparse", "scipy.special", "scipy.stats"))
    csgraph = _Later("scipy.sparse.csgraph")

__all__ = ["csgraph", "optimize", "sparse", "special", "stats"]
