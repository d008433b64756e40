"""The writes of the catalogue, in one place for other apps; each is described where it stands."""

from trellis.learning.attendance_actions import check_in, mark_attendance, undo_check_in
from trellis.learning.material_actions import add_material, remove_material
from trellis.learning.offering_actions import (
    CellRef,
    OfferingContent,
    cell_refs,
    discard_draft,
    list_offering,
    retire_offering,
    save_offering,
)
from trellis.learning.session_actions import (
    SessionContent,
    cancel_session,
    change_session,
    plan_session,
    rotate_attendance_key,
)
from trellis.learning.sign_up_actions import change_needs, leave, sign_up

__all__ = [
    "CellRef",
    "OfferingContent",
    "SessionContent",
    "add_material",
    "cancel_session",
    "cell_refs",
    "change_needs",
    "change_session",
    "check_in",
    "discard_draft",
    "leave",
    "list_offering",
    "mark_attendance",
    "plan_session",
    "remove_material",
    "retire_offering",
    "rotate_attendance_key",
    "save_offering",
    "sign_up",
    "undo_check_in",
]
