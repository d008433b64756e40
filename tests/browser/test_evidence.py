"""Evidence from hand to hand: a member sends a file from a phone, the coach returns it, it is mended and attested."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.device import DESK, Device
from tests.browser.persons import Everybody
from tests.browser.steps import follow

pytestmark = pytest.mark.browser
OUTCOME = "Two classrooms share one aide less, and the principal wrote it down."
MISSING = "I would like to see the principal's note, or a line of the minutes."
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def _tell(page: Page, name: str, content: bytes) -> None:
    """Point at a file, say what part one had and what came of it, and send it to the coach."""
    page.locator("label[for=id_kind_1]").tap()
    page.get_by_label("File", exact=True).set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": content}
    )
    page.get_by_text("I took part").tap()
    page.get_by_label("What came of it?").fill(OUTCOME)
    page.get_by_text("Miriam Castellan").tap()
    page.get_by_role("button", name="Send it").tap()


def _rate(page: Page, answer: str) -> None:
    for row in page.locator(".thirds").all():
        row.get_by_text(answer, exact=True).click()


def _open_rosas(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Evidence to read").click()
    row = page.locator("#q-waiting ~ ul li", has_text="Organizing best practice")
    row.get_by_role("link", name="Read it").click()
    expect(page.get_by_text(OUTCOME)).to_be_visible()


def test_a_member_sends_a_file_the_coach_returns_it_and_attests_it_when_it_is_mended(
    device: Callable[..., Device], everybody: Everybody
) -> None:
    phone, desk = device(everybody.cast["building-representative"]), device(everybody.cast["coach"], size=DESK)
    phone.expected.append("status of 422")
    member, coach = phone.page, desk.page

    member.goto("/standing/ORG.1/")
    follow(member.get_by_role("link", name="For level 1"))
    expect(member.get_by_label("File", exact=True)).to_be_hidden()
    _tell(member, "note.pdf", b"<!doctype html><script>alert(1)</script>")
    expect(member.get_by_text("note.pdf: its content is not what its name says.")).to_be_visible()
    expect(member.get_by_label("What came of it?")).to_have_value(OUTCOME)
    _tell(member, "Rosa's note.pdf", PDF)
    expect(member.get_by_text("It waits for Miriam Castellan.")).to_be_visible()
    piece = member.url

    _open_rosas(coach)
    with coach.expect_download() as fetched:
        coach.get_by_role("link", name="Rosa's note.pdf").click()
    assert fetched.value.suggested_filename == "Rosa's note.pdf"
    assert Path(fetched.value.path()).read_bytes() == PDF
    _rate(coach, "Partly")
    coach.get_by_label("A comment for them").fill(MISSING)
    coach.get_by_role("button", name="Send it back").click()
    expect(coach.get_by_text("Stored, with your comment.")).to_be_visible()

    member.goto("/")
    expect(member.get_by_role("heading", name="pieces of evidence came back to you")).to_be_visible()
    member.goto(piece)
    expect(member.get_by_text(MISSING).first).to_be_visible()
    expect(member.get_by_text("Partly").first).to_be_visible()
    follow(member.get_by_role("link", name="Mend it and send it again"))
    expect(member.get_by_text("Rosa's note.pdf stays, unless you choose another.")).to_be_visible()
    member.get_by_label("File (optional)").set_input_files(
        {"name": "minutes.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    member.get_by_role("button", name="Send it again").tap()
    expect(member.get_by_text("It waits for Miriam Castellan.")).to_be_visible()

    _open_rosas(coach)
    expect(coach.get_by_role("link", name="minutes.pdf")).to_be_visible()
    _rate(coach, "Clearly")
    coach.get_by_role("button", name="Attest it").click()
    expect(coach.get_by_text("Stored. Thank you.")).to_be_visible()

    member.goto(piece)
    expect(member.get_by_role("heading", name="Attested", exact=True)).to_be_visible()
    happened = member.locator(".events b").all_inner_texts()
    assert happened == ["Sent", "Sent back", "Changed and sent again", "Attested"]
    member.goto("/standing/ORG.1/")
    expect(member.locator("section[aria-labelledby=ev]").get_by_text("attested until")).to_be_visible()


def test_the_form_works_without_javascript_and_shows_only_the_fields_of_the_kind(
    device: Callable[..., Device], everybody: Everybody
) -> None:
    page = device(everybody.cast["building-representative"], java_script_enabled=False).page
    page.goto("/evidence/add/ORG.2.L2/")
    page.locator("label[for=id_kind_0]").tap()
    expect(page.get_by_label("Address", exact=True)).to_be_visible()
    expect(page.get_by_label("Name of the credential")).to_be_hidden()
    page.get_by_label("Address", exact=True).fill("https://example.org/partners")
    page.get_by_text("I led it, or taught others").tap()
    page.get_by_label("What came of it?").fill("We signed a compact with the food bank.")
    page.get_by_text("Any coach of my unit").tap()
    page.get_by_role("button", name="Send it").tap()
    expect(page.get_by_text("It waits for any coach of your unit.")).to_be_visible()
    page.get_by_role("link", name="Take it back").tap()
    page.get_by_role("button", name="Take it back").tap()
    expect(page.get_by_role("heading", name="Taken back")).to_be_visible()
