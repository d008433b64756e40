"""QR codes: the address of a page as a picture that leads a phone's camera there."""

from dataclasses import dataclass

import segno


@dataclass(frozen=True, slots=True)
class Picture:
    """A QR code as one SVG path; `box` is the view box, with the empty edge that cameras need."""

    box: str
    path: str


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
