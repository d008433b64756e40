"""Decides what becomes of each staged row, in the database: a handful of statements, whatever the size of the list."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from allauth.account.models import EmailAddress

from trellis.core import clock
from trellis.exchange.people.fates import Fate, Known, Note, Problem
from trellis.exchange.people.matching import match_by_email, match_by_name
from trellis.exchange.people.places import NEW, OUT
from trellis.exchange.people.stage import INSIDE, IS_NEW, Tables
from trellis.people.models import Person, Unit, UnitKind

_P, _F = Problem, Fate
# Where somebody works or belongs; a committee is where one helps, and stays out of lists of members.
HOMES = f"('{UnitKind.WORKSITE}', '{UnitKind.LOCAL}', '{UnitKind.STATE}', '{UnitKind.NATIONAL}')"

# Words that cannot be used, or say that a row is left out.
_WRONG = f"""
SELECT id FROM $words WHERE CASE kind WHEN 'place' THEN value = '{OUT}' OR (unit IS NULL AND value <> '{NEW}')
ELSE value = '' END
"""  # noqa: S608
# A database without statistics must not begin with the units: so the order of joins is said where it matters, and a
# plus sign keeps an index from being used.
_FIRST = f"""
INSERT INTO $decided (line, person, how, fate, problem, col)
SELECT line, person, CASE WHEN person IS NULL THEN {Known.NOBODY} ELSE {Known.NUMBER} END,
       CASE WHEN problem <> 0 THEN {_F.REFUSED} ELSE {_F.UNDECIDED} END, problem, col
FROM (SELECT r.line, p.id AS person, r.col,
             CASE WHEN r.problem <> 0 THEN r.problem
                  WHEN pl.value = '{OUT}' THEN {_P.LEFT_OUT}
                  WHEN pl.unit IS NULL AND pl.value <> '{NEW}' THEN {_P.NO_PLACE}
                  WHEN da.value = '' THEN {_P.BAD_DATE}
                  WHEN st.value = '' THEN {_P.BAD_STATUS}
                  WHEN la.value = '' THEN {_P.BAD_LANGUAGE} ELSE 0 END AS problem
      FROM $rows r LEFT JOIN $person p ON p.member_number = r.number AND r.number <> ''
      CROSS JOIN $words pl CROSS JOIN $words da CROSS JOIN $words st CROSS JOIN $words la
      WHERE (p.id IS NOT NULL OR r.problem <> 0 OR r.place IN ({_WRONG}) OR r.since IN ({_WRONG})
             OR r.status IN ({_WRONG}) OR r.language IN ({_WRONG}))
        AND pl.id = r.place AND da.id = r.since AND st.id = r.status AND la.id = r.language) found
ORDER BY line
"""  # noqa: S608
_SAME_TEXT = " AND ".join(
    f"r.{column} = o.{column}"
    for column in ("number", "given", "family", "email", "occupation", "place", "since", "status", "language")
)
_REPEATED = f"""
INSERT INTO $decided (line, fate)
SELECT t.line, {_F.REPEATED} FROM $twins t JOIN $rows r ON r.line = t.line JOIN $rows o ON o.line = t.other
WHERE t.kind = 'number' AND t.other < t.line AND {_SAME_TEXT}
  AND NOT EXISTS (SELECT 1 FROM $decided d WHERE d.line = t.line AND d.fate = {_F.REFUSED})
ON CONFLICT (line) DO UPDATE SET fate = excluded.fate
"""  # noqa: S608
_TWINS = f"""
INSERT INTO $decided (line, fate, problem, col, other)
SELECT t.line, {_F.REFUSED}, {_P.TWIN}, 'number', t.other FROM $twins t
WHERE t.kind = 'number'
  AND NOT EXISTS (SELECT 1 FROM $decided d WHERE d.line = t.line AND d.fate IN ({_F.REFUSED}, {_F.REPEATED}))
  AND NOT EXISTS (SELECT 1 FROM $decided o WHERE o.line = t.other AND o.fate = {_F.REPEATED})
ON CONFLICT (line) DO UPDATE SET fate = excluded.fate, problem = excluded.problem, col = excluded.col,
  other = excluded.other
