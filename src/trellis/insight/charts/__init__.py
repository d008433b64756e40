"""Small drawings in SVG, a row of a table each: colours are classes on a page, and the same ones on paper."""
