"""A badge from the evidence to a stranger's eyes: attested, asked for, shown, downloaded, checked, taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.device import DESK, Device
from tests.browser.persons import Everybody
from tests.browser.steps import follow
from tests.exchange.badges.badges import in_png

pytestmark = pytest.mark.browser
OUTCOME = "I read the bylaws aloud with four new members, and one of them ran for the board."


def _attested(member: Page, coach: Page) -> None:
    """Send evidence for a step, and let the coach attest it."""
    member.goto("/evidence/add/GOV.1.L1/")
    member.locator("label[for=id_kind_0]").tap()
    member.get_by_label("Address", exact=True).fill("https://example.org/bylaws")
    member.get_by_text("I took part").tap()
    member.get_by_label("What came of it?").fill(OUTCOME)
    member.get_by_text("Miriam Castellan").tap()
    member.get_by_role("button", name="Send it").tap()
    expect(member.get_by_text("It waits for Miriam Castellan.")).to_be_visible()
    coach.goto("/evidence/read/")
    coach.locator("#q-waiting ~ ul li", has_text="Governance duties").get_by_role("link", name="Read it").click()
    expect(coach.get_by_text(OUTCOME)).to_be_visible()
    for row in coach.locator(".thirds").all():
        row.get_by_text("Clearly", exact=True).click()
    coach.get_by_role("button", name="Attest it").click()
    expect(coach.get_by_text("Stored. Thank you.")).to_be_visible()


def _check(stranger: Page, picture: Path) -> None:
    stranger.goto("/badges/verify/")
    stranger.get_by_label("The file").set_input_files(picture)
    stranger.get_by_role("button", name="Check it").click()


def test_a_badge_goes_from_the_evidence_to_a_strangers_eyes_and_back(
    device: Callable[..., Device], everybody: Everybody, tmp_path: Path
) -> None:
    phone, desk = device(everybody.cast["building-representative"]), device(everybody.cast["coach"], size=DESK)
    outside = device(size=DESK)
    outside.expected.append("status of 404")
    member, stranger = phone.page, outside.page
    _attested(member, desk.page)

    member.goto("/badges/")
    ready = member.locator("#b-ready ~ ul li", has_text="Governance duties")
    follow(ready.get_by_role("link", name="Get this badge"))
    follow(member.get_by_role("button", name="Make my badge"))
    expect(member.get_by_text("It is yours. So far only you can see it.")).to_be_visible()
    uid = member.url.split("/")[-2]
    stranger.goto(f"/badges/credentials/{uid}")
    expect(stranger.get_by_role("heading", name="Governance duties")).to_be_hidden()

    member.get_by_text("Anybody who has its address").tap()
    member.get_by_text("My initials").tap()
    member.get_by_text("Show what came of it").tap()
    member.get_by_role("button", name="Save").tap()
    expect(member.get_by_text("Saved. Anybody who has its address can see it now.")).to_be_visible()
    stranger.goto(f"/badges/credentials/{uid}")
    expect(stranger.get_by_text("This badge is good")).to_be_visible()
    expect(stranger.get_by_text("RD", exact=True)).to_be_visible()
    expect(stranger.get_by_text(OUTCOME)).to_be_visible()
    expect(stranger.get_by_text("Rosa Delgado")).to_be_hidden()

    with member.expect_download() as fetched:
        member.get_by_role("link", name="Picture (PNG)").tap()
    picture = tmp_path / "badge.png"
    picture.write_bytes(Path(fetched.value.path()).read_bytes())
    assert len(in_png(picture.read_bytes())) == 1
    _check(stranger, picture)
    expect(stranger.get_by_text("This badge is good")).to_be_visible()
    expect(stranger.get_by_text("Governance duties: Foundational")).to_be_visible()

    follow(member.get_by_role("link", name="Take this badge back"))
    follow(member.get_by_role("button", name="Take it back"))
    expect(member.get_by_text("You took it back.")).to_be_visible()
    _check(stranger, picture)
    expect(stranger.get_by_text("It was taken back.")).to_be_visible()
    stranger.goto(f"/badges/credentials/{uid}")
    expect(stranger.get_by_text("Taken back")).to_be_visible()
    expect(stranger.get_by_text("RD", exact=True)).to_be_hidden()


def test_the_wallet_works_without_javascript(device: Callable[..., Device], everybody: Everybody) -> None:
    page = device(everybody.cast["building-representative"], java_script_enabled=False).page
    page.goto("/badges/")
    with page.expect_download() as fetched:
        page.get_by_role("button", name="Signed transcript").first.tap()
    assert fetched.value.suggested_filename.startswith("transcript-")
    page.goto("/badges/verify/")
    page.get_by_label("The file").set_input_files(Path(fetched.value.path()))
    page.get_by_role("button", name="Check it").tap()
    expect(page.get_by_text("A transcript, as we signed it.")).to_be_visible()
