"""Pages of growth, one file each."""
