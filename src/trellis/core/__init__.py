"""Core: what every app stands on: ids, clock, audit, privacy classes, registries, the SQLite rules."""
