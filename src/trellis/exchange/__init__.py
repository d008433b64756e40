"""Exchange reads and writes the formats of other systems: CASE, CTDL, badges, tables, calendars; its parts come later."""
