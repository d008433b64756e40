"""Which pages and saves are measured, and beside which floor."""

from collections.abc import Sequence

from bench.client import request
from bench.load import Target, repeat
from bench.people import OFFERINGS, Answering, People
from bench.site import Server

HELLO, FLOOR, FLOOR_WRITE, ANSWER = "hello", "floor page", "floor write", "answer POST"
REPORT = "360 report, 12 raters"
FOR_YOU = f"for you, {OFFERINGS:,} offerings"
# Pages that do more than show a grid may take twice the floor.
TWICE = (REPORT, FOR_YOU)
# At each turn another theme, and another level than at the theme's turn before, so that every save stores something.
_LEVELS = 4


def addresses(people: People) -> dict[str, tuple[str, str]]:
    """Return the measured pages: their path and the session that looks, empty for a visitor."""
    tree, member = people.tree, people.member
    edition = f"/framework/{tree.framework_code}/{tree.code}/"
    domain = max(tree.domains, key=lambda domain: len(domain.themes))
    cell = domain.themes[0].cells[1]
    theme = tree.themes[len(tree.themes) // 2 - 1]
    return {
        HELLO: ("/floor/hello/", ""),
        FLOOR: (f"/floor/grid/{people.floor_response}/", member.session),
        "home": ("/", member.session),
        "assessment step": (f"/assess/{member.response.uid}/{theme.code}/", member.session),
        "standing": ("/standing/", member.session),
        "domain grid": (f"{edition}{domain.code}/", member.session),
        "cell": (f"{edition}{cell.code}/", member.session),
        f"team, {people.team.sharing} of {people.team.size} share": (people.team.path, people.team.session),
        f"team, {people.big_team.sharing} of {people.big_team.size} share": (
            people.big_team.path,
            people.big_team.session,
        ),
        REPORT: (people.report, people.team.session),
        FOR_YOU: ("/learn/for-you/", member.session),
        "home, as a visitor": ("/", ""),
        "visitor: framework": ("/framework/", ""),
        "visitor: whole edition": (edition, ""),
        "visitor: domain grid": (f"{edition}{domain.code}/", ""),
        "visitor: cell": (f"{edition}{cell.code}/", ""),
    }


def reads(people: People, server: Server) -> list[Target]:
    """Return the pages as targets: visitors' pages stand beside hello, all others beside the floor page."""
    return [
        Target(name, server, repeat(request(path, session=session)), floor_of(name))
        for name, (path, session) in addresses(people).items()
    ]


def floor_of(name: str) -> str:
    """Return the floor that a page is measured beside."""
    return HELLO if name == HELLO or name.startswith("visitor:") else FLOOR


def answer_target(
    name: str, server: Server, answering: Sequence[tuple[str, str]], codes: Sequence[str], floor: str
) -> Target:
    """Return the saving of answers, as the page's own script sends them; `answering` has session and path by client."""

    def make(client: int, turn: int) -> bytes:
        session, path = answering[client]
        form = {"step": turn // len(codes) % _LEVELS, "age_ms": 0}
        return request(
            f"{path}{codes[turn % len(codes)]}/", session=session, form=form, headers={"X-Trellis-Outbox": "1"}
        )

    return Target(name, server, make, floor)


def writes(people: People, server: Server, clients: int) -> list[Target]:
    """Return the floor write and the answer, each with people of their own: nobody saves in the way of another."""
    themes = [theme.id for theme in people.tree.themes]
    floor = [people.answering() for _ in range(clients)]
    answering = [people.answering() for _ in range(clients)]

    def save(client: int, turn: int) -> bytes:
        who = floor[client]
        path = f"/floor/save/{who.response.pk}/{themes[turn % len(themes)]}/"
        return request(path, session=who.session, form={"half_steps": 2 * (turn // len(themes) % _LEVELS)})

    return [
        Target(FLOOR_WRITE, server, save, FLOOR_WRITE, status=204),
        answer_target(
            ANSWER, server, [place_of(one) for one in answering], list(people.tree.theme_by_code), FLOOR_WRITE
        ),
    ]


def place_of(one: Answering) -> tuple[str, str]:
    """Return session and path of somebody's open self-assessment."""
    return one.session, f"/assess/{one.response.uid}/"
