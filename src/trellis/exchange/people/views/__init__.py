"""Views of bringing people in."""
