"""The parts of a run, in order."""

PARTS = ("start", "pages", "weight", "writes", "import", "rush", "badges", "matching", "members", "slope", "components")
# These need no site, or make their own.
WITHOUT_SITE = {"members", "components"}
