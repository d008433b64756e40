"""Pages of programmes, one module for each page or two that belong together."""
