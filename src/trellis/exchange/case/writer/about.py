"""What a package says of its edition as a whole: whose words they are, and on which terms."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from trellis.framework.models import Edition, EditionStatus

# The extension's name: everything that CASE has no place for, so that another Trellis gets it back.
EXTENSION = "trellis"
_ADOPTION = {EditionStatus.PUBLISHED: "Implemented", EditionStatus.RETIRED: "Retired"}


@dataclass(frozen=True, slots=True)
class About:
    """An edition as a whole; `licence` is a title and a text, `at` an ISO moment in UTC."""

    uid: uuid.UUID
    title: str
    version: str
    creator: str
    purpose: str
    adoption: str
    page: str
    at: str
    licence: tuple[str, str]
    extensions: dict[str, Any]


def about(edition: Edition, *, site: str) -> About:
    """Describe a published edition, read with its framework; `site` is the site's address."""
    framework = edition.framework
    if edition.published_at is None:
        raise ValueError(f"{edition}: a draft is not for others to read")
    owner = framework.owner or framework.name
    return About(
        uid=edition.uid,
        title=framework.name,
        version=edition.name,
        creator=owner,
        purpose=framework.purpose,
        adoption=_ADOPTION[EditionStatus(edition.status)],
        page=f"{site.rstrip('/')}/framework/{framework.code}/{edition.code}/",
        at=edition.published_at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        licence=_licence(owner, official=edition.has_official_texts),
        extensions={
            EXTENSION: {
                "framework": {"code": framework.code, "uid": str(framework.uid), "kind": framework.kind},
                "edition": {"code": edition.code, "has_official_texts": edition.has_official_texts},
            }
        },
    )


def _licence(owner: str, *, official: bool) -> tuple[str, str]:
    if official:
        return (
            f"All rights reserved by {owner}",
            f"The statements are the official wording of {owner}, shared with its permission. The plain-language words "
            f"beside them are those of the Trellis project, under AGPL-3.0-or-later.",
        )
    return (
        "Plain-language words of the Trellis project",
        f"The statements are plain-language words of the Trellis project, under AGPL-3.0-or-later. They are not the "
        f"official wording of {owner}, whose names of domains, themes and levels they stand under.",
    )
