"""Calendars: sessions and dates of a plan written as iCalendar, for one's own calendar; and sessions read in."""
