"""The rules of mentoring in one place: how many asks, how long things wait, and how long what was said is kept."""

import datetime as dt

# So few that each is meant, so many that one who does not answer leaves others.
MOST_OPEN_ASKS = 3
ASK_WAITS = dt.timedelta(days=21)
MOST_AT_ONCE = 6
# From here on the two say yes again, so that nothing goes on because nobody thought of it.
LONGEST = dt.timedelta(days=366)
USUAL = dt.timedelta(days=182)
# How long each thing is kept.
DECIDED_KEPT = dt.timedelta(days=90)
NOTES_KEPT = dt.timedelta(days=90)
MENTORSHIP_KEPT = dt.timedelta(days=731)
SEARCH_KEPT = dt.timedelta(days=366)
# The level from which somebody may offer to help others with a theme.
LEAST_LEVEL = 2
