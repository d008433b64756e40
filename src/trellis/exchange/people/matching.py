"""Finds who is here already, for rows whose member ID says nothing: by a confirmed e-mail, then by name and place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, TypeVar

import numpy as np
from rapidfuzz import fuzz, process

from trellis.core import clock
from trellis.exchange.people.fates import Fate, Known, Problem
from trellis.exchange.people.stage import INSIDE, IS_NEW, Tables
from trellis.exchange.tables.mapping import plain
from trellis.people.models import Unit

NEW = "new"
# rapidfuzz's ratio of whole names, 0 to 100: "jon smith" for "john smith" has 95, "maria garcia" for "mario garcia" 92,
# "ana rivera" for "eva rivera" 80.
ALIKE, SAME_OWNER = 88, 80
_MOST_PAIRS = 4_000_000  # compared at once, a byte each

_BY_EMAIL = f"""
SELECT r.line, p.id, p.given_name, p.family_name, r.given, r.family
FROM $rows r LEFT JOIN $decided d ON d.line = r.line
JOIN $address a ON a.email = r.email JOIN $person p ON p.id = a.user_id
WHERE a.verified = $yes AND {IS_NEW} AND r.email <> '' AND coalesce(d.note, 0) = 0
  AND (p.member_number IS NULL OR r.number = '')
UNION
SELECT r.line, p.id, p.given_name, p.family_name, r.given, r.family
FROM $rows r LEFT JOIN $decided d ON d.line = r.line JOIN $person p ON p.email = r.email
WHERE {IS_NEW} AND r.email <> '' AND coalesce(d.note, 0) = 0 AND (p.member_number IS NULL OR r.number = '')
  AND NOT EXISTS (SELECT 1 FROM $address a WHERE a.user_id = p.id)
  AND EXISTS (SELECT 1 FROM $membership m WHERE m.person_id = p.id AND {INSIDE}))
"""  # noqa: S608
_KNOWN = """
SELECT m.unit_id, p.id, p.given_name, p.family_name, p.member_number IS NOT NULL
FROM $membership m JOIN $unit u ON u.id = m.unit_id JOIN $person p ON p.id = m.person_id
WHERE (m.until IS NULL OR m.until >= %s) AND u.tree_id = %s AND u.lft BETWEEN %s AND %s
  AND (p.member_number IS NULL OR %s = 1)
  AND p.id NOT IN (SELECT person FROM $decided WHERE person IS NOT NULL)
ORDER BY m.unit_id, p.id
"""
_ROWS = f"""
SELECT pl.unit, r.line, r.given, r.family, r.number <> '', r.email
FROM $rows r JOIN $words pl ON pl.id = r.place
WHERE {IS_NEW} AND pl.unit IS NOT NULL AND (r.number = '' OR pl.unit IN ({{units}}))
ORDER BY pl.unit, r.line
"""  # noqa: S608
_WITHOUT_NUMBER = f"""
SELECT count(*) FROM $rows r WHERE r.number = '' AND {IS_NEW}
"""  # noqa: S608
_MATCHED = f"""
INSERT INTO $decided (line, person, how, fate) SELECT v.a, v.b, v.c, {Fate.UNDECIDED} FROM $many WHERE v.a IS NOT NULL
ON CONFLICT (line) DO UPDATE SET person = excluded.person, how = excluded.how, fate = excluded.fate
"""  # noqa: S608
_ASKED = f"""
INSERT INTO $decided (line, fate, problem, col)
SELECT v.a, {Fate.ASKED}, {Problem.PERHAPS_KNOWN}, 'family' FROM $many WHERE v.a IS NOT NULL
ON CONFLICT (line) DO UPDATE SET fate = excluded.fate, problem = excluded.problem, col = excluded.col
"""  # noqa: S608
_LIKELY = "INSERT INTO $likely (line, person, score) SELECT * FROM $many"
_FATES = """
INSERT INTO $decided (line, fate, problem, other, col)
SELECT v.a, v.b, v.c, v.d, 'family' FROM $many WHERE v.a IS NOT NULL
ON CONFLICT (line) DO UPDATE SET fate = excluded.fate, problem = excluded.problem, other = excluded.other,
  col = excluded.col
"""


class _Known(NamedTuple):
    """Somebody who is here: their key, how their name compares, and whether they have a member ID."""

    person: int
    name: str
    has_number: bool


class _Row(NamedTuple):
    """A row that would be somebody new."""

    line: int
    name: str
    has_number: bool
    email: str


NamedT = TypeVar("NamedT", _Known, _Row)


class _Found:
    """What was found, by kind, to be written down at once."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self._answers = answers
        self.matched: dict[int, tuple[int, int]] = {}
        self.likely: list[tuple[int, int, int]] = []
        self.asked: dict[int, None] = {}
        self.fates: list[tuple[int, int, int, int]] = []

    def ask(self, line: int, candidates: Sequence[tuple[int, int]]) -> None:
        """Note who a row may be, with how like they are, unless a person has said it already."""
        self.likely += [(line, person, score) for person, score in candidates]
        answer = self._answers.get(str(line), "")
        if answer.isdecimal() and any(person == int(answer) for person, _score in candidates):
            self.matched[line] = int(answer), Known.ANSWER
        elif answer != NEW:
            self.asked[line] = None

    def store(self, tables: Tables) -> None:
        """Write it down."""
        tables.many(_MATCHED, [(line, *known) for line, known in self.matched.items()])
        tables.many(_ASKED, [(line,) for line in self.asked])
        tables.many(_LIKELY, self.likely)
        tables.many(_FATES, self.fates)


