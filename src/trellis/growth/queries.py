"""Reads of growth: a person's standing, focus and targets; a team's coverage."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from trellis.assessment.queries import Answer, editions_of, self_answers
from trellis.core import clock
from trellis.framework.queries import edition_tree
from trellis.framework.tree import EditionTree
from trellis.growth.models import Focus, RoleProfile
from trellis.growth.standing import Standing, level_codes, newest_levels, standing_of
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


def standings(tree: EditionTree, people: Iterable[Person]) -> dict[int, Standing]:
    """Return the standing of each of these persons by key.

    Two queries for all of them, one more when answers were given on other editions (whose trees are read once each).
    """
    keys = [person.pk for person in people]
    answers = self_answers(keys)
    trees = _trees(tree, chain.from_iterable(answers.values()))
    return {key: standing_of(tree, answers.get(key, []), trees) for key in keys}


def levels(tree: EditionTree, people: Iterable[Person]) -> dict[int, dict[str, int]]:
    """Return the known levels of each of these persons, by key and theme code; as many queries as `standings`."""
    answers = self_answers([person.pk for person in people])
    codes = level_codes(tree, _trees(tree, chain.from_iterable(answers.values())))
    return {key: newest_levels(codes, given) for key, given in answers.items()}


def standing_for(tree: EditionTree, person: Person) -> Standing:
    """Return one person's standing; two queries, one more when an answer was given on another edition."""
    return standings(tree, [person])[person.pk]


def _trees(tree: EditionTree, answers: Iterable[Answer]) -> dict[int, EditionTree]:
    foreign = [answer for answer in answers if answer.edition_id != tree.id]
    others = editions_of(foreign) if foreign else {}
    return {tree.id: tree} | {key: edition_tree(edition) for key, edition in others.items()}


def profiles(tree: EditionTree) -> list[RoleProfile]:
    """Return the role profiles for this framework, in the roles' order, with their roles and targets; two queries."""
    found = RoleProfile.objects.filter(edition__framework__code=tree.framework_code).select_related("role")
    return list(found.prefetch_related("targets").order_by("role__order", "-edition__published_at"))


def aim_of(person: Person, tree: EditionTree) -> Aim:
    """Return what the person has chosen to grow towards, else what their role of today asks for, else nothing."""
    focus = Focus.objects.filter(person=person).select_related("profile__role").first()
    if focus is not None and focus.domain_code:
        return Aim(None, {}, focus.domain_code if focus.domain_code in tree.domain_by_code else "", chosen=True)
    profile = focus.profile if focus is not None else None
    if profile is None:
        profile = (
            RoleProfile.objects.filter(
                edition__framework__code=tree.framework_code,
                role__in=person.terms.active(clock.today()).values("role"),
            )
            .select_related("role")
            .order_by("role__order")
            .first()
        )
    if profile is None:
        return Aim(None, {}, "", chosen=False)
    targets = dict(profile.targets.values_list("theme_code", "level"))
    return Aim(profile, targets, "", chosen=focus is not None and focus.profile is not None)
