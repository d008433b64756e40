"""Pages of the sign-in through directories."""
