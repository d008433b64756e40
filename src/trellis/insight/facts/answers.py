"""Answers of responses as one row of numbers each; what a killed run has read already is not read again."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from trellis.assessment.models import Rating
from trellis.insight.facts import layout
from trellis.insight.facts.marks import RESPONSES
from trellis.insight.facts.reading import Reader, numbers

Ints = NDArray[np.int64]
_FOLDER = "answers"
# Fewer responses of a block than this are asked for by name, and not with all of the block.
_BY_NAME, _NAMED_AT_ONCE = 2_000, 500
_READ = numbers("response", "theme", "value")


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of responses with these keys (sorted), one file for each run of neighbouring ones."""

    ids: Ints
    files: tuple[Path, ...]
    starts: Ints  # where the rows of each file begin among all

    def rows(self, wanted: Ints) -> NDArray[np.int8]:
        """Return the answers of these responses (as many as asked for x themes)."""
        places = np.searchsorted(self.ids, wanted)
        file_of = np.searchsorted(self.starts, places, side="right") - 1
        found: NDArray[np.int8] | None = None
        for number in np.unique(file_of).tolist():
            content = np.load(self.files[number], mmap_mode="r")
            if found is None:
                found = np.empty((len(wanted), content.shape[1]), np.int8)
            here = file_of == number
            found[here] = content[places[here] - self.starts[number]]
        return found if found is not None else np.empty((0, 0), np.int8)


def fetch(
    reader: Reader,
    ids: Ints,
    *,
    columns: dict[int, int],
    width: int,
    aside: Path,
    said: Callable[[int, int], None],
) -> Answers:
    """Read the answers of these responses into files in `aside`, a block of responses at a time.

    `columns` says in which column (of `width`) a theme's answers stand, by the theme's key. A file that is there is
    kept: its name says which responses and themes it holds, and what is finished never changes.
    """
    ids = np.sort(ids)
    of_block = np.split(ids, np.flatnonzero(np.diff(ids // RESPONSES)) + 1) if len(ids) else []
    folder = aside / _FOLDER
    folder.mkdir(exist_ok=True)
    layout_of = repr(sorted(columns.items())).encode()
    files, starts, start = [], [], 0
    for number, block in enumerate(of_block):
        path = folder / f"{hashlib.sha256(block.tobytes() + layout_of).hexdigest()[:24]}.npy"
        if not path.exists():
            _store(_block(reader, block, columns, width), path)
        files.append(path)
        starts.append(start)
        start += len(block)
        said(number + 1, len(of_block))
    return Answers(ids, tuple(files), np.array(starts, np.int64))


def _block(reader: Reader, ids: Ints, columns: dict[int, int], width: int) -> NDArray[np.int8]:
    found = np.full((len(ids), width), layout.MISSING, np.int8)
    themes = np.array(sorted(columns), np.int64)
    column_of = np.array([columns[theme] for theme in themes.tolist()], np.int64)
    ratings = Rating.objects.filter(theme__isnull=False, value__isnull=False, aspect="").order_by()
    if len(ids) < _BY_NAME:
        parts = [ids[begun : begun + _NAMED_AT_ONCE] for begun in range(0, len(ids), _NAMED_AT_ONCE)]
        asked = [ratings.filter(response__in=part.tolist()) for part in parts]
    else:
        asked = [ratings.filter(response__gte=int(ids[0]), response__lte=int(ids[-1]))]
    for rows in asked:
        for batch in reader.batches(rows.values_list("response_id", "theme_id", "value"), _READ):
            _place(batch, ids, themes, column_of, found)
    return found


def _place(batch: pa.Table, ids: Ints, themes: Ints, column_of: Ints, found: NDArray[np.int8]) -> None:
    response, theme, value = (batch[name].to_numpy() for name in _READ.names)
    row = np.searchsorted(ids, response).clip(max=len(ids) - 1)
    place = np.searchsorted(themes, theme).clip(max=len(themes) - 1)
    wanted = (ids[row] == response) & (themes[place] == theme)
    found[row[wanted], column_of[place[wanted]]] = value[wanted]


def _store(content: NDArray[np.int8], path: Path) -> None:
    part = path.with_suffix(".aside")
    with part.open("wb") as file:
        np.save(file, content)
    part.replace(path)