def match_by_email(tables: Tables, scope: Unit, answers: Mapping[str, str]) -> None:
    """Join rows with persons who have proved the e-mail theirs, or had it from a list of these units and never came.

    Another name beside it, or two such persons, ask somebody: addresses are shared and passed on.
    """
    found, owners = _Found(answers), defaultdict[int, list[tuple[int, int]]](list)
    for line, person, *names in tables.ask(_BY_EMAIL, scope.tree_id, scope.lft, scope.rgt):
        given, family, said_given, said_family = names
        theirs, said = name_of(given, family), name_of(said_given, said_family)
        owners[line].append((person, round(fuzz.token_sort_ratio(theirs, said)) if theirs else 100))
    for line, candidates in owners.items():
        (person, score), *others = candidates
        if score >= SAME_OWNER and not others:
            found.matched[line] = person, Known.EMAIL
        else:
            found.ask(line, candidates)
    found.store(tables)


def match_by_name(tables: Tables, scope: Unit, answers: Mapping[str, str]) -> None:
    """Join rows with members of the same unit and name; one that is nearly so, or several, ask a person.

    Two persons who both have a member ID are never the same. Each unit is compared by itself.
    """
    without = next(tables.ask(_WITHOUT_NUMBER))[0]
    known: dict[int, list[_Known]] = {}
    question = tables.ask(_KNOWN, clock.today().isoformat(), scope.tree_id, scope.lft, scope.rgt, 1 if without else 0)
    for unit, persons in groupby(question, itemgetter(0)):
        known[unit] = [
            _Known(person, name_of(given, family), bool(has)) for _unit, person, given, family, has in persons
        ]
    if not known and not without:
        return
    found = _Found(answers)
    units = ",".join(map(str, known)) or "0"
    for unit, rows in groupby(tables.ask(_ROWS.format(units=units)), itemgetter(0)):
        _compare(
            [_Row(line, name_of(given, family), bool(has), email) for _unit, line, given, family, has, email in rows],
            known.get(unit, []),
            found,
        )
    found.store(tables)


def name_of(given: str, family: str) -> str:
    """Return a name as names are compared."""
    return plain(f"{given} {family}")


def _compare(rows: list[_Row], known: list[_Known], found: _Found) -> None:
    named, here = _by_name(rows), _by_name(known)
    left: list[_Row] = []
    for name, of_name in named.items():
        alike = list(_without_doubles(of_name, found))
        candidates = here.get(name, [])
        if len(alike) == len(candidates) == 1 and not (alike[0].has_number and candidates[0].has_number):
            found.matched[alike[0].line] = candidates[0].person, Known.NAME
            del here[name]
            continue
        for row in alike:
            possible = [(one.person, 100) for one in candidates if not (row.has_number and one.has_number)]
            if possible:
                found.ask(row.line, possible)
            else:
                left.append(row)
    rest = [one for persons in here.values() for one in persons]
    for row, one, score in _nearly(left, rest):
        if not (row.has_number and one.has_number):
            found.ask(row.line, [(one.person, score)])


def _without_doubles(alike: Sequence[_Row], found: _Found) -> Iterator[_Row]:
    """Yield rows of one name and place; of those without a member ID only one can be meant, or none."""
    bare = [row for row in alike if not row.has_number]
    yield from (row for row in alike if row.has_number)
    if len(bare) < 2:
        yield from bare
    elif len({row.email for row in bare}) == 1:
        yield bare[0]
        found.fates += [(row.line, Fate.REPEATED, Problem.NONE, 0) for row in bare[1:]]
    else:
        first, second = bare[0].line, bare[1].line
        found.fates += [
            (row.line, Fate.REFUSED, Problem.TWO_OF_A_NAME, second if row.line == first else first) for row in bare
        ]


def _nearly(rows: Sequence[_Row], known: Sequence[_Known]) -> Iterator[tuple[_Row, _Known, int]]:
    """Yield the rows whose name is nearly that of somebody, with the likest."""
    if not known:
        return
    names, step = [one.name for one in known], max(1, _MOST_PAIRS // len(known))
    for start in range(0, len(rows), step):
        part = rows[start : start + step]
        scores = process.cdist([row.name for row in part], names, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.uint8)
        best = scores.argmax(axis=1)
        for place in map(int, np.flatnonzero(scores.max(axis=1))):
            yield part[place], known[int(best[place])], int(scores[place, best[place]])


def _by_name(ones: Iterable[NamedT]) -> dict[str, list[NamedT]]:
    found: dict[str, list[NamedT]] = defaultdict(list)
    for one in ones:
        found[one.name].append(one)
    return found
