"""Pages of one's own data."""
