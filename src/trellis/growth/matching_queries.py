"""Reads what matching needs, in bulk: who looks, who offers, where they stand and live, which pairs are ruled out."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from trellis.assessment.queries import apart_pairs
from trellis.core import clock
from trellis.framework.tree import EditionTree
from trellis.growth.evidence_queries import attested_levels_of
from trellis.growth.matching import Helper, Proposals, Seeker, need, propose
from trellis.growth.matching_weights import weights
from trellis.growth.mentor_access import own_search
from trellis.growth.mentor_rules import LEAST_LEVEL
from trellis.growth.models import OPEN_ASKS, MentorAsk, MentorOffer, MentorSearch, Mentorship
from trellis.growth.models.mentor import MentorOfferQuerySet
from trellis.growth.next_action import gaps
from trellis.growth.plan_queries import goals_of
from trellis.growth.queries import aim_of, levels, standing_for
from trellis.people.models import Membership, Person, Term
from trellis.people.nearness import homes_of

# Themes that somebody seems to want help with who has not said so: few enough to be read in one line.
_GUESSED = 3


@dataclass(frozen=True, slots=True)
class Group:
    """A whole group matched at once: what each looks for and each offers, by person's key, and the proposals."""

    searches: Mapping[int, MentorSearch]
    offers: Mapping[int, MentorOffer]
    seekers: Mapping[int, Seeker]
    helpers: Mapping[int, Helper]
    proposals: Proposals


def levels_with_evidence(tree: EditionTree, people: Collection[Person]) -> dict[int, dict[str, int]]:
    """Return the level of each person in each theme, by standing or by evidence that counts, whichever is higher.

    Three queries, two more when answers were given on other editions.
    """
    found = levels(tree, people)
    codes = {theme.uid: theme.code for theme in tree.themes}
    for person, by_theme in attested_levels_of([person.pk for person in people]).items():
        own = found.setdefault(person, {})
        for uid, proven in by_theme.items():
            if uid in codes:
                own[codes[uid]] = max(own.get(codes[uid], 0), *proven)
    return found


def strong_themes(tree: EditionTree, person: Person) -> tuple[str, ...]:
    """Return the codes of the themes in which somebody may offer to mentor, in the framework's order."""
    known = levels_with_evidence(tree, [person]).get(person.pk, {})
    return tuple(theme.code for theme in tree.themes if known.get(theme.code, 0) >= LEAST_LEVEL)


def wished_themes(tree: EditionTree, person: Person) -> tuple[str, ...]:
    """Return the themes that somebody seems to want help with: those of their plan, else where their next steps are."""
    planned = dict.fromkeys(goals_of([person]).values_list("theme_code", flat=True))
    if found := tuple(code for code in planned if code in tree.theme_by_code):
        return found
    aim = aim_of(person, tree)
    ways = gaps(standing_for(tree, person), targets=aim.targets, focus_domain=aim.domain_code, top=tree.top)
    return tuple(way.standing.theme.code for way in ways[:_GUESSED])


def search_of(tree: EditionTree, person: Person) -> MentorSearch:
    """Return what somebody looks for: what they have said, or an unsaved guess from their plan and standing."""
    kept = own_search(person).first()
    if kept is not None:
        return kept
    return MentorSearch(person=person, themes=wished_themes(tree, person), times=(), languages=(person.language,))


def group_of(tree: EditionTree, searches: QuerySet[MentorSearch], offers: MentorOfferQuerySet) -> Group:
    """Match all of a group with all who offer; about fifteen queries, however many they are."""
    wanted = {search.person_id: search for search in searches}
    offered = {offer.person_id: offer for offer in offers.with_places()}
    people = {each.person_id: each.person for each in (*wanted.values(), *offered.values())}
    seekers, helpers = sides(tree, wanted.values(), offered.values(), list(people.values()))
    forbidden = ruled_out(wanted.values(), offered)
    proposals = propose(seekers, helpers, weights(), forbidden)
    return Group(wanted, offered, _by_key(seekers), _by_key(helpers), proposals)


