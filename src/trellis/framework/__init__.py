"""The framework: editions of a grid of themes and levels, and the words in its cells."""
