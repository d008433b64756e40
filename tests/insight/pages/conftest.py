"""Browsers of the cast, and a release whose every figure a test knows."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.insight.made import SHOWN, a_release, everywhere, put
from trellis.framework.tree import EditionTree
from trellis.insight.models import Release

Browser = Callable[[str], Client]
# One theme stands low, one high, and all others alike.
LOW, HIGH, HIDDEN = "sfh_3", "sei_1", "adv_2"


@dataclass(frozen=True)
class Shown:
    """The cast with a release: Alder as a whole, Riverside in part, and Millbrook not at all."""

    cast: Cast
    release: Release

    def address(self, name: str, unit: str, **more: str) -> str:
        """The address of a page about a unit."""
        return reverse(f"insight:{name}", kwargs={"uid": self.cast.unit(unit).uid, **more})


@pytest.fixture
def browser(cast: Cast) -> Browser:
    """Return the browser of one of the cast."""

    def of(name: str) -> Client:
        client = Client()
        client.force_login(cast.persons[name])
        return client

    return of


@pytest.fixture
def shown(cast: Cast, tree: EditionTree) -> Shown:
    """Two releases, of which the later shows growth since the earlier."""
    before, release = a_release(tree, "fall-2025"), a_release(tree, then="fall-2025")
    alder, riverside = cast.unit("Alder"), cast.unit("Riverside")
    whole = everywhere(release, (240, {"level1": 80, "level2": 50, "level3": 20, "mean": 1.5}))
    whole[""] = dict(whole[""]) | {
        LOW: (230, {"level1": 61, "level2": 12, "level3": 3, "mean": 0.8}),
        HIGH: (231, {"level1": 97, "level2": 88, "level3": 44, "mean": 2.3}),
    }
    put(release, "standing", alder, whole)
    put(release, "standing", riverside, everywhere(release, but=[HIDDEN, LOW]))
    put(before, "standing", alder, everywhere(before, (200, {"level1": 70, "level2": 40, "level3": 10, "mean": 1.2})))
    put(release, "participation", alder, {"": {"members": (300, {}), "answered": (240, {})}})
    put(release, "participation", riverside, {"": {"members": None, "answered": (40, {})}})
    put(release, "coverage", riverside, {"": {"building-representative": (40, {"ready": 12, "nearly": 33})}})
    grown = {column: (150, {"change": 0.4}) for column in whole[""]} | {
        LOW: (150, {"change": 0.1}),
        HIGH: (150, {"change": -0.5}),
        HIDDEN: None,
    }
    columns = release.content["columns"]["growth"]
    put(release, "growth", alder, {"": grown}, give=[[None if column == HIDDEN else 0.2 for column in columns]])
    hints = {column: (*SHOWN[:1], {"change": 0.3}) for column in columns if column != HIDDEN}
    put(release, "growth", riverside, {"": hints})
    return Shown(cast, release)
