"""The floor: the least that a page and a save can be made of with Django, on the same server and database."""
