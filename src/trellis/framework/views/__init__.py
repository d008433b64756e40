"""Pages of framework, one file each."""
