"""Sharing domains out over columns of about the same length, in order."""

from collections.abc import Sequence

from trellis.growth.standing import DomainStanding

_HEADING = 2  # a domain's heading takes about as much room as two themes


def in_columns(domains: Sequence[DomainStanding], count: int = 3) -> list[list[DomainStanding]]:
    """Return the domains in `count` columns (some may be empty), none of them broken."""
    weights = [len(domain.themes) + _HEADING for domain in domains]
    each = max(1.0, sum(weights) / count)
    columns: list[list[DomainStanding]] = [[] for _ in range(count)]
    so_far = 0.0
    for domain, weight in zip(domains, weights, strict=True):
        columns[min(count - 1, int((so_far + weight / 2) / each))].append(domain)
        so_far += weight
    return columns
