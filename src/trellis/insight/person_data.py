"""What insight holds of a person: facts without a name, out of which an erased person is taken; and what stays."""

from django.core.management import call_command
from django.utils.translation import gettext_lazy as _

from trellis.core.registry import AtErasure, Erasure, Leaving, PersonKey, erasures, leaving, person_keys
from trellis.insight.models import SnapshotState


def register_person_data() -> None:
    """Register it; called once, at start."""
    leaving.register(
        Leaving(
            "insight.SnapshotState.key",
            leaves=True,
            why="It is sealed by the site's own secret key, which is in no file.",
        )
    )
    person_keys.register(
        PersonKey("insight.SavedView.person", _("Views of figures that I saved"), AtErasure.GOES, order=75)
    )
    erasures.register(
        Erasure(
            "insight",
            afterwards=_forget_in_facts,
            keeps=_(
                "Figures about groups that were released already. They count ten people or more, and are never made"
                " again; nobody can be found in them. New figures are made without you."
            ),
            order=50,
        )
    )


def _forget_in_facts() -> str:
    """Bring the facts up to date, which takes out whoever is gone; there is nothing to do before the first snapshot."""
    if not SnapshotState.objects.exists():
        return "no facts yet"
    # As a command, so that the engine is read in by this alone.
    call_command("refresh_insight", verbosity=0)
    return "facts brought up to date"
