"""Who mentors others sees what is not theirs: their pages ask for a second factor, as a role does."""

from trellis.growth.mentor_access import helps_others
from trellis.people.decorators import second_factor_of

# For who mentors already, and for who is about to.
second_factor_for_mentors = second_factor_of(helps_others)
second_factor_to_help = second_factor_of(lambda viewer: viewer.is_authenticated)
