"""Measure is pure arithmetic: precision, change and shrinkage, with no Django in it."""
