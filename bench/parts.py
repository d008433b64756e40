"""The parts of a run, in order."""

PARTS = ("start", "pages", "weight", "writes", "import", "rush", "badges", "matching", "slope", "components")
# These need no site.
WITHOUT_SITE = {"components"}
