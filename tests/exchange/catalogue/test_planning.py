"""The plan of an import: what is new, what changes and how, what stays; and each row that cannot be, by its place."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.exchange.catalogue.sheets_made import DENVER, HEADER, ROWS, fates, plan_of, reasons, table
from tests.exchange.tables.files import stored, workbook
from tests.learning import offerings
from tests.repo.source import ROOT
from trellis.exchange.catalogue.actions import run_plan
from trellis.exchange.catalogue.grouping import NEW
from trellis.exchange.catalogue.moments import DateOrder
from trellis.exchange.catalogue.plan import Change
from trellis.exchange.catalogue.planning import Answers
from trellis.exchange.tables.place import TableError
from trellis.learning.actions import cancel_session, sign_up
from trellis.learning.models import Offering, OfferingStatus, Session

pytestmark = pytest.mark.usefixtures("framework")


def changed(row: int, column: str, value: str) -> list[list[str]]:
    rows = [list(each) for each in ROWS]
    rows[row][HEADER.index(column)] = value
    return rows


@pytest.fixture
def imported(cast: Cast, tmp_path: Path) -> Cast:
    """The cast, with the file in Riverside's catalogue."""
    run_plan(plan_of(table(tmp_path), cast), by=cast.president)
    return cast


def test_rows_of_one_offering_are_one_offering_with_its_sessions(cast: Cast, tmp_path: Path) -> None:
    plan = plan_of(table(tmp_path), cast)
    assert fates(plan) == {"new": (2, 2)}
    assert [step.content.title for step in plan.offerings] == ["Story of self", "Read a budget"]
    first = plan.sessions[0]
    assert first.content.starts_at == dt.datetime(2031, 3, 6, 1, 30, tzinfo=dt.UTC)
    assert (first.content.ends_at - first.content.starts_at, first.content.seats) == (dt.timedelta(minutes=90), 20)
    assert {step.status for step in plan.offerings} == {OfferingStatus.DRAFT}
    assert not plan.asks


def test_the_example_of_the_documentation_is_read_as_it_stands(cast: Cast, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "catalog-files.md").read_text(encoding="utf-8")
    plan = plan_of(stored(tmp_path, text.partition("```csv\n")[2].partition("```")[0].encode()), cast)
    assert reasons(plan) == []
    assert fates(plan) == {"new": (2, 3)}
    assert [step.content.minutes for step in plan.offerings] == [90, 90]


def test_the_same_file_changes_nothing_the_second_time(imported: Cast, tmp_path: Path) -> None:
    plan = plan_of(table(tmp_path), imported)
    assert fates(plan) == {"same": (2, 2)}
    assert not plan.does_something


def test_what_changes_is_said_before_and_after(imported: Cast, tmp_path: Path) -> None:
    rows = changed(0, "Starts", "2031-03-06 18:00")
    rows[0][HEADER.index("Place")] = "Big hall"
    rows[2][HEADER.index("Length")] = "1:30"
    plan = plan_of(table(tmp_path, rows), imported)
    assert fates(plan) == {"changed": (1, 1), "same": (1, 1)}
    assert plan.offerings[1].changes == (Change("minutes", "120 min", "90 min"),)
    assert plan.sessions[0].changes == (
        Change("starts", "2031-03-05 18:30", "2031-03-06 18:00"),
        Change("ends", "2031-03-05 20:00", "2031-03-06 20:00"),
        Change("place", "Hall", "Big hall"),
    )


def test_a_session_that_only_moves_keeps_how_long_it_takes(imported: Cast, tmp_path: Path) -> None:
    header = ("Session number", "Starts")
    plan = plan_of(table(tmp_path, [("T-1-A", "2031-03-07 09:00")], header), imported)
    content = plan.sessions[0].content
    assert (content.ends_at - content.starts_at, content.place) == (dt.timedelta(minutes=90), "Hall")


def test_an_empty_cell_leaves_what_is_there_and_a_dash_empties_it(imported: Cast, tmp_path: Path) -> None:
    header = ("Number", "Teaches", "Session number", "Seats", "Place")
    plan = plan_of(table(tmp_path, [("T-1", "", "T-1-A", "", "")], header), imported)
    assert fates(plan) == {"same": (1, 1)}
    plan = plan_of(table(tmp_path, [("T-1", "-", "T-1-A", "–", "-")], header), imported)
    assert [change.after for change in (*plan.offerings[0].changes, *plan.sessions[0].changes)] == ["nothing"] * 3
    run_plan(plan, by=None)
    session = Session.objects.get(key="T-1-A")
    assert (session.seats, session.place, session.offering.cells.count()) == (None, "", 0)


