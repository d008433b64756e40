"""Trellis runs a leadership competency framework for an association of educators."""

import sys

__version__ = "0.1.0"

# SQLite before 3.51.3 can corrupt a write-ahead log that several processes reset at once, and Debian 12 carries 3.40.
# pysqlite3 brings a newer one; it has to stand in for the standard module before Django imports it.
try:
    import pysqlite3
except ImportError:  # no wheel for this platform: the system check in core/checks.py then allows one server process
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
