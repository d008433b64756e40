"""Functions whose module is read in at their first call: what few commands need is not waited for by all."""

from collections.abc import Callable
from typing import Any

from django.utils.module_loading import import_string


def later(name: str) -> Callable[..., Any]:
    """Return a function that stands for the function or class of this dotted name."""

    def stand_in(*args: Any, **named: Any) -> Any:
        return import_string(name)(*args, **named)

    return stand_in
