"""People: persons, units, memberships, roles with terms, and who may see what."""
