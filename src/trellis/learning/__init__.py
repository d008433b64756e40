"""Learning holds offerings, sessions, cohorts and attendance; its models come with a later release."""
