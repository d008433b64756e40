"""What days, states of membership and languages of a list mean; each different text is read once, not each row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext_lazy

from trellis.core import clock
from trellis.exchange.catalogue.moments import DateOrder, is_ambiguous, order_of, read_day
from trellis.exchange.people.stage import Tables
from trellis.exchange.tables.mapping import in_every_language, plain

HERE, GONE = "here", "gone"
# As `plain` writes them.
_GONE_WORDS = """
inactive, left, former, resigned, deceased, terminated, withdrawn, dropped, cancelled, canceled, expelled, lapsed,
ended, no, n, false, 0, i, inactivo, inactiva, baja, ex, renuncio, fallecido, fallecida, cancelado, cancelada, terminado
"""
_HERE_WORDS = """
active, active member, member, full member, current, yes, y, true, 1, a, full, full time, part, part time, reserve,
retired, life, student, new, good standing, in good standing, activo, activa, vigente, si, alta, jubilado, jubilada
"""
_GONE = frozenset(word.strip() for word in _GONE_WORDS.split(","))
_HERE = frozenset(word.strip() for word in _HERE_WORDS.split(",")) | {""}
_OTHER_LANGUAGES = {"en": ("eng", "ingles", "inglés"), "es": ("spa", "espanol", "español", "castellano")}
STATES = {HERE: gettext_lazy("a member"), GONE: gettext_lazy("has left")}


@dataclass(frozen=True, slots=True)
class Meanings:
    """What a person has said of a list: the order in its dates, and which states of membership mean what."""

    order: DateOrder | None = None
    states: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Open:
    """What is still open: a date that can be two days (an example, or empty), and states that nobody knows."""

    ambiguous: str = ""
    states: tuple[str, ...] = ()


def read_words(tables: Tables, meanings: Meanings) -> Open:
    """Write down what each text means, as far as that is known; returns what a person has to say."""
    texts: dict[str, dict[int, str]] = {"since": {}, "status": {}, "language": {}}
    for number, kind, text in tables.ask("SELECT id, kind, text FROM $words WHERE kind <> 'place' ORDER BY id"):
        texts[kind][number] = text
    days, ambiguous = _days(texts["since"], meanings.order)
    states = {number: state_of(text, meanings) for number, text in texts["status"].items()}
    languages = _languages()
    said = {number: languages.get(plain(text), "") for number, text in texts["language"].items()}
    values = days | states | said
    tables.many("UPDATE $words AS w SET value = v.b FROM $many WHERE w.id = v.a", list(values.items()))
    unknown = tuple(text for number, text in texts["status"].items() if not states[number])
    return Open(ambiguous, unknown)


def state_of(text: str, meanings: Meanings) -> str:
    """Return what a state of membership means, empty where nobody knows; without any it is a member."""
    said = plain(text)
    if said in meanings.states:
        return meanings.states[said]
    return GONE if said in _GONE else HERE if said in _HERE else ""


def _days(texts: Mapping[int, str], order: DateOrder | None) -> tuple[dict[int, str], str]:
    """Return the days as ISO writes them, empty where they cannot be read, and one that can be two."""
    if order is None:
        order = _order(texts.values())
    last = clock.today().year + 1
    found = {}
    for number, text in texts.items():
        try:
            found[number] = read_day(text, order, last_year=last).isoformat() if text else "none"
        except ValueError:
            found[number] = ""
    ambiguous = next((text for text in texts.values() if is_ambiguous(text)), "") if order is None else ""
    return found, ambiguous


def _order(texts: Iterable[str]) -> DateOrder | None:
    try:
        return order_of(texts)
    except ValueError:  # both stand in the list, so that a person has to say what the others are
        return None


def _languages() -> dict[str, str]:
    known = {"": "none"}
    for code, name in settings.LANGUAGES:
        words = {code, *in_every_language(name), *_OTHER_LANGUAGES.get(code, ())}
        known |= {plain(word): code for word in words}
    return known
