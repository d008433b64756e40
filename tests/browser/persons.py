"""Who the browser tests sign in as: the demo's cast, newcomers, and one person for each state of a page."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.browser.site import Site

PASSWORD = "nine quiet herons wade"


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person who can sign in: by e-mail and PASSWORD, or at once with the key of a session, one for each device."""

    email: str
    sessions: tuple[str, ...]
    response: str = ""  # uid of the self-assessment that was prepared


@dataclass(frozen=True, slots=True)
class Everybody:
    """The persons by name; `newcomers` hands out each of its persons once, and they have done nothing yet."""

    cast: dict[str, Somebody]
    states: dict[str, Somebody]
    newcomers: Iterator[Somebody] = field(repr=False)


def prepare(site: Site) -> Everybody:
    """Store all of them on the site in one go."""
    printed = json.loads(site.run([sys.executable, "-m", "tests.browser.prepare"]))
    found = {
        group: {
            name: Somebody(one["email"], tuple(one["sessions"]), one["response"])
            for name, one in printed[group].items()
        }
        for group in ("cast", "states", "newcomers")
    }
    return Everybody(found["cast"], found["states"], iter(found["newcomers"].values()))
