"""Pages of mentoring: finding and asking, offering and answering, and the mentorship of two."""
