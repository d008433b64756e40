"""Questions about groups over a hundred million ratings, each beside its rival in one run: `make bench-insight`."""
