"""Pages of the 360, one file each."""