def offers_to(searches: QuerySet[MentorSearch]) -> MentorOfferQuerySet:
    """Return the open offers of active members of the associations that these people are members of."""
    today = clock.today()
    own = Membership.objects.active(today).filter(person__in=searches.values("person_id"))
    members = Membership.objects.active(today).filter(unit__tree_id__in=own.values("unit__tree_id"))
    return MentorOffer.objects.filter(is_paused=False, person__is_active=True, person__in=members.values("person_id"))


def sides(
    tree: EditionTree, searches: Iterable[MentorSearch], offers: Iterable[MentorOffer], people: list[Person]
) -> tuple[list[Seeker], list[Helper]]:
    """Return both sides as matching takes them, with needs and strengths from standings read in bulk. Seven queries."""
    known = levels_with_evidence(tree, people)
    homes = homes_of([person.pk for person in people])
    targets: dict[int, dict[str, int]] = defaultdict(dict)
    searches = list(searches)
    goals = goals_of(search.person for search in searches)
    for person, code, target in goals.values_list("plan__person_id", "theme_code", "target_level"):
        targets[person][code] = max(target, targets[person].get(code, 0))
    found = weights()

    def shared(each: MentorSearch | MentorOffer) -> dict[str, object]:
        return {
            "key": each.person_id,
            "times": frozenset(each.times),
            "languages": frozenset(each.languages),
            "in_person": each.in_person,
            "online": each.online,
        } | ({"home": homes[each.person_id]} if each.person_id in homes else {})

    seekers = [
        Seeker(
            themes={
                code: need(
                    known.get(search.person_id, {}).get(code),
                    targets[search.person_id].get(code, tree.top),
                    tree.top,
                    found,
                )
                for code in search.themes
                if code in tree.theme_by_code
            },
            **shared(search),  # type: ignore[arg-type]
        )
        for search in searches
    ]
    helpers = [
        Helper(
            themes={
                code: max(LEAST_LEVEL, known.get(offer.person_id, {}).get(code, 0)) / tree.top
                for code in offer.themes
                if code in tree.theme_by_code
            },
            room=offer.room,
            **shared(offer),  # type: ignore[arg-type]
        )
        for offer in offers
    ]
    return seekers, helpers


def ruled_out(searches: Iterable[MentorSearch], mentors: Collection[int]) -> set[tuple[int, int]]:
    """Return the pairs (mentee, mentor) that must not be proposed; six queries.

    Those who keep apart, who are in a mentorship already, where an ask is open or was declined lately, where a leader
    of the mentee's unit is not wanted.
    """
    searches = list(searches)
    mentees = [search.person_id for search in searches]
    pairs = apart_pairs(mentees, mentors)
    pairs |= set(
        Mentorship.objects.running()
        .filter(mentee__in=mentees, mentor__in=list(mentors))
        .values_list("mentee_id", "mentor_id")
    )
    asks = MentorAsk.objects.filter(mentee__in=mentees, mentor__in=list(mentors))
    pairs |= set(asks.filter(state__in=[*OPEN_ASKS, "declined"]).values_list("mentee_id", "mentor_id"))
    return pairs | led_by([search.person_id for search in searches if search.without_leaders], mentors)


def led_by(mentees: Sequence[int], mentors: Collection[int]) -> set[tuple[int, int]]:
    """Return the pairs (mentee, mentor) of whom the mentor leads a unit of the mentee's today; two queries."""
    if not mentees:
        return set()
    today = clock.today()
    terms = Term.objects.active(today).filter(person__in=list(mentors), role__leads=True).select_related("role", "unit")
    led = [(term.person_id, term.unit) for term in terms if "leads" in term.grants]
    places = Membership.objects.active(today).filter(person__in=mentees)
    return {
        (mentee, mentor)
        for mentee, tree, left in places.values_list("person_id", "unit__tree_id", "unit__lft")
        for mentor, unit in led
        if unit.tree_id == tree and unit.lft <= left <= unit.rgt
    }


def _by_key(sides_: Iterable[Seeker] | Iterable[Helper]) -> dict:  # type: ignore[type-arg]
    return {side.key: side for side in sides_}
