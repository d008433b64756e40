"""Views of calendars."""
