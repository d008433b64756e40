"""Pages of the shell, one file each."""
