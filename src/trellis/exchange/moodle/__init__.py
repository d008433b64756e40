"""Moodle: a published edition as the file that its competency import reads."""
