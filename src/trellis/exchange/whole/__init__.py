"""Everything that a Trellis holds in one file, so that nobody is locked in; and back into an empty one."""
