"""Pages of directories."""
