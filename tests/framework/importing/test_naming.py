import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.framework.naming import domain_code, next_number, short_label, title_name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Leading Our Professions", "LOP"),
        ("Strategy and Fiscal Health", "SFH"),
        ("Communication", "COM"),
        ("Über die Köpfe", "UDK"),
        ("成长", "D"),
        ("One two three four five six seven eight", "OTTFFS"),
    ],
)
def test_a_domain_code_is_made_of_initials(name: str, code: str) -> None:
    assert domain_code(name, set()) == code


def test_a_taken_domain_code_gets_a_number() -> None:
    assert domain_code("Leading Our Professions", {"LOP", "LOP2"}) == "LOP3"


def test_the_next_number_is_after_the_highest_even_when_one_is_missing_between() -> None:
    assert next_number(["ADV.1", "ADV.12", "ADV.3"]) == 13
    assert next_number([]) == 1


def test_a_long_name_is_cut_at_a_word_and_leaves_no_little_word_dangling() -> None:
    assert short_label("Recognizes and promotes the role of the Association") == "Recognizes and promotes the role"
    assert short_label("Short enough") == "Short enough"


@given(st.text(min_size=1, max_size=300).filter(str.strip))
def test_a_short_label_is_never_empty_or_too_long(name: str) -> None:
    label = short_label(name.strip())
    assert 1 <= len(label) <= 40
    assert name.strip().startswith(label)


@pytest.mark.parametrize(
    ("given_name", "name"),
    [("LEADING OF ALL", "Leading of All"), ("Already Set", "Already Set"), ("AND SO ON", "And So on")],
)
def test_a_name_in_capitals_is_set_in_ordinary_letters(given_name: str, name: str) -> None:
    assert title_name(given_name) == name
