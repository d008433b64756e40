"""The code that joins a phone to a meeting: how it is drawn, shown and read back."""

import secrets

# Nothing that looks like something else on a wall (no 0 O, 1 I L, 5 S, 8 B; no Z, no U), and no vowels to make words.
ALPHABET = "234679CDFGHJKMNPQRTVWXY"
LENGTH = 8


def draw_code() -> str:
    """Return a new random code: 23 to the power of 8, so that guessing leads nowhere."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def in_groups(code: str) -> str:
    """Return a code as it is shown, in two groups of four."""
    return f"{code[:4]} {code[4:]}"


def read_code(typed: str) -> str:
    """Return what was typed as a code: capitals, without spaces and dashes; what is no code stays wrong."""
    return "".join(letter for letter in typed[:40].upper() if letter.isalnum())[: LENGTH + 1]
