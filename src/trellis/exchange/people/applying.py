"""Stores what was decided: a handful of statements in one transaction, so that all of it is done or nothing."""

import datetime as dt

from django.db import connection

from trellis.core import clock
from trellis.exchange.people.deciding import DIFFERS, HOMES, NEVER_HERE, Tally
from trellis.exchange.people.fates import Fate
from trellis.exchange.people.keys_after import keys_after
from trellis.exchange.people.stage import Tables
from trellis.people.models import Sharing, Unit

# The password is Django's mark for "cannot sign in with one": a new member asks for a code by mail.
_PERSONS = f"""
INSERT INTO $person (id, password, uid, email, given_name, family_name, occupation, language, sharing, is_active,
                     created_at, member_number)
SELECT n.person, '!', $uid, CASE WHEN n.note = 0 THEN nullif(n.email, '') END, n.given, n.family, n.occupation,
       CASE WHEN la.value = 'none' THEN 'en' ELSE la.value END, '{Sharing.ME}', $yes, %s, nullif(n.number, '')
FROM $new n JOIN $words la ON la.id = n.language
"""  # noqa: S608
_NEW_MEMBERS = """
INSERT INTO $membership (id, person_id, unit_id, since)
SELECT $member_key, n.person, pl.unit, CAST(CASE WHEN da.value = 'none' THEN %s ELSE da.value END AS $date)
FROM $new n JOIN $words pl ON pl.id = n.place JOIN $words da ON da.id = n.since
"""
_CHANGED = f"""
UPDATE $person AS t SET
  given_name = found.given, family_name = found.family, occupation = found.occupation, email = found.email,
  language = found.language, member_number = found.number
FROM (SELECT p.id,
        CASE WHEN r.given <> '' THEN r.given ELSE p.given_name END AS given,
        CASE WHEN r.family <> '' THEN r.family ELSE p.family_name END AS family,
        CASE WHEN r.occupation <> '' THEN r.occupation ELSE p.occupation END AS occupation,
        CASE WHEN r.email <> '' AND d.note = 0 AND {NEVER_HERE} THEN r.email ELSE p.email END AS email,
        CASE WHEN la.value <> 'none' AND {NEVER_HERE} THEN la.value ELSE p.language END AS language,
        coalesce(p.member_number, nullif(r.number, '')) AS number
      FROM $decided d JOIN $rows r ON r.line = d.line JOIN $words la ON la.id = r.language
      JOIN $person p ON p.id = d.person
      WHERE d.fate IN ({Fate.BACK}, {Fate.CHANGED}, {Fate.MOVED}) AND {DIFFERS}) found
WHERE t.id = found.id
"""  # noqa: S608
# The last day is yesterday; who came today leaves today.
_ENDS = "CASE WHEN {start} >= CAST(%s AS $date) THEN {start} ELSE CAST(%s AS $date) END"
_INSIDE = "(SELECT u.id FROM $unit u WHERE u.tree_id = %s AND u.lft BETWEEN %s AND %s {homes})"
_WHO_LEFT = f"(SELECT d.person FROM $decided d WHERE d.fate = {Fate.LEFT} UNION SELECT mi.person FROM $missing mi)"  # noqa: S608
_MOVED_OUT = (
    f"UPDATE $membership SET until = {_ENDS.format(start='since')} WHERE (until IS NULL OR until >= %s)"  # noqa: S608
    f" AND person_id IN (SELECT d.person FROM $decided d WHERE d.fate = {Fate.MOVED})"
    f" AND unit_id IN {_INSIDE.format(homes=f'AND u.kind IN {HOMES}')}"
)
_MOVED_IN = f"""
INSERT INTO $membership (person_id, unit_id, since)
SELECT d.person, pl.unit,
       CAST(CASE WHEN da.value <> 'none' AND NOT EXISTS (SELECT 1 FROM $membership m WHERE m.person_id = d.person)
                 THEN da.value ELSE %s END AS $date)
FROM $decided d JOIN $rows r ON r.line = d.line JOIN $words pl ON pl.id = r.place JOIN $words da ON da.id = r.since
WHERE d.fate IN ({Fate.BACK}, {Fate.MOVED}) ORDER BY d.line
"""  # noqa: S608
_LEFT_MEMBERSHIPS = (
    f"UPDATE $membership SET until = {_ENDS.format(start='since')} WHERE (until IS NULL OR until >= %s)"  # noqa: S608
    f" AND person_id IN {_WHO_LEFT} AND unit_id IN {_INSIDE.format(homes='')}"
)
_LEFT_TERMS = (
    f"UPDATE $term SET ends = {_ENDS.format(start='starts')} WHERE (ends IS NULL OR ends >= %s)"  # noqa: S608
    f" AND person_id IN {_WHO_LEFT} AND unit_id IN {_INSIDE.format(homes='')}"
)
# Pages of SQLite's that are kept while millions of random keys find their places; the rest of a process stays small.
_CACHE = "PRAGMA cache_size=-96000"


def apply(tables: Tables, scope: Unit, decided: Tally) -> None:
    """Store persons and memberships as decided; the caller's transaction holds it together."""
    today = clock.today().isoformat()
    yesterday = (clock.today() - dt.timedelta(days=1)).isoformat()
    leaving = (today, yesterday, today, scope.tree_id, scope.lft, scope.rgt)
    if decided.of(Fate.NEW):
        with keys_after(decided.of(Fate.NEW)) as alone:
            tables.number_new(alone=alone)
            tables.run(_PERSONS, connection.ops.adapt_datetimefield_value(clock.now()))
            tables.run(_NEW_MEMBERS, today)
    if any(map(decided.of, (Fate.BACK, Fate.CHANGED, Fate.MOVED))):
        tables.run(_CHANGED)
        tables.run(_MOVED_OUT, *leaving)
        tables.run(_MOVED_IN, today)
    if decided.leaving:
        tables.run(_LEFT_MEMBERSHIPS, *leaving)
        tables.run(_LEFT_TERMS, *leaving)


def widen_cache() -> None:
    """Let SQLite keep more of its file in memory for as long as this process works; nothing elsewhere."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(_CACHE)
