"""How strong the word of a kind of rater is: more raters say it more surely, and kinds differ."""

from trellis.assessment.models import Relation
from trellis.measure.reliability import ONE_RATER, Strength, rater_strength

# Reliability of one rater by kind. Nobody has measured mentors; they stand as near as peers (provisional). Of a mixed
# group the weakest kind counts.
ONE_OF_KIND = {
    Relation.FOLLOWER: ONE_RATER["followers"],
    Relation.PEER: ONE_RATER["peers"],
    Relation.MENTOR: ONE_RATER["peers"],
    Relation.LEAD: ONE_RATER["supervisors"],
    Relation.COACH: ONE_RATER["supervisors"],
    Relation.OTHER: ONE_RATER["followers"],
}


def strength_of(kind: str, raters: int) -> Strength:
    """Return how sure so many raters of one kind are together (Spearman-Brown), with its word."""
    return rater_strength(raters, ONE_OF_KIND[Relation(kind)])
