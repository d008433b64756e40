"""Pages of badges, and the documents that programs ask for."""
