"""Draws an association, asks every question beside its rival, and prints the goals."""

import io
import math
import os
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from bench import machine
from bench.figures import slope
from bench.insight import gate, page, refreshing, rivals
from bench.insight.asking import THREADS, Asker, Timed, ask_ours, ask_rival, asker
from bench.insight.ours import same
from bench.tables import Goal, goal_table, table
from trellis.insight.facts.generations import Store

# (ours, rival, goal): at most this share of the rival's time in the same run
BESIDE = (
    ("gap", "gap", 0.45),
    ("cube", "gap", 0.06),
    ("gap", "scan", 0.8),
    ("growth", "growth", 0.15),
    ("self-other", "self-other", 0.12),
    ("supply", "supply", 0.45),
)
_WORDS = {
    "gap": "gap heatmap theme x state",
    "cube": "the same from the cube of a release",
    "growth": "growth by theme and group",
    "self-other": "self-other gap per theme",
    "supply": "supply against need",
    "scan": "plain scan of the long columns",
}
# How many ratings one person of the recipe gives and gets in two waves, about.
_RATINGS_A_PERSON = 87


class Command(BaseCommand):
    """`python -m bench.insight` calls it on an empty folder; it is of no use on a site with people."""

    help = "Measure questions about groups beside their rivals (python -m bench.insight)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--ratings", type=int, required=True)
        parser.add_argument("--repetitions", type=int, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        self.folder = Path(settings.TRELLIS_DATA).parent
        self.repetitions: int = options["repetitions"]
        self.goals: list[Goal] = []
        begun, ratings = time.perf_counter(), options["ratings"]
        for command in ("migrate", "load_framework", "load_roles", "load_profiles"):
            call_command(command, verbosity=0, stdout=io.StringIO())
        self.say("\n".join(machine.lines(1)))
        smaller = [each for each in (ratings // 100, ratings // 10) if each >= 100_000]
        walls = [self.questions(each, beside=False) for each in smaller]
        walls.append(self.questions(ratings, beside=True))
        sizes = [*smaller, ratings]
        if len(sizes) > 1:
            grown = slope(sizes, walls)
            self.say(f"gap over {', '.join(f'{size:,}' for size in sizes)} ratings: slope {grown:+.3f}")
            self.goals.append(Goal("growth of cost with ratings, log-log slope of the gap", 1.05, grown, "", 3))
        self.goals += gate.measure(self.folder / f"facts-{ratings}", self.repetitions, self.say)
        self.goals += page.measure(self.repetitions, self.say)
        small = ratings < 10_000_000
        self.goals += refreshing.measure(self.folder / "refresh", self.repetitions, self.say, small=small)
        load = " ".join(f"{each:.1f}" for each in os.getloadavg())
        took = time.perf_counter() - begun
        self.say(f"\n== Goals ==\n{goal_table(self.goals)}\n\n{took:.0f} s; load of the machine at the end: {load}")

    def say(self, text: str) -> None:
        """Print at once: a run takes minutes, and somebody waits."""
        self.stdout.write(text)
        self.stdout.flush()

    def questions(self, ratings: int, *, beside: bool) -> float:
        """Draw facts and ask; returns the median time of the gap."""
        root = self.folder / f"facts-{ratings}"
        begun = time.perf_counter()
        people = max(1_000, math.ceil(ratings / _RATINGS_A_PERSON))
        call_command("make_facts", people=people, waves=2, seed=1, into=root, stdout=io.StringIO())
        snapshot = Store(root).current()
        made = time.perf_counter() - begun
        if not beside:
            with asker(ask_ours, root) as ours:
                return median([ours.ask("gap").wall for _ in range(self.repetitions + 1)][1:])
        long = self.folder / "long.parquet"
        rivals.write_long(snapshot.folder, long, snapshot.manifest.columns, THREADS)
        with rivals.connected(1) as connection:
            (count,) = connection.execute(f"SELECT count(*) FROM '{long}'").fetchall()[0]
        wide = sum(path.stat().st_size for path in snapshot.folder.glob("facts/*/*/*.parquet"))
        cube = sum(path.stat().st_size for path in snapshot.folder.glob("cube/*/*.parquet"))
        sizes = f"wide {wide / 1e6:,.0f} MB, cube {cube / 1e6:.1f} MB, long {long.stat().st_size / 1e6:,.0f} MB"
        self.say(
            f"\n== {count:,} ratings ==\n{snapshot.manifest.rows:,} responses of {people:,} persons, two waves, drawn"
            f" in {made:.0f} s; {sizes}"
        )
        with asker(ask_ours, root) as ours, asker(ask_rival, snapshot.folder, long, snapshot.manifest.columns) as rival:
            found = self._in_turns(ours, rival, snapshot.manifest.columns)
            self._compare(found)
            self.goals.append(Goal("peak memory, all questions", 1, ours.peak() / 1e9, " GB"))
            self.say(f"peak memory: ours {ours.peak() / 1e6:,.0f} MB, the rival {rival.peak() / 1e6:,.0f} MB")
        long.unlink()
        return median([each.wall for each in found["ours gap"]])

    def _in_turns(self, ours: Asker, rival: Asker, themes: Sequence[str]) -> dict[str, list[Timed]]:
        """Ask each pair after the other, so that the machine's moods meet both alike; the first time does not count."""
        found: dict[str, list[Timed]] = {}
        for turn in range(self.repetitions + 1):
            for name in ("gap", "cube", "growth", "self-other", "supply", "scan"):
                if name != "scan":
                    found.setdefault(f"ours {name}", []).append(ours.ask(name))
                if name != "cube":
                    found.setdefault(f"rival {name}", []).append(rival.ask(name))
            if not turn:
                self._check(found, themes)
                found = {}
        return found

    def _check(self, found: dict[str, list[Timed]], themes: Sequence[str]) -> None:
        for name, of in (("gap", "gap"), ("cube", "gap"), ("growth", "growth"), ("self-other",) * 2, ("supply",) * 2):
            if not same(name, found[f"ours {name}"][0].answer, found[f"rival {of}"][0].answer, themes):
                raise SystemExit(f"{name}: ours and the rival's answer differ")
        self.say("every answer is the rival's")

    def _compare(self, found: dict[str, list[Timed]]) -> None:
        rows = []
        for name, of, most in BESIDE:
            ours, rival = found[f"ours {name}"], found[f"rival {of}"]
            wall, cpu = (
                median([getattr(one, kind) / getattr(other, kind) for one, other in zip(ours, rival, strict=True)])
                for kind in ("wall", "cpu")
            )
            beside = _WORDS["scan"] if of == "scan" else "long-form SQL"
            rows.append(
                (_WORDS[name], beside, *(_seconds(each) for each in (ours, rival)), f"{wall:.3f}", f"{cpu:.3f}")
            )
            self.goals.append(Goal(f"{_WORDS[name]} / {beside}", most, wall, "", 3, cpu))
        self.say(table(("question", "beside", "ours s", "rival s", "ratio", "by CPU"), rows))


def _seconds(times: Sequence[Timed]) -> str:
    return f"{median([each.wall for each in times]):.3f}"
