"""Each repair of a text, and what must be left alone."""

import pytest

from trellis.framework.reader.characters import plain
from trellis.framework.reader.marks import without_leading_mark, without_marks
from trellis.framework.reader.vocabulary import Vocabulary
from trellis.framework.reader.wording import Wording


def repaired(text: str, elsewhere: str = "") -> str:
    """Repair a text in a document whose other line is `elsewhere`."""
    return Wording(Vocabulary.of([elsewhere, text])).repaired(plain(text))


@pytest.mark.parametrize(
    ("text", "elsewhere", "expected"),
    [
        pytest.param("effec- tively", "", "effectively", id="fragments are no words"),
        pytest.param("under- standing", "standing under understanding", "understanding", id="joined word elsewhere"),
        pytest.param("race-inclu- sive", "inclusive", "race-inclusive", id="second part of a compound is broken"),
        pytest.param(
            "deci- sion-making", "decision-making", "decision-making", id="first part of a compound is broken"
        ),
        pytest.param("partnerships/rela- tionships", "", "partnerships/relationships", id="behind a slash"),
        pytest.param("system- level work", "system-level", "system-level work", id="hyphenated word elsewhere"),
        pytest.param("system- level work", "the system of one level", "system-level work", id="two words elsewhere"),
        pytest.param(
            "student- centered", "a student centers", "student-centered", id="second word with another ending"
        ),
        pytest.param("back- grounds", "backgrounds on back grounds", "backgrounds", id="joined beats two words"),
        pytest.param("navi- gates", "gates navigate", "navigates", id="joined with another ending"),
        pytest.param("non- profit", "non-white", "non-profit", id="a prefix that this document hyphenates"),
        pytest.param("one- to-one", "", "one-to-one", id="the rest is hyphenated already"),
        pytest.param("out- come", "come out", "outcome", id="a particle is written closed"),
        pytest.param("them- selves", "them selves", "themselves", id="self is written closed"),
        pytest.param("non- English", "", "non-English", id="a capital begins a word of its own"),
        pytest.param("GOVERN- ANCE", "", "GOVERNANCE", id="a broken heading"),
        pytest.param("P- 20 and K- 12", "", "P-20 and K-12", id="numbers"),
        pytest.param("inter- na- tional", "", "international", id="broken twice"),
        pytest.param("Associa- tion's", "association", "Association's", id="possessive"),
        pytest.param("short- and long-term", "short term", "short- and long-term", id="suspended"),
        pytest.param("member- and Association-led", "", "member- and Association-led", id="suspended before a name"),
        pytest.param("mid- or late-career", "", "mid- or late-career", id="suspended, unknown word"),
        pytest.param("one- to three-year", "one", "one- to three-year", id="suspended with to"),
        pytest.param("2- or 4-year", "", "2- or 4-year", id="suspended numbers"),
        pytest.param("pre- and post- test", "post-test", "pre- and post-test", id="suspended, then a break"),
        pytest.param("fac- tor and vec- tor", "", "factor and vector", id="ends like a conjunction, is none"),
        pytest.param("one - two", "", "one - two", id="a dash"),
        pytest.param("well-being", "", "well-being", id="a hyphen inside a word"),
    ],
)
def test_line_break_hyphens(text: str, elsewhere: str, expected: str) -> None:
    assert repaired(text, elsewhere) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("labor/ management", "labor/management"),
        ("your/ the", "your/the"),
        ("your /the", "your/the"),
        ("situation/ assumption/mindsets", "situation/assumption/mindsets"),
        ("and / or", "and / or"),
        ("metrics.Explores", "metrics. Explores"),
        ("e.g.Something", "e.g.Something"),
        ("see www.Example.com", "see www.Example.com"),
        ("see example.Com", "see example.Com"),
        ("at P.Smith", "at P.Smith"),
        ("ask me@school.District", "ask me@school.District"),
        ("Ph.D. work", "Ph.D. work"),
        ("two  spaces\tand a tab", "two spaces and a tab"),
        ("no\u00a0break and thin\u2009space", "no break and thin space"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("soft\u00adhyphen and soft\u00ad hyphen", "softhyphen and softhyphen"),
        ("e\ufb03cient \ufb01ne \ufb02ow", "efficient fine flow"),
        ("non\u2011breaking", "non-breaking"),
        ("**bold** and *italic* and __both__", "bold and italic and both"),
        ("bread &amp; butter&nbsp;&#8211; R&D", "bread & butter – R&D"),
        ("line<br>break<br/>here", "line break here"),
    ],
)
def test_other_repairs(text: str, expected: str) -> None:
    assert repaired(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("needs and rights.*", "needs and rights."),
        ("of all students*", "of all students"),
        ("of all students *", "of all students"),
        ("(networking)*", "(networking)"),
        ("students^{*}", "students"),
        ("students ^{12}", "students"),
        ("students^7^ and staff^*^", "students and staff"),
        ("students[^note]", "students"),
        ("students<sup>7</sup>", "students"),
        ("opportunities.⁷", "opportunities."),
        ("all students ⁸", "all students"),
        ("a lens† for all‡", "a lens for all"),
        ("an area of 5 km²", "an area of 5 km²"),
        ("2 * 3 boxes", "2 * 3 boxes"),
        ("Lehrer*innen", "Lehrer*innen"),
        ("vision 2020", "vision 2020"),
    ],
)
def test_footnote_marks(text: str, expected: str) -> None:
    assert without_marks(text) == expected


@pytest.mark.parametrize("mark", ["^{*} ", "^7^ ", "* ", "*", "† ", "⁷ ", "[^1]: ", "<sup>2</sup>", "\\* ", "7 "])
def test_marks_in_front_of_a_definition(mark: str) -> None:
    assert without_leading_mark(mark + "A lens is a way to look") == "A lens is a way to look"