"""  # noqa: S608
_WITH_NOTE = "ON CONFLICT (line) DO UPDATE SET note = excluded.note"
_SHARED = f"""
INSERT INTO $decided (line, fate, note)
SELECT t.line, {_F.NEW}, {Note.SHARED_EMAIL} FROM $twins t
WHERE t.kind = 'email'
  AND NOT EXISTS (SELECT 1 FROM $decided d WHERE d.line IN (t.line, t.other) AND d.fate = {_F.REPEATED})
{_WITH_NOTE}
"""  # noqa: S608
_TAKEN = f"""
INSERT INTO $decided (line, fate, note)
SELECT line, {_F.NEW}, {Note.TAKEN_EMAIL} FROM (
  SELECT r.line, p.id AS person FROM $rows r CROSS JOIN $person p WHERE p.email = r.email
  UNION SELECT r.line, a.user_id FROM $rows r CROSS JOIN $address a WHERE a.email = r.email) holds
WHERE NOT EXISTS (SELECT 1 FROM $decided d WHERE d.line = holds.line
                  AND (d.person = holds.person OR d.note <> 0 OR d.fate = {_F.REFUSED}))
GROUP BY line
{_WITH_NOTE}
"""  # noqa: S608
# Whoever belongs somewhere else today, and never here, is not this list's to take.
_OUTSIDE = f"""
UPDATE $decided AS d SET fate = {_F.REFUSED}, problem = {_P.OUTSIDE},
  col = CASE how WHEN {Known.NUMBER} THEN 'number' ELSE 'email' END
WHERE person IS NOT NULL AND fate <> {_F.REFUSED}
  AND EXISTS (SELECT 1 FROM $membership m WHERE m.person_id = d.person AND (m.until IS NULL OR m.until >= %s))
  AND NOT EXISTS (SELECT 1 FROM $membership m WHERE m.person_id = d.person AND {INSIDE}))
"""  # noqa: S608
_ONE_FOR_TWO = f"""
UPDATE $decided SET fate = {_F.REFUSED}, problem = {_P.ONE_FOR_TWO}
WHERE fate NOT IN ({_F.REFUSED}, {_F.REPEATED}) AND how <> {Known.NUMBER} AND person IN (
  SELECT person FROM $decided WHERE person IS NOT NULL AND fate <> {_F.REPEATED} GROUP BY person HAVING count(*) > 1)
"""  # noqa: S608
_PRESENT = f"""EXISTS (
  SELECT 1 FROM $membership m WHERE m.person_id = p.id AND (m.until IS NULL OR m.until >= %s)
  AND {INSIDE} AND u.kind IN {HOMES}))
"""  # noqa: S608
_AT_HOME = f"""EXISTS (
  SELECT 1 FROM $membership m CROSS JOIN $unit u CROSS JOIN $unit t
  WHERE m.person_id = p.id AND (m.until IS NULL OR m.until >= %s) AND u.id = m.unit_id AND t.id = pl.unit
  AND +u.tree_id = t.tree_id AND +u.lft BETWEEN t.lft AND t.rgt AND u.kind IN {HOMES})
"""  # noqa: S608
# Nearly everybody of a list that comes again is where it says, which is one key to look for.
_THERE = """EXISTS (
  SELECT 1 FROM $membership m WHERE m.person_id = p.id AND m.unit_id = pl.unit AND m.until IS NULL)
"""
NEVER_HERE = "p.last_login IS NULL AND NOT EXISTS (SELECT 1 FROM $address a WHERE a.user_id = p.id)"
DIFFERS = (
    "((r.given <> '' AND r.given <> p.given_name) OR (r.family <> '' AND r.family <> p.family_name)"
    " OR (r.occupation <> '' AND r.occupation <> p.occupation)"
    " OR (r.number <> '' AND p.member_number IS NULL)"
    f" OR ((({{email}}) OR (la.value <> 'none' AND la.value <> p.language)) AND {NEVER_HERE}))"
).format(email="r.email <> '' AND d.note = 0 AND r.email <> coalesce(p.email, '')")
_KNOWN = f"""
UPDATE $decided AS d SET fate = found.fate FROM (
  SELECT d.line, CASE
    WHEN st.value = 'gone' THEN CASE WHEN {_PRESENT} THEN {_F.LEFT} ELSE {_F.SAME} END
    ELSE coalesce(
      CASE WHEN {_THERE} THEN NULL WHEN NOT {_PRESENT} THEN {_F.BACK} WHEN NOT {_AT_HOME} THEN {_F.MOVED} END,
      CASE WHEN {DIFFERS} THEN {_F.CHANGED} ELSE {_F.SAME} END) END AS fate
  FROM $decided d JOIN $rows r ON r.line = d.line JOIN $words pl ON pl.id = r.place
  JOIN $words st ON st.id = r.status JOIN $words la ON la.id = r.language JOIN $person p ON p.id = d.person
  WHERE d.fate = {_F.UNDECIDED}) found
