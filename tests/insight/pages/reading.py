"""What stands in the tables of a page, as a reader finds it."""

import re
from html.parser import HTMLParser


class _Rows(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self._cell = True
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._cell = False

    def handle_data(self, data: str) -> None:
        if self._cell:
            self.rows[-1][-1] += data


def rows(html: str) -> dict[str, list[str]]:
    """Return the rows of all tables by their first cell, the later of equal ones; white space is one blank."""
    parser = _Rows()
    parser.feed(html)
    tidy = ([re.sub(r"\s+", " ", cell).strip() for cell in row] for row in parser.rows if row)
    return {row[0]: row[1:] for row in tidy}


def hidden_cells(html: str) -> set[str]:
    """Return the different ways in which a page writes a cell that is hidden."""
    return set(re.findall(r'<td[^>]*class="[^"]*\bsup\b[^"]*"[^>]*>.*?</td>', html))
