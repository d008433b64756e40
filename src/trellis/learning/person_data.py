"""What learning holds of a person: which secrets go along when everything is taken out."""

from trellis.core.registry import Leaving, leaving

_LEAVES = {
    "learning.Session.attendance_key": "It is the code of one room, shown there for all to see.",
}


def register_person_data() -> None:
    """Register it; called once, at start."""
    for key, why in _LEAVES.items():
        leaving.register(Leaving(key, leaves=True, why=why))
