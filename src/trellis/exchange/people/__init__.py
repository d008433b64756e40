"""Brings people in: lists of members from other systems, planned as a whole in the database and stored at once."""
