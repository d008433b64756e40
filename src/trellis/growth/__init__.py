"""Growth turns answers into a standing, and a standing into a plan with one next step."""
