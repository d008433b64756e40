"""A list of members of any size, drawn from a seed, and the units that it names: nobody in it exists."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

HEADER = ("Member ID", "First name", "Last name", "E-mail", "Job", "Worksite", "Local", "Member since", "Status")
# A local of the usual size, and one of its buildings.
LOCAL, WORKSITE = 210, 30
_GIVEN = (
    "Ana", "Ben", "Cleo", "Dev", "Elena", "Femi", "Grace", "Hana", "Ines", "José", "Kofi", "Lena", "Maya", "Noor",
    "Omar", "Priya", "Rosa", "Sam", "Tomás", "Wen",
)  # fmt: skip
_FAMILY = (
    "Abara", "Brook", "Castillo", "Diaz", "Evans", "Fischer", "García", "Hill", "Ibarra", "Jensen", "Kim", "Lopez",
    "Marsh", "Nguyen", "Okafor", "Peña", "Quinn", "Rivera", "Singh", "Tran", "Underhill", "Vega", "Walsh", "Young",
)  # fmt: skip
_JOBS = ("Teacher", "Bus driver", "Nurse", "Librarian", "Counselor", "Custodian", "Paraprofessional")
_KINDS = ("Elementary School", "Middle School", "High School", "Annex", "Academy", "Depot", "Center")


def local_name(number: int) -> str:
    """Return what a local is called."""
    return f"Cedar {number} Education Association"


def worksite_name(local: int, number: int) -> str:
    """Return what one of a local's buildings is called."""
    return f"Cedar {local} {_KINDS[number % len(_KINDS)]}"


def write_roster(path: Path, people: int, seed: int = 7) -> int:
    """Write a list of so many; returns its size in bytes."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADER)
        rows.writerows(_rows(people, random.Random(seed)))
    return path.stat().st_size


def _rows(people: int, rng: random.Random) -> Iterator[tuple[str, ...]]:
    numbers = list(range(10_000_000, 10_000_000 + people))
    rng.shuffle(numbers)  # a list is in the order of its locals, and not of its numbers
    for place, number in enumerate(numbers):
        given, family = rng.choice(_GIVEN), rng.choice(_FAMILY)
        local, seat = divmod(place, LOCAL)
        yield (
            str(number), given, family, f"member.{number}@example.org", rng.choice(_JOBS),
            worksite_name(local, seat // WORKSITE), local_name(local),
            f"{rng.randint(1985, 2025)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}", "Active",
        )  # fmt: skip
