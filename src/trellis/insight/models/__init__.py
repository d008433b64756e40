"""Models of insight: waves, what of them has been released, views of it, and what is known of the snapshot."""

from trellis.insight.models.release import Release, ReleasedTable
from trellis.insight.models.saved_view import SavedView
from trellis.insight.models.snapshot import SnapshotState
from trellis.insight.models.wave import Wave, WaveStatus

__all__ = ["Release", "ReleasedTable", "SavedView", "SnapshotState", "Wave", "WaveStatus"]
