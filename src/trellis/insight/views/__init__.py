"""Pages of insight, one file each."""
