"""Exchange reads and writes the formats of other systems (CASE, CTDL, badges, tables, calendars); its readers and writers come with a later release."""
