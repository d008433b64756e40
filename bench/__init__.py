"""Measures Trellis beside a floor, on this machine, in one run: `make bench`, or `python -m bench --quick`."""
