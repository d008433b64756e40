"""The parts of a run, in order."""

PARTS = ("start", "pages", "weight", "writes", "import", "rush", "slope")
