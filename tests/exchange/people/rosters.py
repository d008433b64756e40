"""Lists of members for tests: written to a folder, read, planned and stored for a unit of the cast."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast
from trellis.exchange.models import PeopleImport
from trellis.exchange.people.actions import begin_import, read_list, run_import, say
from trellis.exchange.people.plan import Plan, plan_of
from trellis.exchange.people.reading import look_at
from trellis.exchange.people.refused import refusals
from trellis.exchange.people.work import start
from trellis.framework import uploads

HEADER = ("Member ID", "First name", "Last name", "E-mail", "Job", "Worksite", "Local", "Member since", "Status")
ANA = ("101", "Ana", "Rivera", "ana@example.net", "Teacher", "Lincoln", "Riverside", "2019-09-01", "Active")
BEN = ("102", "Ben", "Okafor", "ben@example.net", "Bus driver", "Harbor", "Riverside", "2020-01-15", "Active")
CLEO = ("103", "Cleo", "Marsh", "", "Nurse", "Orchard", "Millbrook", "", "")


def with_(row: Sequence[str], **changes: str) -> tuple[str, ...]:
    """A row with other cells, by the heading in small letters."""
    places = {heading.lower().replace(" ", "_").replace("-", ""): place for place, heading in enumerate(HEADER)}
    cells = list(row)
    for key, value in changes.items():
        cells[places[key]] = value
    return tuple(cells)


def written(
    folder: Path, rows: Iterable[Sequence[str]], header: Sequence[str] = HEADER, name: str = "list.csv"
) -> Path:
    """A CSV file with these rows."""
    path = folder / name
    path.write_bytes(content(rows, header))
    return path


def staged(cast: Cast, path: Path, unit: str = "Alder", *, is_whole: bool = False, **said: object) -> PeopleImport:
    """A list that has been read for a unit."""
    found = begin_import(cast.unit(unit), file=path.name, is_whole=is_whole, by=cast.state_staff)
    read_list(found, path)
    if said:
        say(found, by=cast.state_staff, **said)  # type: ignore[arg-type]
    return found


def planned(cast: Cast, path: Path, unit: str = "Alder", *, is_whole: bool = False, **said: object) -> dict[str, int]:
    """What a list would do, in numbers that are not 0."""
    return numbers(plan_of(staged(cast, path, unit, is_whole=is_whole, **said)))


def stored(cast: Cast, path: Path, unit: str = "Alder", *, is_whole: bool = False, **said: object) -> dict[str, int]:
    """What storing a list did, in numbers that are not 0."""
    return numbers(run_import(staged(cast, path, unit, is_whole=is_whole, **said), by=cast.state_staff))


def numbers(plan: Plan) -> dict[str, int]:
    """The numbers of a plan that are not 0."""
    return {code: count for code, count in plan.codes.items() if count}


def reasons(found: PeopleImport, path: Path) -> list[str]:
    """Why rows are left out, with their places."""
    plan_of(found)
    return [str(one) for one in refusals(found, look_at(path, found.file, found.columns).header)]


def content(rows: Iterable[Sequence[str]], header: Sequence[str] = HEADER) -> bytes:
    """A CSV file with these rows, as it is sent."""
    return ("\n".join(",".join(f'"{cell}"' for cell in row) for row in (header, *rows)) + "\n").encode()


def uploaded(cast: Cast, rows: Iterable[Sequence[str]], unit: str = "Alder", *, is_whole: bool = False) -> PeopleImport:
    """A list that state_staff has brought in on the page, and that waits for a word."""
    kept = uploads.keep(SimpleUploadedFile("list.csv", content(rows)))
    found = begin_import(cast.unit(unit), file="list.csv", kept=kept, is_whole=is_whole, by=cast.state_staff)
    start(found)
    return found
