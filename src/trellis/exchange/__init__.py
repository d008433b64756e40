"""Exchange reads and writes the formats of other systems: each in a package of its own."""
