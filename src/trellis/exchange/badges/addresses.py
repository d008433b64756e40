"""Addresses that stand in signed documents for ever, and the issuer's identifier; all begin with TRELLIS_URL."""

from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID

from django.conf import settings
from django.urls import reverse


def issuer_did() -> str:
    """Return the did:web of this site: its host, with the colon of a port encoded."""
    return f"did:web:{quote(urlsplit(settings.TRELLIS_URL).netloc, safe='')}"


def method_id(key_name: str) -> str:
    """Return the address of a key in the issuer's document."""
    return f"{issuer_did()}#{key_name}"


def absolute(page: str, **kwargs: Any) -> str:
    """Return the full address of a page by its name."""
    return f"{settings.TRELLIS_URL}{reverse(page, kwargs=kwargs)}"


def case_item(cell_uid: UUID) -> str:
    """Return the address of a cell as a CASE item."""
    return f"{settings.TRELLIS_URL}/ims/case/v1p1/CFItems/{cell_uid}"


def case_rubric_level(domain_uid: UUID, cell_uid: UUID) -> str:
    """Return the address of a cell as a level of a criterion, in the CASE rubric of its domain."""
    return f"{settings.TRELLIS_URL}/ims/case/v1p1/CFRubrics/{domain_uid}#{cell_uid}"
