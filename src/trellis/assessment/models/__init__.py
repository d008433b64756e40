"""Models of assessment: instruments, rounds, responses, ratings."""

from trellis.assessment.models.instrument import Instrument, Round
from trellis.assessment.models.response import Rating, Relation, Response

__all__ = ["Instrument", "Rating", "Relation", "Response", "Round"]