WHERE found.line = d.line
"""  # noqa: S608
_ANYBODY_KNOWN = "SELECT 1 FROM $decided WHERE person IS NOT NULL LIMIT 1"
_ANYBODY_GONE = "SELECT 1 FROM $words WHERE kind = 'status' AND value = 'gone' LIMIT 1"
# Somebody whom nobody knows here, and who has left, is no news.
_NEVER_CAME = f"""
INSERT INTO $decided (line, fate)
SELECT r.line, {_F.SAME} FROM $rows r JOIN $words st ON st.id = r.status
WHERE st.value = 'gone' AND {IS_NEW}
ON CONFLICT (line) DO UPDATE SET fate = excluded.fate
"""  # noqa: S608
_MISSING = f"""
INSERT INTO $missing (person)
SELECT DISTINCT m.person_id FROM $membership m JOIN $unit u ON u.id = m.unit_id JOIN $person p ON p.id = m.person_id
WHERE (m.until IS NULL OR m.until >= %s) AND u.tree_id = %s AND u.lft BETWEEN %s AND %s AND u.kind IN {HOMES}
  AND p.member_number IS NOT NULL
  AND m.person_id NOT IN (SELECT person FROM $decided WHERE person IS NOT NULL)
"""  # noqa: S608


_TALLY = f"""
SELECT fate, count(*), sum(CASE WHEN note <> 0 AND fate <= {_F.LEFT} THEN 1 ELSE 0 END),
       sum(CASE WHEN how = {Known.NAME} THEN 1 ELSE 0 END)
FROM $decided GROUP BY fate
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows have which fate; `missing` belong here and do not stand in a list that is whole."""

    fates: dict[Fate, int]
    missing: int
    notes: int
    by_name: int

    def of(self, fate: Fate) -> int:
        """Return how many rows have this fate."""
        return self.fates.get(fate, 0)

    @property
    def leaving(self) -> int:
        """How many leave, because the list says so or does not name them."""
        return self.of(Fate.LEFT) + self.missing

    @property
    def left_out(self) -> int:
        """How many rows are not brought in as they are."""
        return self.of(Fate.REFUSED) + self.of(Fate.ASKED)

    @property
    def does_something(self) -> bool:
        """Whether running it would change anything."""
        return bool(self.missing or sum(map(self.of, (Fate.NEW, Fate.BACK, Fate.CHANGED, Fate.MOVED, Fate.LEFT))))

    def as_codes(self) -> dict[str, int]:
        """Return the numbers by code, for the audit trail and to tell one plan from another."""
        codes = {fate.name.lower(): count for fate, count in sorted(self.fates.items())}
        return codes | {"missing": self.missing, "without_email": self.notes, "by_name": self.by_name}


def decide(tables: Tables, scope: Unit, *, is_whole: bool, answers: Mapping[str, str]) -> Tally:
    """Decide about every row anew; `answers` says for a row that may be somebody, by its number, who it is.

    Places and words must have been read. `is_whole` says that whoever is missing has left.
    """
    today, inside = clock.today().isoformat(), (scope.tree_id, scope.lft, scope.rgt)
    tables.clear()
    tables.measure("rows", "words", "twins")
    tables.run(_FIRST)
    tables.measure("decided")
    tables.run(_REPEATED)
    tables.run(_TWINS)
    tables.run(_SHARED)
    if Person.objects.filter(email__isnull=False).exists() or EmailAddress.objects.exists():
        match_by_email(tables, scope, answers)
        tables.run(_TAKEN)
    match_by_name(tables, scope, answers)
    if any(tables.ask(_ANYBODY_KNOWN)):
        if not scope.is_top:
            tables.run(_OUTSIDE, today, *inside)
        tables.run(_ONE_FOR_TWO)
        tables.run(_KNOWN, *(today, *inside) * 2, today)
    if any(tables.ask(_ANYBODY_GONE)):
        tables.run(_NEVER_CAME)
    if is_whole:
        tables.run(_MISSING, today, *inside)
    return tally(tables)


def tally(tables: Tables) -> Tally:
    """Count what was decided."""
    counts: Counter[Fate] = Counter()
    notes = by_name = 0
    for fate, rows, with_note, named in tables.ask(_TALLY):
        counts[Fate(fate)] += rows
        notes, by_name = notes + with_note, by_name + named
    ((rows, missing),) = tables.ask("SELECT (SELECT count(*) FROM $rows), (SELECT count(*) FROM $missing)")
    if plain := rows - counts.total():
        counts[Fate.NEW] += plain
    return Tally(dict(counts), missing, notes, by_name)
