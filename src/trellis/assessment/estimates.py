"""The association's own estimates: how its ratings come about, for bars and joined standings, and the trial's figures.

Each run is stored. Below `LEAST_PEOPLE` a part is not computed at all and stays provisional: a variance of few people
would be both wrong and about them.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone

from trellis.assessment.answer_tables import About, SelfAnswers, answers_of_others, self_answers
from trellis.assessment.models import Estimate, Relation
from trellis.assessment.trial_run import trial_of
from trellis.core import audit, clock
from trellis.framework.models import Edition, FrameworkKind
from trellis.framework.queries import edition_tree
from trellis.framework.tree import EditionTree
from trellis.measure.blup import RatingModel
from trellis.measure.precision import PROVISIONAL
from trellis.measure.provisional import SHARED, provisional_model
from trellis.measure.sources import noise_within, true_covariance
from trellis.measure.tables import Floats

COMPONENTS, TRIAL = "components", "trial"
# Fewest people (measurement.md: no variance below), and fewest 360s for the bias of one kind of rater.
LEAST_PEOPLE = 30
LEAST_OF_KIND = 10
# Answers in half-steps cannot be surer than their rounding: a step's square over 12, in squared levels.
LEAST_ERROR = 0.5**2 / 12
# How long a run is good for.
FRESH = dt.timedelta(days=7)
# Two waves this near to each other say how sure an answer is; further apart people have grown.
RETEST = dt.timedelta(days=60)
# What may still be provisional.
LEVELS, ERROR, RATERS = "levels", "error", "raters"
EVERY_PART = frozenset({LEVELS, ERROR, RATERS})


@dataclass(frozen=True, slots=True)
class AssociationModel:
    """The model to predict with, its themes in order by key, and what it stands on.

    `people` answered about themselves, `made_on` is the day of the run (None before the first), `provisional` names the
    parts that simulation or literature still stand in for: levels, error, raters.
    """

    model: RatingModel
    theme_ids: tuple[int, ...]
    people: int = 0
    made_on: dt.date | None = None
    provisional: frozenset[str] = field(default=EVERY_PART)

    @property
    def is_provisional(self) -> bool:
        """Whether any part is."""
        return bool(self.provisional)


_known: dict[int, tuple[tuple[int, dt.datetime], AssociationModel]] = {}


def rating_model(tree: EditionTree) -> AssociationModel:
    """Return how ratings on an edition come about: by the newest run, or provisional before one. One query.

    The model's relations are all of `Relation`; levels are 0 to the tree's top.
    """
    newest = Estimate.objects.filter(edition_id=tree.id, kind=COMPONENTS).values_list("pk", "made_at").first()
    if newest is None:
        return provisional(tree)
    cached = _known.get(tree.id)
    if cached is None or cached[0] != newest:
        cached = _known[tree.id] = newest, _stored(Estimate.objects.get(pk=newest[0]), tree)
    return cached[1]


def provisional(tree: EditionTree) -> AssociationModel:
    """Return the model before there are answers; made once for each shape of an edition."""
    return _provisional(_theme_ids(tree), tuple(domains_of(tree)))


@lru_cache(maxsize=32)
def _provisional(theme_ids: tuple[int, ...], domains: tuple[int, ...]) -> AssociationModel:
    return AssociationModel(provisional_model(domains, list(Relation)), theme_ids)


def _stored(estimate: Estimate, tree: EditionTree) -> AssociationModel:
    content = estimate.content
    whole, made_on = provisional(tree), timezone.localdate(estimate.made_at)
    if LEVELS in content["provisional"] or content["themes"] != [theme.code for theme in tree.themes]:
        return replace(whole, people=estimate.people, made_on=made_on)
    model = RatingModel(
        np.array(content["mean"]),
        np.array(content["person"]),
        content["severity"],
        content["halo"],
        content["error"],
        {Relation(relation): bias for relation, bias in content["bias"].items()},
    )
    return AssociationModel(model, whole.theme_ids, estimate.people, made_on, frozenset(content["provisional"]))


def _theme_ids(tree: EditionTree) -> tuple[int, ...]:
    return tuple(theme.id for theme in tree.themes)


def domains_of(tree: EditionTree) -> list[int]:
    """Return for each theme the place of its domain."""
    return [place for place, domain in enumerate(tree.domains) for _ in domain.themes]


def components_of(tree: EditionTree, selves: SelfAnswers, others: Sequence[About]) -> dict[str, Any]:
    """Return the content of a run: the parts of a model in levels, and which of them are still provisional.

    Mean and covariance of the themes come from everybody's newest self-assessment. Error, and what a rater adds to all
    themes, come from closed 360s of at least 30 people; before that the error comes from two waves within 60 days.
    Answers of a closed 360 do not say who rated, so that severity cannot be told from halo: `halo` holds both, which
    predicts the same, because only their sum enters. A relation's bias is how much it rates above the rated person.
    """
    levels = selves.levels[selves.latest]
    content: dict[str, Any] = {"themes": [theme.code for theme in tree.themes], "provisional": sorted(EVERY_PART)}
    if selves.people < LEAST_PEOPLE or (~np.isnan(levels)).sum(axis=0).min() < LEAST_PEOPLE:
        return content
    bias = _biases(selves, others)
    missing = {LEVELS: False, ERROR: True, RATERS: True}
    # Where answers vary less than in the simulation, its error would leave a theme nothing of its own.
    error = min(PROVISIONAL.error, (1 - PROVISIONAL.reliability) * float(np.nanvar(levels, axis=0, ddof=1).mean()))
    shared, known = SHARED, 0.0
    if len({one.person for one in others}) >= LEAST_PEOPLE:
        heard = noise_within(_without_bias(one, bias) for one in others)
        if heard is not None and heard.tables >= LEAST_PEOPLE:
            shared = known = heard.shared
            error, missing = heard.error, missing | {ERROR: False, RATERS: False}
    if missing[ERROR]:
        pairs = selves.repeated(RETEST)
        again = noise_within(_since_the_first(selves, pairs)) if len(pairs) >= LEAST_PEOPLE else None
        if again is not None:
            error, missing[ERROR] = again.shared + again.error, False
    error = max(error, LEAST_ERROR)
    return content | {
        "provisional": sorted(part for part, is_missing in missing.items() if is_missing),
        "mean": np.nanmean(levels, axis=0).tolist(),
        "person": true_covariance(levels, domains_of(tree), error=error, shared=known).tolist(),
        "severity": 0.0,
        "halo": shared,
        "error": error,
        "bias": bias,
    }


def _since_the_first(selves: SelfAnswers, pairs: Sequence[tuple[int, int]]) -> list[Floats]:
    """Two waves of each person, the second without what everybody has changed by."""
    first, second = (selves.levels[[pair[place] for pair in pairs]] for place in (0, 1))
    both = ~np.isnan(first) & ~np.isnan(second)
    moved = np.where(both, second - first, 0.0).sum(axis=0) / np.maximum(both.sum(axis=0), 1)
    return [np.vstack(waves) for waves in zip(first, second - moved, strict=True)]


def _without_bias(about: About, bias: dict[str, float]) -> Floats:
    levels: Floats = about.levels - np.array([bias[relation] for relation in about.relations])[:, None]
    return levels


def _biases(selves: SelfAnswers, others: Sequence[About]) -> dict[str, float]:
    """Return how much each relation rates above what people say of themselves; 0 where too few were compared."""
    own = dict(zip(selves.person[selves.latest].tolist(), selves.levels[selves.latest], strict=True))
    apart: dict[str, list[float]] = {}
    for one in others:
        if one.person in own:
            for relation in set(one.relations):
                theirs = one.levels[[kind == relation for kind in one.relations]]
                gap = theirs - own[one.person]
                if not np.isnan(gap).all():
                    apart.setdefault(relation, []).append(float(np.nanmean(gap)))
    everybody = [gap for gaps in apart.values() for gap in gaps]
    usual = _mean_of(everybody, 0.0)
    found = {relation.value: _mean_of(apart.get(relation.value, []), usual) for relation in Relation}
    return found | {Relation.SELF.value: 0.0}


def _mean_of(gaps: Collection[float], otherwise: float) -> float:
    return float(np.mean(list(gaps))) if len(gaps) >= LEAST_OF_KIND else otherwise


def refresh_estimates(edition: Edition, *, by: audit.Actor | None) -> list[Estimate]:
    """Work out an edition's components and the trial of its instruments anew and store them; earlier runs stay.

    A list of attributes has no levels, and so no components. The answers are read before the transaction, so that on
    SQLite nobody who saves an answer waits for the arithmetic.
    """
    contents, people, ratings = {}, 0, 0
    if edition.framework.kind == FrameworkKind.GRID:
        tree = edition_tree(edition)
        selves, others = self_answers(tree), answers_of_others(tree)
        people = selves.people
        ratings = int((~np.isnan(selves.levels)).sum()) + sum(int((~np.isnan(one.levels)).sum()) for one in others)
        contents[COMPONENTS] = components_of(tree, selves, others)
    before, made_at = Estimate.objects.filter(edition=edition, kind=TRIAL).first(), clock.now()
    contents[TRIAL] = trial_of(edition, before.content if before else None, made_at)
    with transaction.atomic():
        runs = [
            Estimate.objects.create(
                edition=edition, kind=kind, people=people, ratings=ratings, content=content, made_at=made_at
            )
            for kind, content in contents.items()
        ]
        detail = {"people": people, "ratings": ratings}
        audit.record(by=by, action="assessment.estimate", target=f"edition:{edition.uid}", detail=detail)
    return runs


def refresh_due(on: dt.date) -> str:
    """Work out anew what was last worked out a week before that day, or never; returns what was done, in one line."""
    newest = {run.edition_id: run.made_at for run in Estimate.objects.filter(kind=TRIAL).order_by("made_at")}
    in_use = Edition.objects.filter(instruments__isnull=False).select_related("framework").distinct()
    due = [
        one for one in in_use.order_by("pk") if one.pk not in newest or timezone.localdate(newest[one.pk]) <= on - FRESH
    ]
    for edition in due:
        refresh_estimates(edition, by=None)
    return f"{len(due)} editions worked out"
