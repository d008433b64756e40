"""What becomes of a row of a list of members, how its person was known, and what can be wrong with it."""

from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Fate(IntEnum):
    """What running the import does with a row; the numbers stand in the staged tables."""

    UNDECIDED = 0
    NEW = 1
    BACK = 2  # somebody whom the site knows, and who belongs to none of these units today
    CHANGED = 3
    MOVED = 4
    LEFT = 5
    SAME = 6
    REPEATED = 7  # the same row once more
    ASKED = 8  # perhaps somebody who is here already: a person has to say
    REFUSED = 9


# These store something.
DOING = (Fate.NEW, Fate.BACK, Fate.CHANGED, Fate.MOVED, Fate.LEFT)


class Known(IntEnum):
    """By what a person was known."""

    NOBODY = 0
    NUMBER = 1
    EMAIL = 2
    NAME = 3
    ANSWER = 4


class Problem(IntEnum):
    """Why a row is left out."""

    NONE = 0
    NO_NAME = 1
    TOO_LONG = 2
    BAD_EMAIL = 3
    FAULT = 4
    TOO_WIDE = 5
    NO_PLACE = 6
    BAD_DATE = 7
    BAD_STATUS = 8
    BAD_LANGUAGE = 9
    TWIN = 10
    OUTSIDE = 11
    ONE_FOR_TWO = 12
    LEFT_OUT = 13
    PERHAPS_KNOWN = 14
    TWO_OF_A_NAME = 15


class Note(IntEnum):
    """What is told of a row that is brought in nevertheless."""

    NONE = 0
    SHARED_EMAIL = 1
    TAKEN_EMAIL = 2


REASONS: dict[int, Promise] = {
    Problem.NO_NAME: _("there is no name."),
    Problem.TOO_LONG: _("this cell is longer than can be stored."),
    Problem.BAD_EMAIL: _("this is not an e-mail address."),
    Problem.FAULT: _("this cell holds a formula whose result is not in the file, or an error."),
    Problem.TOO_WIDE: _("this row has more cells than the header. Is a comma or quotation mark missing?"),
    Problem.NO_PLACE: _("no unit of yours is called that. Say which one is meant, or make it a new one."),
    Problem.BAD_DATE: _("this is not a date that we can read; write it as 2026-03-05."),
    Problem.BAD_STATUS: _("nobody has said yet whether this means a member."),
    Problem.BAD_LANGUAGE: _("this site does not speak that language yet."),
    Problem.TWIN: _("the member ID stands in row %(other)d too, with something else beside it."),
    Problem.OUTSIDE: _("the person belongs to a unit outside of yours, which has to let them go first."),
    Problem.ONE_FOR_TWO: _("two rows would be the same person. Give each its member ID."),
    Problem.LEFT_OUT: _("you have said that rows with this place are left out."),
    Problem.PERHAPS_KNOWN: _("this may be somebody who is here already. Say whether they are the same."),
    Problem.TWO_OF_A_NAME: _("this name stands in row %(other)d too, in the same place. Give each a member ID."),
}
NOTES: dict[int, Promise] = {
    Note.SHARED_EMAIL: _("brought in without the e-mail, because more than one row has it."),
    Note.TAKEN_EMAIL: _("brought in without the e-mail, because another account has it."),
}
# The column that a complaint is about, where the row itself does not say it.
COLUMN_OF: dict[int, str] = {
    Problem.NO_PLACE: "worksite", Problem.LEFT_OUT: "worksite", Problem.BAD_DATE: "since",
    Problem.BAD_STATUS: "status", Problem.BAD_LANGUAGE: "language", Problem.TWIN: "number",
    Problem.OUTSIDE: "number",
}  # fmt: skip
