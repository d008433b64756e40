"""A whole 360 by six roles: the rated person, their coach, three raters without an account, one who says no."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.device import DESK, Device
from tests.browser.outbox import links_in, mails_to, newest_mail
from tests.browser.persons import Everybody
from tests.browser.site import Site
from tests.browser.steps import follow

pytestmark = pytest.mark.browser
GONE = "the server responded with a status of 410"
WORKS_BESIDE = "Works beside me"


@dataclass(frozen=True)
class Rater:
    """Somebody who is asked: what they pick in every theme, and what they write."""

    name: str
    email: str
    step: int
    words: str
    language: str = "English"


BY_NAME = (
    Rater("Rosa Delgado", "rosa.delgado@example.org", 3, "Keeps the books in order."),
    Rater("Samuel Okonjo", "samuel.okonjo@example.org", 1, "Asks good questions."),
)
BY_EMAIL = (
    Rater("Ana Ruiz", "ana.ruiz@example.net", 2, "Escucha a todos.", "Español"),
    Rater("Ben Adler", "ben.adler@example.net", 2, "Never forgets a name."),
    Rater("Carla Voss", "carla.voss@example.net", 1, "Brings people together."),
)
REFUSER = Rater("Dora Lind", "dora.lind@example.net", 0, "")
LATE = Rater("Emil Straub", "emil.straub@example.net", 0, "")
ANSWERING = (*BY_NAME, *BY_EMAIL)


def _press(page: Page, name: str) -> None:
    """Press a button of a desk computer, and wait until its page is there."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def _choose(page: Page) -> None:
    """Ask about the smallest domain only, and go on to the people."""
    page.goto("/three-sixty/")
    page.get_by_role("link", name="Ask others how they see you").click()
    for box in page.locator("input[name=domains]").all():
        box.set_checked(box.get_attribute("value") == "COM")
    _press(page, "Choose the people")


def _name_known(page: Page, rater: Rater) -> None:
    page.get_by_label("Name").first.fill(rater.name.split()[1])
    _press(page, "Search")
    expect(page.locator("main")).not_to_contain_text(rater.email)
    known = page.locator("section", has=page.locator("#known"))
    known.get_by_label(rater.name).check()
    known.get_by_label("How do they know your work?").select_option(label=WORKS_BESIDE)
    with page.expect_navigation():
        known.get_by_role("button", name="Put on the list").click()


def _name_outside(page: Page, rater: Rater) -> None:
    outside = page.locator("section", has=page.locator("#outside"))
    outside.get_by_label("Name").fill(rater.name)
    outside.get_by_label("E-mail").fill(rater.email)
    outside.get_by_label("How do they know your work?").select_option(label=WORKS_BESIDE)
    outside.get_by_label("They read").select_option(label=rater.language)
    with page.expect_navigation():
        outside.get_by_role("button", name="Put on the list").click()


def _link(site: Site, rater: Rater) -> str:
    return links_in(newest_mail(site.outbox, rater.email)[1])[0]


def _answer(page: Page, step: int) -> None:
    """Pick a step in every theme of the page with a thumb, and go on."""
    for block in page.locator("fieldset.block").all():
        block.locator(".rung > label").nth(step).tap()
    follow(page.locator(".dock-in button").first)


def _answer_all(phone: Device, site: Site, rater: Rater) -> None:
    page = phone.go(_link(site, rater))
    follow(page.locator("form button").first)
    _answer(page, rater.step)
    page.locator("textarea").first.fill(rater.words)
    follow(page.locator(".dock-in button").first)
    expect(page.get_by_role("link", name="Change my answers")).to_be_visible()


def _letters(site: Site) -> list[int]:
    """How many mails each of those who are to answer has got, for whatever reason."""
    return [len(mails_to(site.outbox, rater.email)) for rater in ANSWERING]


