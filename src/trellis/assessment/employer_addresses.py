"""Which e-mail addresses a school or another employer may read: a rule kept as data."""

from fnmatch import fnmatchcase
from functools import cache

from trellis.assessment.instruments import DATA
from trellis.core.checked import read_checked


@cache
def patterns() -> tuple[str, ...]:
    """Return the patterns of the list that comes with Trellis; raises DataFileError for a bad file."""
    content = read_checked(DATA / "employer_addresses.yaml", DATA / "employer_addresses.schema.json")
    return tuple(line["pattern"] for line in content)


def may_be_read_by_employer(address: str) -> bool:
    """Say whether an address looks like one of a school or another employer."""
    domain = address.rpartition("@")[2].lower()
    return any(fnmatchcase(domain, pattern) for pattern in patterns())
