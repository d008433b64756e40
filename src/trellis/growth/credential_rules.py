"""When evidence supports a credential: it counts today, and no two coaches differ about it. Never a rating."""

from trellis.growth.models import Evidence


def supports_a_credential(evidence: Evidence) -> bool:
    """Say whether a credential may stand on this evidence today."""
    return evidence.counts and not evidence.readers_differ
