"""Learning holds what can be learned from: offerings, dated sessions, who comes, programmes and their cohorts."""
