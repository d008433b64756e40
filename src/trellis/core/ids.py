"""Public identifiers: random, so that an address never tells how many there are or who came first."""

import uuid


def new_uid() -> uuid.UUID:
    """Mint a random UUID (version 4)."""
    return uuid.uuid4()
