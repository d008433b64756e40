"""Views of the catalogue as files."""
