"""Measures everything that a run is asked for and prints it, the table of goals last."""

import os
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from statistics import median
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from bench import machine, pages, weight
from bench.badges import measure_badges
from bench.components import LEADERS, TRUE, measure_components
from bench.figures import Measured, measured, slope
from bench.importing import measure_import
from bench.load import Target, Turns, in_turns, warm
from bench.matching import measure_matching
from bench.members import measure_members
from bench.pages import ANSWER, FLOOR, FLOOR_WRITE, HELLO
from bench.parts import PARTS, WITHOUT_SITE
from bench.people import People, prepare
from bench.rush import rush
from bench.site import Server, Site
from bench.sizes import measure_sizes
from bench.tables import Goal, goal_table, table

_CLIENTS = 8
_FIRST_VISITS = ("home, as a visitor", "visitor: domain grid", "assessment step", "standing")


class Command(BaseCommand):
    """`python -m bench` calls it on an empty folder; it is of no use on a site with people."""

    help = "Measure Trellis beside a floor (python -m bench)."
    # The checks need a database, which the run makes.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quick", action="store_true")
        parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))

    def handle(self, *args: Any, **options: Any) -> None:
        self.begun = time.perf_counter()
        self.quick: bool = options["quick"]
        self.repetitions = 3 if self.quick else 5
        self.seconds = 0.15 if self.quick else 0.4
        self.goals: list[Goal] = []
        self.site = Site(settings.TRELLIS_DATA)
        only = options["only"]
        self.say("\n".join(machine.lines(settings.TRELLIS_WORKERS)))
        if set(only) - WITHOUT_SITE:
            self.on_site(only)
        if "members" in only:
            self.members()
        if "components" in only:
            self.components()
        self.say(
            f"\n== Goals ==\n{goal_table(self.goals)}\n\n{time.perf_counter() - self.begun:.0f} s;"
            f" load of the machine at the end: {' '.join(f'{load:.1f}' for load in os.getloadavg())}"
        )

    def on_site(self, only: Sequence[str]) -> None:
        """Make a site, and measure the parts that need one."""
        self.start("start" in only)
        people = prepare()
        with Server(self.site) as server:
            if "pages" in only:
                self.pages(people, server)
            if "weight" in only:
                self.weight(people, server.port)
            if "writes" in only:
                self.writes(people, server)
            if "import" in only:
                self.importing()
            if "rush" in only:
                self.rush(people, server.port)
        if "badges" in only:
            self.badges()
        if "matching" in only:
            self.matching()
        if "slope" in only:
            self.slope()

    def say(self, text: str) -> None:
        """Print at once: a run takes minutes, and somebody waits."""
        self.stdout.write(text)
        self.stdout.flush()

    def start(self, with_repetitions: bool) -> None:
        """Make the demo's site, and start commands and server a few times."""
        migrate = self.site.run("migrate", "--verbosity", "0")
        load = self.site.run("load_demo")
        with Server(self.site) as server:
            first = server.started_in
        self.say(f"\n== Start ==\nmigrate {migrate:.1f} s, load_demo {load:.1f} s, first `trellis serve` {first:.2f} s")
        if not with_repetitions:
            return
        again, helps = [], []
        for _ in range(self.repetitions):
            helps.append(self.site.run("--help"))
            with Server(self.site) as server:
                again.append(server.started_in)
        self.say(f"`trellis serve` {median(again):.2f} s, `trellis --help` {median(helps):.2f} s")
        self.goals += [
            Goal("load_demo", 15, load, " s", 1),
            Goal("`trellis serve` answers", 2, median(again), " s"),
            Goal("`trellis --help`", 0.3, median(helps), " s"),
        ]

    def pages(self, people: People, server: Server) -> None:
        """Load every page with 1 and with 8 clients."""
        targets = pages.reads(people, server)
        turns = Turns()
        warm(targets, turns)
        found: list[dict[str, Measured]] = []
        for clients in (1, _CLIENTS):
            bursts = in_turns(targets, turns, repetitions=self.repetitions, clients=clients, seconds=self.seconds)
            found.append({target.name: measured(bursts[target.name], bursts[target.floor]) for target in targets})
        self.say("\n== Pages ==\nratios: visitors' pages to hello, all others to the floor page; times in ms")
        self.say(_load_table([target.name for target in targets], found))
        for target in targets:
            if target.name not in (HELLO, FLOOR):
                wanted = 3 if target.floor == HELLO else 2 if target.name in pages.TWICE else 1.5
                self.beside(target, wanted, found[0][target.name])

    def writes(self, people: People, server: Server) -> None:
        """Load the answer and the floor write with 1 and with 8 clients."""
        targets = pages.writes(people, server, _CLIENTS)
        turns = Turns()
        warm(targets, turns)
        found = []
        for clients in (1, _CLIENTS):
            bursts = in_turns(targets, turns, repetitions=self.repetitions, clients=clients, seconds=2 * self.seconds)
            found.append({target.name: measured(bursts[target.name], bursts[FLOOR_WRITE]) for target in targets})
        self.say(f"\n== Saves ==\n{_load_table([FLOOR_WRITE, ANSWER], found)}")
        self.beside(targets[1], 2, found[0][ANSWER])

    def beside(self, target: Target, wanted: float, found: Measured) -> None:
        """Note the goal of a page beside its floor, at one client."""
        name = f"{target.name} / {target.floor}"
        self.goals.append(Goal(name, wanted, found.ratio50, cpu=found.ratio_cpu))

    def weight(self, people: People, port: int) -> None:
        """Count queries and bytes."""
        rows, most, heaviest = [], 0, 0
        for name, (path, session) in pages.addresses(people).items():
            count, size = weight.queries(path, session), weight.html(port, path, session)
            rows.append((name, f"{count}", f"{size.raw / 1000:.1f}", f"{size.packed / 1000:.1f}"))
            if name not in (HELLO, FLOOR):
                most, heaviest = max(most, count), max(heaviest, size.raw)
        session, path = pages.place_of(people.member)
        code = people.tree.themes[-1].code
        count = weight.queries(f"{path}{code}/", session, {"step": 2, "age_ms": 0})
        rows.append((ANSWER, f"{count}", "", ""))
        self.say(f"\n== Queries, and KB of HTML ==\n{table(('page', 'queries', 'raw', 'gzip'), rows)}")
        visits = {name: weight.first_visit(port, *pages.addresses(people)[name]) for name in _FIRST_VISITS}
        lines = [
            (name, *(f"{size / 1000:.1f}" for size in (visit.raw, visit.sent, visit.packed)))
            for name, visit in visits.items()
        ]
        self.say(
            "\n== First visit with all that it fetches, KB ==\nas sent: by `trellis serve`, which leaves the HTML for"
            f" a proxy to compress\n{table(('page', 'raw', 'as sent', 'compressed'), lines)}"
        )
        self.goals += [
            Goal("queries, most on a page", 15, max(most, count), "", 0),
            Goal("HTML, heaviest page", 60, heaviest / 1000, " KB", 1),
            Goal("first visit, raw", 120, max(visit.raw for visit in visits.values()) / 1000, " KB", 1),
            Goal("first visit, compressed", 60, max(visit.packed for visit in visits.values()) / 1000, " KB", 1),
        ]

    def importing(self) -> None:
        """Import the official document, where it lies beside the repository."""
        found = measure_import(self.repetitions)
        if found is None:
            self.say("\n== Import ==\nnot measured: the official document is not beside the repository")
        else:
            self.say(
                f"\n== Import ==\n{found.rows} rows: {found.whole:.2f} s, bare rows with the ORM {found.bare:.3f} s"
            )
        self.goals.append(Goal("import / bare rows", 10, found.ratio if found else None, "", 1))

    def rush(self, people: People, port: int) -> None:
        """Let two hundred people answer everything at once."""
        found = rush(people, port, count=20 if self.quick else 200, clients=_CLIENTS)
        self.say(
            f"\n== {found.people} people at once ==\n{found.answers} answers, {found.rate:.0f}/s, p50 {found.p50:.1f}"
            f" ms, p99 {found.p99:.1f} ms; {found.errors} errors, {found.lost} lost; file: {found.damage or 'whole'}"
        )
        self.goals += [
            Goal(f"{found.people} at once: p99", 100, found.p99, " ms", 0),
            Goal(
                f"{found.people} at once: errors, lost, damage",
                0,
                found.errors + found.lost + bool(found.damage),
                "",
                0,
            ),
        ]

    def badges(self) -> None:
        """Issue badges and check them, beside the library's own loops; nobody else is at the site."""
        found = measure_badges(100 if self.quick else 1000)
        self.say(
            f"\n== {found.badges:,} badges ==\na second: issued {found.issued:.0f} (award, place in the status list,"
            f" JSON and JWT, stored), openbadgeslib's bare proof {found.proofs:.0f}, its signer {found.signer:.0f}"
            f"; ours takes {found.ratio_proof:.2f} times the bare proof;"
            f"\nchecked {found.checked:.0f}, openbadgeslib's bare check {found.verified:.0f}; {found.good:,} good"
        )
        self.goals += [
            Goal("issuing a badge / openbadgeslib's own signer", 1.11, found.ratio_signer),
            Goal("checking a badge / openbadgeslib's bare check", 1.11, found.ratio_checked),
            Goal("issued badges that do not verify", 0, found.badges - found.good, "", 0),
        ]

    def matching(self) -> None:
        """Match a whole group with mentors; last on the demo's site, because it takes the place of its mentors."""
        found = measure_matching(100 if self.quick else 500, self.repetitions)
        self.say(
            f"\n== {found.people} who look for a mentor, {found.people} who offer ==\n{found.pairs} pairs in"
            f" {found.whole:.2f} s, database and reasons and all; SciPy alone on the same fits {found.bare:.3f} s"
        )
        self.goals.append(Goal(f"matching {found.people} with {found.people}", 3, found.whole, " s"))

    def slope(self) -> None:
        """Measure the same pages in associations of very different size."""
        persons = (1_000, 32_000) if self.quick else (1_000, 32_000, 1_000_000)
        folder = settings.TRELLIS_DATA.parent
        # Short and often: the three sizes take turns, so that the machine's moods meet them alike.
        found = measure_sizes(
            persons, folder, settings.STATIC_ROOT, repetitions=2 * self.repetitions, seconds=self.seconds / 2
        )
        rows = []
        for growth in found.pages:
            grown = slope(persons, growth.p50)
            figures = [f"{cost:.1f}" for cost in growth.p50], [f"{cost:.1f}" for cost in growth.cpu]
            rows.append((growth.page, *figures[0], f"{grown:+.3f}", *figures[1], f"{slope(persons, growth.cpu):+.3f}"))
            self.goals.append(Goal(f"slope: {growth.page}", 0.05, grown, "", 3, slope(persons, growth.cpu)))
        numbers = [f"{number:,}" for number in persons]
        head = (
            "page",
            *(f"p50 {number}" for number in numbers),
            "slope",
            *(f"CPU {number}" for number in numbers),
            "slope",
        )
        self.say(
            f"\n== Growth with the number of persons, ms at one client ==\nmade in {found.made_in:.0f} s; one of"
            f" fifty has answered\n{table(head, rows)}"
        )

    def members(self) -> None:
        """Bring lists of members in, beside the database's own way of reading the same file."""
        sizes = (1_000, 10_000) if self.quick else (10_000, 100_000, 1_000_000)
        found = measure_members(sizes, settings.TRELLIS_DATA.parent / "members", 1 if self.quick else 3)
        for one in found:
            rows = [
                (f"{each.people:,}", f"{each.ours:.2f}", f"{each.rival:.2f}", f"{each.ratio:.2f}",
                 f"{each.stored:.2f}", f"{each.again:.2f}",
                 f"{1e6 * (each.ours - one.start) / each.people:.1f}", f"{each.peak / 1e6:.0f}")
                for each in one.sizes
            ]  # fmt: skip
            head = ("people", "ours s", f"{one.rival} s", "ratio", "floor s", "again s", "us each", "peak MB")
            self.say(
                f"\n== Lists of members into {one.database} ==\nwith Python's start and all, {one.start:.2f} s; “us"
                f" each” without it; “floor” are the same rows, ready made, by the database itself with its keys last\n"
                f"{table(head, rows)}"
            )
            last = one.sizes[-1]
            name = f"{last.people:,} members into {one.database}"
            self.goals += [
                Goal(f"{name} / {one.rival}", 8, last.ratio),
                Goal(f"{name}: memory", 500, last.peak / 1e6, " MB", 0),
                Goal(f"{name}: each / each of {one.sizes[0].people:,}", 1.25, one.growth),
            ]

    def components(self) -> None:
        """Work out variances of very many ratings beside the same by hand, and the levels of a whole local."""
        found = measure_components(1_000_000 if self.quick else 30_000_000, self.repetitions)
        variances = ", ".join(f"{variance:.4f}" for variance in found.variances)
        made_with = ", ".join(map(str, TRUE))
        self.say(
            f"\n== Variance components ==\n{found.ratings:,} ratings (made in {found.made_in:.1f} s):"
            f" {found.ours:.2f} s, three group-bys by hand {found.by_hand:.2f} s\nratee, rater, rest: {variances};"
            f" made with {made_with}; from those by hand at most {found.largest_gap:.0e} apart"
            f"\nBLUP of {LEADERS} leaders, {found.local_ratings:,} ratings: {found.local:.3f} s"
        )
        self.goals += [
            Goal(f"components of {found.ratings:,} ratings / by hand", 1.5, found.ratio),
            Goal(f"BLUP of {LEADERS} leaders", 1, found.local, " s"),
        ]


def _load_table(names: Sequence[str], found: Sequence[dict[str, Measured]]) -> str:
    head = ["page"]
    for clients in (1, _CLIENTS):
        head += [f"p50 at {clients}", "ratio", "p95", "ratio", "req/s"]
    head.append("CPU ms")
    return table(
        head,
        [
            [
                name,
                *(
                    cell
                    for each in found
                    for cell in (
                        f"{each[name].p50:.1f}",
                        f"{each[name].ratio50:.2f}",
                        f"{each[name].p95:.1f}",
                        f"{each[name].ratio95:.2f}",
                        f"{each[name].rate:.0f}",
                    )
                ),
                f"{found[0][name].cpu:.1f}",
            ]
            for name in names
        ],
    )
