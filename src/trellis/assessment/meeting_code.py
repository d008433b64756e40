"""The code that joins a phone to a meeting: how it is drawn, shown, read back, and painted for a camera."""

import secrets
from dataclasses import dataclass

import segno

# Nothing that looks like something else on a wall (no 0 O, 1 I L, 5 S, 8 B; no Z, no U), and no vowels to make words.
ALPHABET = "234679CDFGHJKMNPQRTVWXY"
LENGTH = 8


@dataclass(frozen=True, slots=True)
class Picture:
    """A QR code as one SVG path; `box` is the view box, with the empty edge that cameras need."""

    box: str
    path: str


def draw_code() -> str:
    """Return a new random code: 23 to the power of 8, so that guessing leads nowhere."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def in_groups(code: str) -> str:
    """Return a code as it is shown, in two groups of four."""
    return f"{code[:4]} {code[4:]}"


def read_code(typed: str) -> str:
    """Return what was typed as a code: capitals, without spaces and dashes; what is no code stays wrong."""
    return "".join(letter for letter in typed[:40].upper() if letter.isalnum())[: LENGTH + 1]


def picture_of(address: str) -> Picture:
    """Return the QR code of an address, to be drawn dark on light."""
    matrix = segno.make_qr(address, error="m").matrix
    runs = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                runs.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
            x += 1
    edge = 4
    side = len(matrix) + 2 * edge
    return Picture(f"-{edge} -{edge} {side} {side}", "".join(runs))
