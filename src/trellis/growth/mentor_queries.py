"""Reads for the pages of mentoring: mentors that fit one member, best first, and what two people wrote down."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from trellis.core import clock
from trellis.core.sealing import SealBrokenError
from trellis.framework.tree import EditionTree
from trellis.growth.matching import Facts, facts_of, fit
from trellis.growth.matching_queries import led_by, sides
from trellis.growth.matching_weights import weights
from trellis.growth.matching_words import language_names, reasons, theme_names, time_names
from trellis.growth.mentor_access import visible_offers
from trellis.growth.mentor_notes import read_words
from trellis.growth.models import MentorMeeting, MentorOffer, MentorSearch, Mentorship
from trellis.growth.models.codes import holding
from trellis.growth.models.mentor import MentorOfferQuerySet
from trellis.people.models import Membership, Person, Unit, UnitKind, around, within
from trellis.people.nearness import home_units

# Nobody reads further than this, and so many standings are read at once for one page.
_MOST = 200


@dataclass(frozen=True, slots=True)
class Card:
    """An offer in words, as a member sees it: never a level."""

    offer: MentorOffer
    unit: Unit | None
    themes: list[str]
    times: list[Any]
    languages: list[str]
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class Note:
    """A meeting with its words opened."""

    meeting: MentorMeeting
    words: str


def find_mentors(
    tree: EditionTree, viewer: Person, search: MentorSearch, wanted: Mapping[str, str]
) -> list[tuple[MentorOffer, Facts]]:
    """Return the offers that the viewer may take up, with a free place, best fit first, and why each fits.

    `wanted` narrows them (`theme`, `time`, `language`, `way`; empty for any). About twelve queries.
    """
    found = list(_narrowed(visible_offers(viewer).with_room(), viewer, search, wanted)[:_MOST])
    if search.without_leaders:
        led = {mentor for _mentee, mentor in led_by([viewer.pk], [offer.person_id for offer in found])}
        found = [offer for offer in found if offer.person_id not in led]
    people = [viewer, *(offer.person for offer in found)]
    [seeker], helpers = sides(tree, [search], found, people)
    score = fit([seeker], helpers, weights())[0]
    rows = sorted(
        zip(found, helpers, score.tolist(), strict=True),
        key=lambda row: (-row[2], row[0].person.family_name, row[0].person.given_name, row[0].pk),
    )
    return [(offer, facts_of(seeker, helper)) for offer, helper, _score in rows]


def why_fit(tree: EditionTree, viewer: Person, search: MentorSearch, offer: MentorOffer) -> Facts:
    """Return why one offer fits what somebody looks for."""
    [seeker], [helper] = sides(tree, [search], [offer], [viewer, offer.person])
    return facts_of(seeker, helper)


def cards(tree: EditionTree, rows: list[tuple[MentorOffer, Facts]]) -> list[Card]:
    """Return offers in words; one query for their homes."""
    homes = home_units([offer.person_id for offer, _facts in rows])
    return [
        Card(
            offer,
            homes.get(offer.person_id),
            theme_names(tree, offer.themes),
            time_names(offer.times),
            language_names(offer.languages),
            reasons(facts, tree, mentor=offer.person.given_name or offer.person.name),
        )
        for offer, facts in rows
    ]


def notes_of(mentorship: Mentorship) -> list[Note]:
    """Return what was written down, newest first; nothing once it is forgotten. One query."""
    try:
        return [Note(meeting, read_words(mentorship, meeting.notes)) for meeting in mentorship.meetings.all()]
    except SealBrokenError:
        return []


def thanks_of(mentorship: Mentorship) -> tuple[str, str]:
    """Return the mentor's and the mentee's thank-you; empty where none was written, or once it is forgotten."""
    try:
        return read_words(mentorship, mentorship.mentor_thanks), read_words(mentorship, mentorship.mentee_thanks)
    except SealBrokenError:
        return "", ""


def _narrowed(
    offers: MentorOfferQuerySet, viewer: Person, search: MentorSearch, wanted: Mapping[str, str]
) -> MentorOfferQuerySet:
    """Narrow in the database, where there may be many; those of the viewer's own state come first."""
    if themes := [wanted["theme"]] if wanted["theme"] else list(search.themes):
        offers = offers.filter(holding("themes", themes))
    if languages := [wanted["language"]] if wanted["language"] else list(search.languages):
        offers = offers.filter(holding("languages", languages))
    if wanted["time"]:
        offers = offers.filter(holding("times", [wanted["time"]]))
    if wanted["way"]:
        offers = offers.filter(**{"in_person" if wanted["way"] == "in person" else "online": True})
    home = home_units([viewer.pk]).get(viewer.pk)
    states = list(Unit.objects.filter(around([home]), kind=UnitKind.STATE)) if home else []
    near = Membership.objects.active(clock.today()).filter(within(states, "unit__"), person=OuterRef("person_id"))
    return offers.annotate(is_near=Exists(near)).order_by("-is_near", "pk")
