"""Writes an edition as a CASE package: one pure module for each shape of framework."""
