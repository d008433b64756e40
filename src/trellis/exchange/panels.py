"""What exchange registers elsewhere: the files of a published edition."""

import uuid
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from trellis.core.registry import Panel, edition_panels
from trellis.exchange.case.shelf import shelf
from trellis.framework.access import published_editions


def _files(request: HttpRequest, edition_uid: uuid.UUID) -> dict[str, Any] | None:
    """Every form that an edition can be had in; nothing for a draft."""
    edition = published_editions().filter(uid=edition_uid).first()
    volume = shelf().volume(str(edition_uid)) if edition else None
    if edition is None or volume is None:
        return None
    labels = (
        ("pdf", _("Booklet (PDF)")),
        ("docx", _("Booklet to write into (Word)")),
        ("case", _("For other competency systems (CASE)")),
        ("ctdl", _("For credential registries (CTDL-ASN)")),
        ("moodle", _("For Moodle (CSV)")),
    )
    return {
        "framework": edition.framework.code,
        "edition": edition.code,
        "files": labels,
        "case": volume.document.CFPackageURI.uri,
    }


edition_panels.register(Panel(key="exchange", template="exchange/edition_panel.html", context=_files, order=10))
