"""Reads the words of a cell: costs, lengths, languages, formats, codes; each says in plain words what it cannot read.

Every function takes the text of a cell, clean and not empty, and raises ValueError with the reason.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from trellis.exchange.tables.mapping import in_every_language, plain
from trellis.framework.tree import EditionTree
from trellis.learning.languages import language_choices
from trellis.learning.models import Format, OfferingStatus, SessionStatus

_FREE = frozenset(("free", "no cost", "none", "gratis", "gratuito", "sin costo", "sin coste"))
_MONEY = re.compile(r"(?:USD|US\$|\$|€|EUR)?\s*(\d[\d., ]*)\s*(?:USD|\$|€|EUR|dollars?|d[oó]lares)?", re.IGNORECASE)
_LENGTH = re.compile(
    r"(?:(?P<hours>\d+(?:[.,]\d+)?)\s*(?:h|hrs?|hours?|horas?)\.?)?[\s,]*(?:and|y)?\s*"
    r"(?:(?P<minutes>\d+)\s*(?:m|mins?|minutes?|minutos?)?\.?)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
_HOURS = re.compile(r"\b(h|hrs?|hours?|horas?)\b", re.IGNORECASE)
_MOST_MINUTES = 60 * 24 * 60
_CODE = re.compile(r"([A-Z][A-Z0-9]*)\s*\.?\s*(\d+)(?:\s*[. -]\s*(?:L|LEVEL|NIVEL|N)?\s*(\d))?", re.IGNORECASE)
_OTHER_LANGUAGES = {
    "chinese": "zh-hans", "mandarin": "zh-hans", "chino": "zh-hans", "castellano": "es", "creole": "ht", "asl": "ase",
}  # fmt: skip
_FORMATS = {
    Format.IN_PERSON: ("in person", "face to face", "classroom", "on site", "onsite", "presencial", "en persona"),
    Format.ONLINE: ("online", "virtual", "webinar", "zoom", "remote", "en linea", "a distancia", "remoto"),
    Format.HYBRID: ("hybrid", "blended", "both", "in person and online", "hibrido", "mixto", "semipresencial"),
    Format.SELF_PACED: ("self paced", "self study", "on demand", "own pace", "asynchronous", "a su ritmo", "a tu ritmo",
                        "autodidacta", "asincronico"),
}  # fmt: skip
_STATUSES = {
    OfferingStatus.DRAFT: ("draft", "no", "hidden", "borrador", "oculto"),
    OfferingStatus.LISTED: ("listed", "yes", "published", "active", "open", "x", "si", "publicado", "activo"),
    OfferingStatus.RETIRED: ("retired", "archived", "inactive", "closed", "retirado", "archivado", "inactivo"),
}
_SESSION_STATUSES = {
    SessionStatus.PLANNED: (
        "planned",
        "confirmed",
        "scheduled",
        "no",
        "active",
        "planeada",
        "programada",
        "confirmada",
    ),
    SessionStatus.CANCELLED: ("cancelled", "canceled", "yes", "x", "si", "cancelada", "cancelado"),
}


def money(text: str) -> Decimal:
    """Return an amount with two places: a point or a comma may part the cents, or the thousands."""
    if plain(text) in _FREE:
        return Decimal("0.00")
    found = _MONEY.fullmatch(text.strip())
    if found is None:
        raise ValueError(_("“%(text)s” is not an amount, such as 25.00.") % {"text": text})
    digits = found[1].replace(" ", "")
    last = max(digits.rfind("."), digits.rfind(","))
    cents = digits[last + 1 :] if last >= 0 and len(digits) - last - 1 in (1, 2) else ""
    whole = re.sub(r"[.,]", "", digits[:last] if cents else digits)
    amount = Decimal(f"{whole}.{cents or 0}").quantize(Decimal("0.01"))
    if amount >= Decimal("1000000"):
        raise ValueError(_("%(text)s is more than this can cost.") % {"text": text})
    return amount


def length(text: str, heading: str) -> int:
    """Return minutes; a number alone is minutes, unless its column is headed by hours."""
    clock, found = _CLOCK.fullmatch(text), _LENGTH.fullmatch(text)
    if clock is not None:
        minutes = int(clock[1]) * 60 + int(clock[2])
    elif re.fullmatch(r"\d+(?:[.,]\d+)?", text) and _HOURS.search(heading):
        minutes = round(float(text.replace(",", ".")) * 60)
    elif found is not None and (found["hours"] or found["minutes"]):
        minutes = round(float((found["hours"] or "0").replace(",", ".")) * 60) + int(found["minutes"] or 0)
    else:
        raise ValueError(_("“%(text)s” is not a length, such as 90 min or 1.5 h.") % {"text": text})
    if not 1 <= minutes <= _MOST_MINUTES:
        raise ValueError(_("“%(text)s” is no length for an offering.") % {"text": text})
    return minutes


def seats(text: str) -> int | None:
    """Return a number of seats, None for as many as come."""
    if plain(text) in ("unlimited", "no limit", "open", "any", "ilimitado", "sin limite"):
        return None
    if not text.isdecimal() or not 1 <= int(text) <= 100_000:
        raise ValueError(_("“%(text)s” is not a number of seats.") % {"text": text})
    return int(text)


def language(text: str) -> str:
    """Return the code of a language that is written as a code, or by name in English, Spanish or itself."""
    wanted, known = plain(text), _languages()
    code = known.get(wanted) or known.get(wanted.partition(" ")[0])
    if code is None:
        raise ValueError(
            _("“%(text)s” is not a language that we know; write a code such as en or es.") % {"text": text}
        )
    return code


@cache
def _languages() -> Mapping[str, str]:
    named = {plain(name): code for code, info in LANG_INFO.items() for name in (code, info.get("name_local", code))}
    for reader, _name in settings.LANGUAGES:
        with override(reader):
            named |= {plain(name): code for code, name in language_choices(())}
    return named | _OTHER_LANGUAGES


def format_of(text: str) -> str:
    """Return a value of Format."""
    return _choice(text, Format, _FORMATS)


def status_of(text: str) -> str:
    """Return a value of OfferingStatus."""
    return _choice(text, OfferingStatus, _STATUSES)


def session_status_of(text: str) -> str:
    """Return a value of SessionStatus."""
    return _choice(text, SessionStatus, _SESSION_STATUSES)


def _choice(text: str, choices: type[models.TextChoices], words: Mapping[Any, tuple[str, ...]]) -> str:
    wanted = plain(text)
    for choice in choices:
        if wanted in words[choice] or wanted in _labels(choice):
            return str(choice.value)
    known = "; ".join(str(choice.label) for choice in choices)
    raise ValueError(_("“%(text)s” is not one of these: %(known)s.") % {"text": text, "known": known})


@cache
def _labels(choice: models.TextChoices) -> frozenset[str]:
    return frozenset(map(plain, (*in_every_language(choice.label), choice.value)))


def cell_codes(text: str, tree: EditionTree) -> tuple[str, ...]:
    """Return the codes of steps in the order of the grid, each once; `ADV.1.L2`, `adv 1 l2` and `ADV.1.2` are one."""
    found = set()
    for part in re.split(r"[;,\n/|]+", text):
        if part.strip():
            found.add(_cell_code(part.strip(), tree))
    return tuple(code for code in tree.cell_by_code if code in found)


def _cell_code(text: str, tree: EditionTree) -> str:
    match = _CODE.fullmatch(text)
    theme = f"{match[1].upper()}.{int(match[2])}" if match else ""
    if match is None or theme not in tree.theme_by_code:
        raise ValueError(_("“%(text)s” is not a step of the framework; write codes such as ADV.1.L2.") % {"text": text})
    if match[3] is None:
        raise ValueError(_("“%(text)s” is a whole theme; say which level, such as %(theme)s.L1.") % {
            "text": text, "theme": theme,
        })  # fmt: skip
    code = f"{theme}.L{match[3]}"
    if code not in tree.cell_by_code:
        raise ValueError(_("“%(text)s” has a level that the framework does not have.") % {"text": text})
    return code
