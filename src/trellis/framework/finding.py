"""Finds editions by the way a person names them: `2020`, or `nea-lcf/2020`."""

from trellis.framework.edition_outline import edition_outline
from trellis.framework.models import Edition
from trellis.framework.outline import Outline


class NoSuchEditionError(LookupError):
    """No edition, or more than one, goes by that name; the text says so in one line."""


def editions_named(name: str) -> list[Edition]:
    """Return the editions of that code, or the one of that framework and code; those of the main framework first."""
    framework, slash, code = name.rpartition("/")
    editions = Edition.objects.select_related("framework").filter(code=code)
    if slash:
        editions = editions.filter(framework__code=framework)
    return list(editions.order_by("-framework__is_main", "framework__code"))


def the_edition(editions: list[Edition], name: str) -> Edition:
    """Return the only edition of a list that was found by name; raises NoSuchEditionError."""
    if not editions:
        raise NoSuchEditionError(f"There is no edition {name}.")
    if len(editions) > 1:
        raise NoSuchEditionError(f"{name} may be {' or '.join(map(full_code, editions))}: say which.")
    return editions[0]


def full_code(edition: Edition) -> str:
    """Return the code of an edition with its framework's: `nea-lcf/2020`."""
    return f"{edition.framework.code}/{edition.code}"


def likeliest_pair(before: list[Outline | Edition], after: list[Outline | Edition]) -> tuple[Outline, Outline]:
    """Return one of each list, of one shape and, if there is a choice, of one framework; else the first of each.

    The lists hold what each name may mean and must not be empty.
    """

    def fit(pair: tuple[Outline | Edition, Outline | Edition]) -> tuple[bool, bool]:
        return _shape(pair[0]) == _shape(pair[1]), _framework(pair[0]) == _framework(pair[1])

    # max keeps the first of equals, and the main framework's editions stand first.
    one, other = max(((one, other) for one in before for other in after), key=fit)
    return _outline(one), _outline(other)


def _shape(side: Outline | Edition) -> str:
    return side.framework.kind if isinstance(side, Edition) else side.shape


def _framework(side: Outline | Edition) -> int | None:
    return side.framework_id if isinstance(side, Edition) else None


def _outline(side: Outline | Edition) -> Outline:
    return edition_outline(side) if isinstance(side, Edition) else side