def test_two_sheets_are_joined_by_number_or_title(cast: Cast, tmp_path: Path) -> None:
    book = workbook(
        ["Training of the state office"],
        ["Number", "Title", "Hours", "Cost"],
        ["T-1", "Story of self", 1.5, 12.5],
        [None, "Read a budget", 2, None],
        Sessions=[
            ["Course", "Number", "Date", "Time", "Capacity"],
            [None, "T-1", dt.date(2031, 3, 5), "6:30 – 8 pm", 20],
            ["read a BUDGET", None, dt.date(2031, 3, 6), dt.time(9, 0), None],
        ],
        Notes=[["Ask Ana about the hall."]],
    )
    plan = plan_of(stored(tmp_path, book), cast)
    assert fates(plan) == {"new": (2, 2)}
    assert [(step.content.minutes, step.content.cost) for step in plan.offerings] == [(90, Decimal("12.50")), (120, 0)]
    spans = [step.content.ends_at - step.content.starts_at for step in plan.sessions]
    assert spans == [dt.timedelta(minutes=90), dt.timedelta(hours=2)]
    assert plan.sheets.notes == ("The sheet “Notes” has no column that is known here, so it was left out.",)


def test_a_title_is_one_line_and_a_description_may_have_several(cast: Cast, tmp_path: Path) -> None:
    row = ("Story\nof  self", "1 h", "First this.\r\n\r\nThen that.")
    content = plan_of(table(tmp_path, [row], ("Title", "Length", "Description")), cast).offerings[0].content
    assert (content.title, content.description) == ("Story of self", "First this.\n\nThen that.")


def test_spanish_headings_and_words_are_understood(cast: Cast, tmp_path: Path) -> None:
    header = ("Título", "Duración", "Modalidad", "Idioma", "Costo", "Fecha", "Hora de inicio", "Zona horaria", "Cupo")
    row = (
        "Escuchar",
        "1 hora 30 minutos",
        "en línea",
        "español",
        "gratis",
        "jueves 6 de marzo de 2031",
        "18:30",
        "este",
        "12",
    )
    plan = plan_of(table(tmp_path, [row], header), cast)
    offering, session = plan.offerings[0].content, plan.sessions[0].content
    assert (offering.minutes, offering.format, offering.language, offering.cost) == (90, "online", "es", 0)
    assert (session.starts_at, session.zone) == (dt.datetime(2031, 3, 6, 23, 30, tzinfo=dt.UTC), "America/New_York")


def test_the_length_follows_from_the_sessions_when_nothing_else_says_it(cast: Cast, tmp_path: Path) -> None:
    header = ("Title", "Starts", "Ends")
    plan = plan_of(table(tmp_path, [("Listening", "2031-03-05 22:30", "00:15")], header), cast)
    assert plan.offerings[0].content.minutes == 105


# questions


def test_dates_of_two_meanings_are_asked_once_and_shown_with_the_month_first(cast: Cast, tmp_path: Path) -> None:
    rows = changed(0, "Starts", "3/5/2031 6:30 PM")
    rows[1][HEADER.index("Starts")] = "4/2/2031 6:30 PM"
    path = table(tmp_path, rows)
    plan = plan_of(path, cast)
    assert [place.cell for place in plan.ambiguous] == ["row 2, column F (Starts)"]
    assert plan.asks
    assert plan.sessions[0].content.starts_at.month == 3
    answered = plan_of(path, cast, answers=Answers("America/Denver", DateOrder.DAY_FIRST))
    assert not answered.asks
    assert answered.sessions[0].content.starts_at.month == 5


def test_one_date_that_is_clear_makes_the_others_clear(cast: Cast, tmp_path: Path) -> None:
    rows = changed(0, "Starts", "3/5/2031 6:30 PM")
    rows[1][HEADER.index("Starts")] = "13/5/2031 6:30 PM"
    plan = plan_of(table(tmp_path, rows), cast)
    assert not plan.asks
    assert [step.content.starts_at.day for step in plan.sessions] == [4, 14], "the third of May, in the night of UTC"


def test_dates_that_contradict_each_other_are_refused_with_both(cast: Cast, tmp_path: Path) -> None:
    rows = changed(0, "Starts", "3/25/2031 6:30 PM")
    rows[1][HEADER.index("Starts")] = "25/3/2031 6:30 PM"
    with pytest.raises(TableError, match=r"month first \(3/25/2031 6:30 PM\) and some the day \(25/3/2031"):
        plan_of(table(tmp_path, rows), cast)


