"""Pages of assessment, one file each."""
