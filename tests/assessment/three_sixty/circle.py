"""A 360 driven through the real actions: raters who answer in a known order, and what each of them gave."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from trellis.assessment.actions import instrument_for
from trellis.assessment.answering import save_letter
from trellis.assessment.closing import close
from trellis.assessment.form import Point
from trellis.assessment.instruments import THREE_SIXTY
from trellis.assessment.models import (
    Invitation,
    Rater,
    RaterState,
    Round,
    ThreeSixty,
    ThreeSixtyState,
)
from trellis.assessment.releasing import Report, report_of
from trellis.assessment.sealed import new_secret, new_wrapped_key
from trellis.core import clock, sealing
from trellis.framework.queries import edition_tree, main_edition
from trellis.framework.tree import EditionTree
from trellis.people.models import Person, Unit

_NAMES = (
    "Odalys Quintero", "Bjorn Haldane", "Priya Venkat", "Tomasz Wrobel", "Ngozi Adeyemi", "Celine Dubois",
    "Hiroko Tanabe", "Lamar Whitlock", "Svetlana Orlova", "Kwame Boateng", "Marisol Ibarra", "Desmond Achebe",
)  # fmt: skip


@dataclass
class Given:
    """One rater with everything that is theirs: row, secret, link's token, answers by theme key, and a comment."""

    rater: Rater
    secret: str
    token: str
    answers: dict[int, int | None]
    comment: str


@dataclass
class Circle:
    """A 360 and its raters, in the order in which they answer."""

    three_sixty: ThreeSixty
    tree: EditionTree
    given: list[Given] = field(default_factory=list)

    @property
    def themes(self) -> list[int]:
        """Keys of the themes asked about."""
        return [theme.id for theme in self.tree.themes]

    def ask(self, relation: str, name: str | None = None) -> Given:
        """Add a rater with a link, as opening does."""
        place = len(self.given)
        name = name or _NAMES[place % len(_NAMES)]
        rater = Rater.objects.create(
            three_sixty=self.three_sixty,
            relation=relation,
            name=name,
            email=f"{name.split()[0].lower()}.{place}@example.net",
            state=RaterState.INVITED,
        )
        token = new_secret()
        Invitation.objects.create(rater=rater, digest=sealing.digest(token), sent_on=clock.today())
        given = Given(rater, new_secret(), token, {}, "")
        self.given.append(given)
        return given

    def answer(self, given: Given, answers: Mapping[int, int | None], comment: str = "") -> None:
        """Send a rater's answers off, by theme key; None for "not seen"."""
        given.answers, given.comment = dict(answers), comment
        save_letter(
            given.rater,
            given.secret,
            answers={Point("theme", theme): value for theme, value in answers.items()},
            remarks={"well": comment} if comment else {},
            final=True,
        )

    def close(self) -> Report:
        """Close, and read what is released."""
        self.three_sixty = close(self.three_sixty, by=None)
        return report_of(self.three_sixty.release)


def circle_about(person: Person) -> Circle:
    """Open a 360 about a person in the whole framework."""
    edition = main_edition()
    assert edition is not None
    held = Round.objects.create(
        instrument=instrument_for(edition, THREE_SIXTY, by=None),
        unit=Unit.objects.filter(memberships__person=person).first(),
        subject=person,
        name="360",
        opens_on=clock.today(),
        closes_on=clock.today() + dt.timedelta(days=21),
    )
    tree = edition_tree(edition)
    opened = ThreeSixty.objects.create(
        round=held,
        state=ThreeSixtyState.OPEN,
        key=new_wrapped_key(),
        domains=[domain.code for domain in tree.domains],
    )
    return Circle(opened, tree)


def answered_circle(person: Person, kinds: Sequence[tuple[str, int]], comments: bool = True) -> Circle:
    """A circle in which so many of each kind have answered, each differently: a rater's place is their signature.

    Kinds take turns, so that the order of answering is not the order of kinds.
    """
    circle = circle_about(person)
    left = dict(kinds)
    while any(left.values()):
        for kind, count in list(left.items()):
            if count:
                left[kind] -= 1
                circle.ask(kind)
    for place, given in enumerate(circle.given):
        answers: dict[int, int | None] = {theme: (place + number) % 7 for number, theme in enumerate(circle.themes)}
        answers[circle.themes[-1]] = place // 7
        circle.answer(given, answers, f"Comment number {place} by me." if comments else "")
    return circle
