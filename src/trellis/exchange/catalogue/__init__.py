"""The catalogue as tables: offerings and sessions read in as a plan that is shown before it runs, and written out."""
