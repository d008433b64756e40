"""A process that runs a whole 360 on a database file of its own: `python -m tests.assessment.three_sixty.drive [weak]`.

It prints what an attacker would look for in the files afterwards. With `weak` deleted rows are not overwritten and
the log is not emptied.
"""

import json
import sys
from datetime import date

import django
from django.core.management import call_command
from django.db import connection

django.setup()

from tests.assessment.three_sixty.attacks import marks_of  # noqa: E402
from tests.assessment.three_sixty.circle import answered_circle  # noqa: E402
from trellis.assessment import closing  # noqa: E402
from trellis.people.models import Membership, Person, Unit  # noqa: E402


def main(weak: bool) -> None:
    """Prepare the file, ask eleven raters, close."""
    call_command("migrate", verbosity=0)
    call_command("load_framework", verbosity=0)
    if weak:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=OFF")
        closing.forget_deleted = lambda connection: None
    person = Person.objects.create(email="rated@example.net", given_name="Rated")
    home = Unit.objects.add_root(instance=Unit(kind="local", name="Home"))
    Membership.objects.create(person=person, unit=home, since=date(2026, 1, 1))
    circle = answered_circle(person, [("peer", 6), ("follower", 4)])
    marks = [mark for given in circle.given for mark in marks_of(given)]
    circle.close()
    print(json.dumps(marks))


if __name__ == "__main__":
    main("weak" in sys.argv[1:])
