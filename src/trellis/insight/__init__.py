"""Insight answers what the association knows about itself, through one gate; its parts come later."""
