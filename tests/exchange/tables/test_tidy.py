"""Lines that are called tidy have no cell that cleaning would change; ordinary lists are called so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.tables.test_reader_properties import QUICK
from trellis.exchange.tables.mapping import clean
from trellis.exchange.tables.tidy import is_tidy

odd = st.sampled_from(
    [" ", "  ", "'", "'=1", "a", "é", "e\u0301", "\u0301", "\xad", "\xa0", "\x7f", "\x85", "가", "각"]
)
cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=",\n"), max_size=6)


@given(st.lists(st.lists(odd | cells, max_size=3).map("".join), min_size=1, max_size=12), st.sampled_from(",\n"))
@QUICK
def test_no_cell_of_tidy_lines_needs_cleaning(texts: list[str], between: str) -> None:
    if is_tidy(between.join(texts), ","):
        assert [clean(text) for text in texts] == texts


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    "cells", [["Ana", "Núñez", "Riverside"], ["Živa", "", "O'Brien"], ["عربي", "문서", "¿Qué?"], [""]]
)
def test_ordinary_lines_are_tidy(separator: str, cells: list[str]) -> None:
    lines = "\n".join([separator.join(cells)] * 3)
    assert is_tidy(lines, separator)
    for untidy in (f" {lines}", f"{lines} ", f"{lines}\x0b", f"{lines}\n'=1", f"a  b\n{lines}", f"{lines}e\u0301"):
        assert not is_tidy(untidy, separator)


def test_half_a_character_is_not_tidy() -> None:
    assert not is_tidy("Ana\ud800|Rivera", "|")