def test_a_whole_360_from_the_first_name_to_the_report(
    site: Site, everybody: Everybody, device: Callable[..., Device]
) -> None:
    had = _letters(site)
    member = device(everybody.cast["new-member"], size=DESK)
    coach = device(everybody.cast["coach"], size=DESK)
    page = member.page
    _choose(page)
    for rater in BY_NAME:
        _name_known(page, rater)
    for rater in (*BY_EMAIL, REFUSER, LATE):
        _name_outside(page, rater)
    expect(page.locator("#k-peer .count")).to_have_text("7")
    _press(page, "Send to Miriam Castellan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Miriam Castellan has your list")
    assert _letters(site) == had, "nobody is asked before the coach has agreed"

    desk = coach.go("/")
    desk.get_by_role("link", name="360 lists").click()
    desk.locator(".line-card", has_text="Linh Tran").get_by_role("link").click()
    _press(desk, "Agree and send the links")
    expect(desk.get_by_role("status")).to_contain_text("The links are on their way.")

    _first_rater_in_spanish(device(), site, BY_EMAIL[0])
    _second_rater_changes_their_mind(device(), site, BY_EMAIL[1])
    for rater in (BY_EMAIL[2], *BY_NAME):
        _answer_all(device(), site, rater)
    _refuser(device(), site)

    page.goto("/three-sixty/")
    page.get_by_role("link", name="See where it stands").click()
    expect(page.locator("main")).to_contain_text("enough to show something")
    for rater in ANSWERING:
        expect(page.locator("main")).not_to_contain_text(rater.name)
    page.get_by_role("link", name="Close it and see the report").click()
    expect(page.locator("main")).to_contain_text("Enough have answered to show something.")
    _press(page, "Close it and make the report")
    _report(page)
    assert newest_mail(site.outbox, "linh.tran@example.org")[0] == "Your report is ready"
    _nothing_leads_back(site)

    late = device()
    late.expected.append(GONE)
    expect(late.go(_link(site, LATE)).get_by_role("heading", level=1)).to_have_text("This has closed")
    _press(page, "Let Miriam Castellan read it")
    desk.goto("/three-sixty/coach/")
    desk.locator("#shared + ul").get_by_role("link", name="Linh Tran").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("How others see Linh Tran")
    _press(page, "Stop sharing with my coach")
    coach.expected.append("the server responded with a status of 404")
    desk.reload()
    expect(desk.locator("main")).not_to_contain_text("Linh Tran")


def _first_rater_in_spanish(phone: Device, site: Site, rater: Rater) -> None:
    """Asked in Spanish; looks at it in English, goes back to Spanish, and answers."""
    subject, text = newest_mail(site.outbox, rater.email)
    assert "Linh Tran" in subject
    assert "asks how" not in subject
    page = phone.go(links_in(text)[0])
    expect(page.locator("html")).to_have_attribute("lang", "es")
    follow(page.get_by_role("link", name="English"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Linh Tran asks how you see them")
    follow(page.get_by_role("link", name="Español"))
    follow(page.locator("form button").first)
    expect(page.locator("main")).to_contain_text("¿Cuál es el")
    _answer(page, rater.step)
    page.locator("textarea").first.fill(rater.words)
    follow(page.locator(".dock-in button").first)
    assert "sessionid" not in {cookie["name"] for cookie in phone.context.cookies()}


def _second_rater_changes_their_mind(phone: Device, site: Site, rater: Rater) -> None:
    """Sends, comes back by the used link, and changes every answer; another browser finds the link used."""
    page = phone.go(_link(site, rater))
    follow(page.get_by_role("button", name="Begin"))
    _answer(page, 3)
    follow(page.get_by_role("button", name="Back"))
    expect(page.locator("fieldset.block").first.locator("input:checked")).to_have_value("3")
    _answer(page, 3)
    follow(page.get_by_role("button", name="Send"))
    phone.go(_link(site, rater))
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    follow(page.get_by_role("link", name="Change my answers"))
    _answer(page, rater.step)
    page.locator("textarea").first.fill(rater.words)
    follow(page.get_by_role("button", name="Save the changes"))
    phone.context.clear_cookies()
    phone.expected.append(GONE)
    phone.go(_link(site, rater))
    expect(page.get_by_role("heading", level=1)).to_have_text("This link has been used")


def _refuser(phone: Device, site: Site) -> None:
    page = phone.go(links_in(newest_mail(site.outbox, REFUSER.email)[1])[1])
    page.get_by_role("button", name="I would rather not").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("That is fine")


def _report(page: Page) -> None:
    """Five answered 1, 1, 2, 2 and 3: the middle is 2; every comment is there, without names."""
    expect(page.get_by_role("heading", level=1)).to_have_text("How others see you")
    expect(page.locator(".columns li")).to_have_count(1)
    expect(page.locator(".columns li")).to_contain_text("5 answered")
    for cell in page.locator("td[data-of='People beside you']").all():
        expect(cell.locator("b")).to_have_text("2")
        expect(cell.locator("small")).to_have_text("5")
    said = page.locator("section.words li")
    expect(said).to_have_count(5)
    assert {text.strip() for text in said.all_inner_texts()} == {rater.words for rater in ANSWERING}
    for rater in (*ANSWERING, REFUSER, LATE):
        expect(page.locator("main")).not_to_contain_text(rater.name)


def _nothing_leads_back(site: Site) -> None:
    """No name, link or envelope is left of who answered."""
    names = [rater.name for rater in (*ANSWERING, REFUSER, LATE)]
    marks = ", ".join("?" * len(names))
    [(left,)] = site.rows(
        "SELECT count(*) FROM assessment_rater rater JOIN assessment_threesixty held ON held.id = rater.three_sixty_id"
        f" WHERE held.state = 'closed' OR (rater.email <> '' AND rater.name IN ({marks}))",
        *names,
    )
    [(envelopes,)] = site.rows(
        "SELECT count(*) FROM assessment_envelope envelope JOIN assessment_threesixty held"
        " ON held.id = envelope.three_sixty_id WHERE held.state = 'closed'"
    )
    assert (left, envelopes) == (0, 0)
