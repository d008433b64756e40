"""Directories of affiliates: the tokens with which they add and remove people, and how their people sign in."""
