"""Says of thousands of lines at once that no cell needs to be cleaned: nearly always so, and then nothing is done."""

import unicodedata

import numpy as np

_LINE, _SPACE, _APOSTROPHE, _LAST_CONTROL, _DELETE = 10, 32, 39, 31, 127
# Up to this first byte of UTF-8 a character is below U+0300: none joins the one before it. What cannot be seen among
# those, like a soft hyphen, begins with the other.
_LAST_PLAIN, _PERHAPS_UNSEEN = 0xCB, 0xC2


def is_tidy(lines: str, separator: str) -> bool:
    """Say whether `clean` would leave every cell as it is; it may say no where the answer is yes."""
    data = np.frombuffer(lines.encode(errors="surrogatepass"), dtype=np.uint8)  # a workbook may hold half a character
    if not data.size:
        return True
    spaces, edges = data == _SPACE, (data == _LINE) | (data == ord(separator))
    beside = spaces | edges
    return not (
        data[0] in (_SPACE, _APOSTROPHE)
        or spaces[-1]
        or (spaces[1:] & beside[:-1]).any()
        or (spaces[:-1] & beside[1:]).any()
        or (edges[:-1] & (data[1:] == _APOSTROPHE)).any()
        or (((data <= _LAST_CONTROL) | (data == _DELETE)) & ~edges).any()
        or not (lines.isascii() or _is_plain(data) or _is_composed(lines, separator))
    )


def _is_plain(data: np.ndarray[tuple[int], np.dtype[np.uint8]]) -> bool:
    return bool(data.max() <= _LAST_PLAIN and not (data == _PERHAPS_UNSEEN).any())


def _is_composed(lines: str, separator: str) -> bool:
    return lines.replace("\n", "|").replace(separator, "|").isprintable() and unicodedata.is_normalized("NFC", lines)
