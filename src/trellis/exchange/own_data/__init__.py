"""A person's own data: everything that is held about them, as a file; and its erasure."""
