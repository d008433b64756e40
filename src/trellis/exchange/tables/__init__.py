"""Tables of other systems: CSV and Excel files read in row by row, and written so that no cell of them runs."""
