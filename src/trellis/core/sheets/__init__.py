"""Tables as files that any program opens, and in which nothing runs."""
