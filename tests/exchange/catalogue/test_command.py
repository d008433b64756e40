"""`trellis import_catalogue`: the plan in lines, questions as errors, and nothing stored by --check."""

import uuid
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.cast import Cast
from tests.exchange.catalogue.sheets_made import ROWS, table
from tests.learning import offerings
from trellis.learning.models import Offering, OfferingStatus, Session

pytestmark = pytest.mark.usefixtures("framework")


def call(path: Path, cast: Cast, *more: str) -> list[str]:
    out = StringIO()
    unit = str(cast.unit("Riverside").uid)
    call_command("import_catalogue", str(path), "--unit", unit, "--zone", "America/Denver", "--yes", *more, stdout=out)
    return out.getvalue().splitlines()


def test_a_check_shows_the_plan_and_stores_nothing(cast: Cast, tmp_path: Path) -> None:
    said = call(table(tmp_path), cast, "--check")
    assert said == [
        "+ Story of self (row 2)",
        "+ Story of self, March 5, 2031, 6:30 p.m., Mountain time (row 2)",
        "+ Story of self, April 2, 2031, 6:30 p.m., Mountain time (row 3)",
        "+ Read a budget (row 4)",
        "2 new offerings, 2 new sessions; left out: 0",
        "Checked only: nothing was stored.",
    ]
    assert not Offering.objects.exists()


def test_it_stores_what_it_says_and_the_second_time_nothing(cast: Cast, tmp_path: Path) -> None:
    assert call(table(tmp_path), cast, "--list")[-1] == "Stored: 2 new offerings, 2 new sessions."
    assert set(Offering.objects.values_list("status", flat=True)) == {OfferingStatus.LISTED}
    assert call(table(tmp_path), cast)[-1] == "The catalog says all of this already; nothing was stored."
    rows = [list(row) for row in ROWS]
    rows[0][7], rows[2][2] = "Big hall", "soon"
    said = call(table(tmp_path, rows), cast)
    assert "    Place: Hall -> Big hall" in said
    assert any(line.startswith("! upload, row 4, column C (Length): “soon” is not a length") for line in said)
    assert said[-1] == "Stored: 1 changed session."


def test_what_only_a_person_can_say_is_asked_for(cast: Cast, tmp_path: Path) -> None:
    dated = table(tmp_path, [("X", "1 h", "3/5/2031 18:30")], ("Title", "Length", "Starts"))
    with pytest.raises(CommandError, match=r"column C \(Starts\): this date has two meanings; say --dates"):
        call(dated, cast)
    call(dated, cast, "--dates", "dmy")
    assert Session.objects.get().starts_at.month == 5
    offerings.offering(cast, title="Story of self, us and now")
    likely = table(tmp_path, [("Story of self, us, now", "1 h")], ("Title", "Length"))
    with pytest.raises(CommandError, match="Say --all-new"):
        call(likely, cast)
    assert call(likely, cast, "--all-new")[-1] == "Stored: 1 new offering."


def test_what_cannot_be_is_said_in_one_line(cast: Cast, tmp_path: Path) -> None:
    twins = table(tmp_path, [("A", "B")], ("Title", "Title"))
    with pytest.raises(CommandError, match=r"upload, row 1, column B: two columns are called “Title”"):
        call(twins, cast)
    with pytest.raises(CommandError, match="No such file"):
        call(tmp_path / "nothing", cast)
    with pytest.raises(CommandError, match="There is no unit of this ID"):
        call_command("import_catalogue", str(twins), "--unit", str(uuid.uuid4()))
    with pytest.raises(CommandError, match="is not a valid UUID"):
        call_command("import_catalogue", str(twins), "--unit", "Riverside")
    with pytest.raises(CommandError, match="is not a time zone"):
        call(twins, cast, "--zone", "Mars")
