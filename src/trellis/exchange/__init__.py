"""Exchange reads and writes the formats of other systems; its parts come later."""
