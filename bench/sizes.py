"""How the cost of a page grows with the association: the same local, with 1,000 to 1,000,000 persons about it."""

import json
import shutil
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.client import request
from bench.figures import Burst
from bench.load import Target, Turns, in_turns, repeat, warm
from bench.management.commands.fill_association import FOUND
from bench.pages import ANSWER, answer_target
from bench.site import Server, Site


@dataclass(frozen=True, slots=True)
class Growth:
    """A page's cost by number of persons, in milliseconds at one client: p50, and the server's processor time.

    The second is there for a busy machine, where others' work hides what a page costs by itself.
    """

    page: str
    p50: tuple[float, ...]
    cpu: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes, how long their making took in seconds, and what every page cost."""

    persons: tuple[int, ...]
    made_in: float
    pages: tuple[Growth, ...]


def measure_sizes(persons: Sequence[int], folder: Path, static: Path, *, repetitions: int, seconds: float) -> Sizes:
    """Make an association of each size, serve all at once, and load the same pages of each in turn."""
    start = time.perf_counter()
    sites = _sites(persons, folder, static)
    made_in = time.perf_counter() - start
    turns = Turns()
    with ExitStack() as open_servers:
        targets: dict[str, list[Target]] = {}
        for site in sites:
            server = open_servers.enter_context(Server(site))
            for page, target in _targets(site, server).items():
                targets.setdefault(page, []).append(target)
        warm([target for each in targets.values() for target in each], turns)
        # Size beside size, page by page: what is compared stands closest together.
        pages = tuple(
            _growth(page, in_turns(each, turns, repetitions=repetitions, clients=1, seconds=seconds))
            for page, each in targets.items()
        )
    return Sizes(tuple(persons), made_in, pages)


def _growth(page: str, bursts: dict[str, list[Burst]]) -> Growth:
    return Growth(
        page,
        tuple(median(burst.p50 for burst in of_size) for of_size in bursts.values()),
        tuple(median(burst.cpu for burst in of_size) for of_size in bursts.values()),
    )


def _sites(persons: Sequence[int], folder: Path, static: Path) -> list[Site]:
    empty = Site(folder / "empty")
    empty.run("migrate", "--verbosity", "0")
    empty.run("load_framework")
    empty.run("load_roles")
    # The style sheets are the same everywhere and need not be gathered for each.
    shutil.copytree(static, empty.folder / "static")
    sites = []
    for number in persons:
        site = Site(folder / f"persons-{number}")
        shutil.copytree(empty.folder, site.folder)
        site.run("fill_association", "--persons", str(number))
        sites.append(site)
    return sites


def _targets(site: Site, server: Server) -> dict[str, Target]:
    found: dict[str, Any] = json.loads((site.folder / FOUND).read_text(encoding="utf-8"))
    session, codes, label = found["session"], found["codes"], site.folder.name
    pages = {
        "home": "/",
        "assessment step": f"{found['response']}{codes[len(codes) // 2]}/",
        "standing": "/standing/",
        "cell": found["cell"],
        "team": found["team"],
    }
    targets = {
        page: Target(f"{page}, {label}", server, repeat(request(path, session=session)), "")
        for page, path in pages.items()
    }
    answer = answer_target(f"{ANSWER}, {label}", server, [(session, found["response"])], codes, "")
    return targets | {ANSWER: answer}
