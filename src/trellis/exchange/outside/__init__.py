"""Reaching out to other machines: only by https, and never into a private network."""
