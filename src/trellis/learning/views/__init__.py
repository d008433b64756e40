"""Pages of learning, one file each."""
