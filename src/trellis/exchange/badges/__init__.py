"""Badges: credentials as Open Badges 3.0 and as a CLR 2.0 transcript, signed, revocable, and checked by anybody."""