def test_nearly_the_same_title_is_a_question_and_both_answers_hold(imported: Cast, tmp_path: Path) -> None:
    path = table(tmp_path, [("Story of Self,", "90 min"), ("Reed a budget", "2 h")], ("Title", "Length"))
    plan = plan_of(path, imported)
    assert [(one.title, one.known.title) for one in plan.likenesses] == [("Reed a budget", "Read a budget")]
    assert fates(plan) == {"new": (1, 0), "same": (1, 0)}, "commas and capitals are no question"
    token, known = plan.likenesses[0].token, plan.likenesses[0].known
    same = plan_of(path, imported, answers=Answers("UTC", same={token: str(known.uid)}))
    assert same.offerings[1].changes == (Change("title", "Read a budget", "Reed a budget"),)
    new = plan_of(path, imported, answers=Answers("UTC", same={token: NEW}))
    assert fates(new) == {"new": (1, 0), "same": (1, 0)}
    assert not new.asks
    assert not same.asks


# what is refused

BAD = {
    "no title": (("Number", "Length"), ("X", "1 h"), "row 2: a new offering needs a title."),
    "no length": (("Title",), ("X",), "row 2: a new offering needs its length."),
    "a length of nothing": (("Title", "Length"), ("X", "soon"), "column B (Length): “soon” is not a length"),
    "an unknown step": (("Title", "Teaches"), ("X", "ORG.9.L1"), "column B (Teaches): “ORG.9.L1” is not a step"),
    "a theme alone": (("Title", "Teaches"), ("X", "ORG.5"), "is a whole theme; say which level, such as ORG.5.L1."),
    "a level too high": (("Title", "Teaches"), ("X", "ORG.5.L7"), "“ORG.5.L7” has a level that the framework does not"),
    "taught and needed": (
        ("Title", "Length", "Teaches", "Needs first"),
        ("X", "1 h", "ORG.5.L1", "ORG.5.L1"),
        "column D (Needs first): a step cannot be taught and needed first at once.",
    ),
    "a cost": (("Title", "Cost"), ("X", "a lot"), "column B (Cost): “a lot” is not an amount"),
    "a format": (("Title", "Format"), ("X", "by mail"), "“by mail” is not one of these: In person; Online, live;"),
    "a language": (("Title", "Language"), ("X", "Klingon"), "“Klingon” is not a language that we know"),
    "a status": (("Title", "Length", "In the catalog"), ("X", "1 h", "No longer offered"), "a new offering is a draft"),
    "a title too long": (("Title", "Length"), ("X" * 121, "1 h"), "(Title): Ensure this value has at most 120"),
    "no time": (("Title", "Length", "Starts"), ("X", "1 h", "2031-03-05"), "needs the time at which it starts"),
    "no day": (("Title", "Length", "Start time"), ("X", "1 h", "18:30"), "a session needs the day on which it starts"),
    "a place alone": (("Title", "Length", "Place"), ("X", "1 h", "Hall"), "(Place): this belongs to a session"),
    "no such day": (("Title", "Starts"), ("X", "2031-02-30 9:00"), "there is no such day as “2031-02-30 9:00”."),
    "no such hour": (("Title", "Starts"), ("X", "2031-03-05 25:00"), "“2031-03-05 25:00” is not a date or time"),
    "an hour that is skipped": (
        ("Title", "Length", "Starts", "Time zone"),
        ("X", "1 h", "2031-03-09 02:30", "Mountain"),
        "on 2031-03-09 the clocks of America/Denver are set forward, so there is no 02:30.",
    ),
    "a zone": (("Title", "Starts", "Time zone"), ("X", "2031-03-05 9:00", "Mars"), "“Mars” is not a time zone"),
    "an end before": (
        ("Title", "Length", "Starts", "Ends"),
        ("X", "1 h", "2031-03-05 9:00", "2031-03-04 10:00"),
        "column D (Ends): it must end after it starts.",
    ),
    "a late deadline": (
        ("Title", "Length", "Starts", "Sign up until"),
        ("X", "1 h", "2031-03-05 9:00", "2031-03-06"),
        "column D (Sign up until): people sign up before the session, not after it.",
    ),
    "seats": (("Title", "Starts", "Seats"), ("X", "2031-03-05 9:00", "0"), "(Seats): “0” is not a number of seats."),
    "a link": (
        ("Title", "Length", "Starts", "Online link"),
        ("X", "1 h", "2031-03-05 9:00", "zoom me"),
        "column D (Online link): Enter a valid URL.",
    ),
    "an ID of nothing": (("Trellis ID", "Title"), ("x", "X"), "“x” is not an ID of Trellis"),
    "an ID of nobody": (
        ("Trellis ID", "Title"),
        ("6f1c2a9e-4c4e-4c3a-9a55-0d3f6f0e1234", "X"),
        "there is no offering of this ID; leave it empty for a new one.",
    ),
    "a cancelled new one": (
        ("Title", "Length", "Starts", "Session status"),
        ("X", "1 h", "2031-03-05 9:00", "cancelled"),
        "a session that is not here yet need not be cancelled.",
    ),
    "a title emptied": (("Number", "Title"), ("T-1", "-"), "column B (Title): this cannot be emptied."),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_row_that_cannot_be_is_refused_by_its_column(case: str, cast: Cast, tmp_path: Path) -> None:
    header, row, reason = BAD[case]
    plan = plan_of(table(tmp_path, [row, ("Fine", "1 h")], header if "Length" in header else (*header, "Length")), cast)
    found = [each for each in reasons(plan) if each.startswith("row 2")]
    assert len(found) == 1
    assert reason.removeprefix("row 2: ") in found[0]


def test_rows_that_contradict_each_other_and_sessions_twice_are_refused(cast: Cast, tmp_path: Path) -> None:
    rows = [*changed(1, "Length", "2 h"), list(ROWS[0])]
    plan = plan_of(table(tmp_path, rows), cast)
    assert reasons(plan) == [
        "row 3, column C (Length): row 2, column C (Length) says something else of the same offering.",
        "row 5, column F (Starts): the same session stands in row 2 already.",
    ]
    assert fates(plan) == {"new": (2, 1), "refused": (2, 0)}


def test_an_offering_of_another_unit_is_not_changed_but_may_get_a_session(cast: Cast, tmp_path: Path) -> None:
    theirs = offerings.offering(cast, "Millbrook")
    header = ("Trellis ID", "Title", "Starts")
    plan = plan_of(table(tmp_path, [(theirs.uid, theirs.title, "2031-03-05 18:30")], header), cast)
    assert fates(plan) == {"same": (1, 0), "new": (0, 1)}
    plan = plan_of(table(tmp_path, [(theirs.uid, "Ours now", "2031-03-05 18:30")], header), cast)
    assert reasons(plan) == [
        "row 2, column B (Title): this offering belongs to Millbrook, so only its sessions can be planned here."
    ]


def test_a_draft_of_another_unit_is_not_even_there(cast: Cast, tmp_path: Path) -> None:
    theirs = offerings.offering(cast, "Millbrook", listed=False)
    plan = plan_of(table(tmp_path, [(theirs.uid, "X", "1 h")], ("Trellis ID", "Title", "Length")), cast)
    assert "there is no offering of this ID" in reasons(plan)[0]


def test_seats_cannot_be_taken_from_people_and_what_is_cancelled_stays_so(cast: Cast, tmp_path: Path) -> None:
    session, other = offerings.session(cast, key="A", seats=3), offerings.session(cast, key="B")
    for person in (cast.own, cast.coached):
        sign_up(session, person=person, by=person)
    cancel_session(other, by=None)
    header = ("Session number", "Seats", "Session status")
    plan = plan_of(table(tmp_path, [("A", "1", ""), ("B", "5", ""), ("B", "", "planned")], header), cast)
    assert reasons(plan)[0] == "row 2, column B (Seats): 2 people have a seat already."
    assert "this session is cancelled" in reasons(plan)[1]


def test_titles_that_stand_twice_in_the_catalogue_need_a_number(cast: Cast, tmp_path: Path) -> None:
    for _ in range(2):
        offerings.offering(cast)
    plan = plan_of(table(tmp_path, [("Listening first", "1 h")], ("Title", "Length")), cast)
    assert "several offerings have this title; give the number or the ID of one." in reasons(plan)[0]


def test_a_state_may_change_what_belongs_to_its_locals(cast: Cast, tmp_path: Path) -> None:
    ours = offerings.offering(cast, "Riverside")
    plan = plan_of(table(tmp_path, [(ours.uid, "Another title")], ("Trellis ID", "Title")), cast, unit="Alder")
    assert fates(plan) == {"changed": (1, 0)}
    run_plan(plan, by=cast.state_staff)
    ours.refresh_from_db()
    assert (ours.title, ours.unit) == ("Another title", cast.unit("Riverside"))


def test_a_header_alone_says_so(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"^list: there is no row below the header\.$"):
        plan_of(table(tmp_path, []), cast)


def test_a_plan_of_a_thousand_rows_takes_a_handful_of_queries(
    cast: Cast, tmp_path: Path, django_assert_max_num_queries: object
) -> None:
    rows = [
        (f"N-{number}", f"Course number {number} of many", "1 h", f"2031-03-05 {number % 24}:00")
        for number in range(1000)
    ]
    path = table(tmp_path, rows, ("Number", "Title", "Length", "Starts"))
    plan_of(path, cast)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert fates(plan_of(path, cast)) == {"new": (1000, 1000)}


def test_nothing_of_a_plan_is_stored_by_planning(cast: Cast, tmp_path: Path) -> None:
    plan_of(table(tmp_path), cast, answers=DENVER)
    assert (Offering.objects.count(), Session.objects.count()) == (0, 0)
