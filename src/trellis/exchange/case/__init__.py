"""CASE 1.1 (Competencies and Academic Standards Exchange): our frameworks for other systems, and theirs for us."""
