"""Reads of growth: a person's standing, focus and targets; a team's coverage."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from trellis.assessment.estimates import AssociationModel, rating_model
from trellis.assessment.queries import Answer, editions_of, newest_release, self_answers
from trellis.assessment.releasing import report_of
from trellis.core import clock
from trellis.framework.queries import crosswalk_of, edition_tree
from trellis.framework.tree import EditionTree
from trellis.growth.evidence_queries import attested_levels
from trellis.growth.joined import JoinedTheme, joined
from trellis.growth.models import Focus, ProfileTarget, RoleProfile
from trellis.growth.standing import Standing, Wording, level_codes, newest_levels, standing_of
from trellis.people.models import Person


@dataclass(frozen=True, slots=True)
class Aim:
    """What a person grows towards: a role's targets (level by theme code), or one domain, or neither.

    `chosen` says whether they chose it; without a choice it is what their role of today asks for.
    """

    profile: RoleProfile | None
    targets: dict[str, int]
    domain_code: str
    chosen: bool


def levels(tree: EditionTree, people: Iterable[Person]) -> dict[int, dict[str, int]]:
    """Return the known levels of each of these persons, by key and theme code.

    Two queries, two more when answers were given on other editions.
    """
    return levels_of(tree, [person.pk for person in people])


def levels_of(tree: EditionTree, person_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """Return the same from the persons' keys."""
    answers = self_answers(person_ids, enough=len(tree.themes))
    codes = level_codes(tree, *_trees(tree, chain.from_iterable(answers.values())))
    return {key: newest_levels(codes, given) for key, given in answers.items()}


def standing_for(tree: EditionTree, person: Person) -> Standing:
    """Return one person's standing by their own answers, with provisional bars: for who shows none.

    Two queries, two more when an answer was given on another edition.
    """
    return _standing(tree, person, None)


def standing_with_bars(tree: EditionTree, person: Person) -> Standing:
    """Return one person's standing with bars from the association's own answers; one query more."""
    return _standing(tree, person, rating_model(tree))


def joined_for(tree: EditionTree, person: Person) -> tuple[Standing, dict[UUID, JoinedTheme]]:
    """Return a person's standing, and beside it, by theme uid, what others see and what is proven.

    Five queries, two more when an answer was given on another edition, one when anything else was.
    """
    association = rating_model(tree)
    standing = _standing(tree, person, association)
    released = newest_release(person)
    report = report_of(released) if released else None
    attested = attested_levels(person)
    # What was said or attested on an edition in which the theme had another uid.
    if {*attested, *(map(UUID, report.themes) if report else ())} - {theme.uid for theme in tree.themes}:
        same = {other: uid for (other, _version), (uid, _) in crosswalk_of(tree.id).items()}
        attested = {same.get(uid, uid): levels for uid, levels in attested.items()}
        if report:
            report = replace(
                report, themes={str(same.get(UUID(uid), uid)): shown for uid, shown in report.themes.items()}
            )
    beside = joined(
        standing,
        association,
        report=report,
        closed_on=timezone.localdate(released.three_sixty.closed_at) if released else None,
        attested=attested,
        top=tree.top,
    )
    return standing, beside


def _standing(tree: EditionTree, person: Person, association: AssociationModel | None) -> Standing:
    answers = self_answers([person.pk]).get(person.pk, [])
    trees, same = _trees(tree, answers)
    return standing_of(tree, answers, trees, association, same)


def _trees(tree: EditionTree, answers: Iterable[Answer]) -> tuple[dict[int, EditionTree], dict[Wording, Wording]]:
    """The trees that answers were given on, and what in them is the same as in this one under another uid."""
    foreign = [answer for answer in answers if answer.edition_id != tree.id]
    if not foreign:
        return {tree.id: tree}, {}
    others = {key: edition_tree(edition) for key, edition in editions_of(foreign).items()}
    return {tree.id: tree} | others, crosswalk_of(tree.id)


def profiles(tree: EditionTree) -> list[RoleProfile]:
    """Return the role profiles for this framework, in the roles' order, with their roles and targets; two queries."""
    found = RoleProfile.objects.filter(edition__framework__code=tree.framework_code).select_related("role")
    return list(found.prefetch_related("targets").order_by("role__order", "-edition__published_at"))


def aim_of(person: Person, tree: EditionTree) -> Aim:
    """Return what the person has chosen to grow towards, else what their role of today asks for, else nothing."""
    focus = Focus.objects.filter(person=person).select_related("profile__role").first()
    if focus is not None and focus.domain_code:
        return Aim(None, {}, focus.domain_code if focus.domain_code in tree.domain_by_code else "", chosen=True)
    chosen = focus.profile if focus is not None else None
    asked = ProfileTarget.objects.filter(profile=chosen) if chosen is not None else _asked_today(person, tree)
    # One query for the profile and its targets; the first role's count, when somebody holds several.
    rows = list(asked.select_related("profile__role").order_by("profile__role__order", "profile", "pk"))
    profile = chosen or (rows[0].profile if rows else None)
    targets = {row.theme_code: row.level for row in rows if row.profile == profile}
    return Aim(profile, targets, "", chosen=chosen is not None)


def _asked_today(person: Person, tree: EditionTree) -> QuerySet[ProfileTarget]:
    return ProfileTarget.objects.filter(
        profile__edition__framework__code=tree.framework_code,
        profile__role__in=person.terms.active(clock.today()).values("role"),
    )
