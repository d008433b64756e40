"""Reads packages of CASE: leniently, as other systems write them, into a plan that is shown before it runs."""
