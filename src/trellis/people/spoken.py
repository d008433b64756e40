"""The languages that members may say they speak, each in its own words; not to be confused with those of the site."""

from functools import cache
from pathlib import Path

from trellis.core.checked import read_checked

_DATA = Path(__file__).parent / "data"


@cache
def spoken() -> dict[str, str]:
    """Return the languages' own names by code, in the order of the file; raises DataFileError for a bad file."""
    names: dict[str, str] = read_checked(_DATA / "languages.yaml", _DATA / "languages.schema.json")
    return names
