"""Kinds of rater in words: how one says it of somebody, and how a group of them is called in a report."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trellis.assessment.models import Relation

# As the rated person says it of somebody they name.
SAID: dict[str, str | Promise] = {
    Relation.PEER: _("Works beside me"),
    Relation.LEAD: _("Leads me"),
    Relation.MENTOR: _("Mentors me"),
    Relation.FOLLOWER: _("I lead them"),
    Relation.COACH: _("Coaches me"),
}
# As a group is called on the pages of the rated person.
GROUPS: dict[str, str | Promise] = {
    Relation.PEER: _("People beside you"),
    Relation.FOLLOWER: _("People you lead"),
    Relation.MENTOR: _("Mentors"),
    Relation.LEAD: _("Who leads you"),
    Relation.COACH: _("Your coach"),
    Relation.OTHER: _("All others"),
}
# The same, as somebody else reads it.
THEIR_GROUPS: dict[str, str | Promise] = {
    Relation.PEER: _("People beside them"),
    Relation.FOLLOWER: _("People they lead"),
    Relation.MENTOR: _("Mentors"),
    Relation.LEAD: _("Who leads them"),
    Relation.COACH: _("Their coach"),
    Relation.OTHER: _("All others"),
}
# As a rater reads what they were named as.
NAMED_AS: dict[str, str | Promise] = {
    Relation.LEAD: _("somebody who leads them"),
    Relation.COACH: _("their coach"),
}
ORDER = tuple(GROUPS)
