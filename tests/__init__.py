"""The tests, in folders that mirror the package. textstat installs a `tests` too: this file lets ours win."""
