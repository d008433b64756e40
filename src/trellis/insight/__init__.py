"""Insight answers what the association knows about itself, through one gate; its facts, expressions and pages come with a later release."""
