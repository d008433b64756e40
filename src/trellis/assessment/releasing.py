"""What a closed 360 says, as its page reads it: the report's figures, and the comments behind a seal."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trellis.assessment.models import Release
from trellis.core import sealing
from trellis.people.models.person import NAMELESS

_PURPOSE = "three-sixty-comments"


@dataclass(frozen=True, slots=True)
class Named:
    """A rater who is shown by name and was told so; half-steps by theme uid, and what they wrote by question."""

    name: str
    relation: str
    themes: dict[str, int]
    remarks: dict[str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """A released 360: raters by group, (median in half-steps, raters) by theme uid and group, who is named, comments.

    A theme and group that is missing was seen by too few; nothing says by how few.
    """

    groups: dict[str, int]
    themes: dict[str, dict[str, tuple[int, int]]]
    named: tuple[Named, ...]
    comments: dict[str, list[str]]


def seal_comments(comments: Mapping[str, list[str]]) -> bytes:
    """Seal the comments with the site's own key, for the row of the release."""
    return sealing.seal(json.dumps(comments).encode(), sealing.site_key(_PURPOSE))


def report_of(release: Release) -> Report:
    """Read a release; raises SealBrokenError when the site's secret has been changed since."""
    content: dict[str, Any] = release.content
    sealed = bytes(release.comments) if release.comments is not None else None
    return Report(
        groups=content["groups"],
        themes={
            theme: {group: (median, raters) for group, (median, raters) in groups.items()}
            for theme, groups in content["themes"].items()
        },
        named=tuple(Named(**one | {"name": one["name"] or str(NAMELESS)}) for one in content["named"]),
        comments=json.loads(sealing.unseal(sealed, sealing.site_key(_PURPOSE))) if sealed else {},
    )
