"""Attacks on a closed 360. Each takes what an attacker can see and returns what it has learned: nothing, we hope.

An attacker may hold the whole database, know every rater's name, address, link and the order in which they answered
(from the mails of a shared office, say), and may be the rated person, with the report in hand.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection

from tests.assessment.three_sixty.circle import Circle, Given
from trellis.assessment.models import Rating, Response
from trellis.assessment.releasing import Report
from trellis.core import sealing


def _rows() -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Every row of every table, our own and those of other packages."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            yield from ((table, row) for row in cursor.fetchall())


def traces_of(circle: Circle) -> list[str]:
    """Tables in which anything of a rater is left: name, address, row, link, envelope."""
    marks = [mark for given in circle.given for mark in marks_of(given)]
    found = []
    for table, row in _rows():
        text = " ".join(
            bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value) for value in row
        )
        if any(mark in text for mark in marks):
            found.append(table)
    return found


def _text(value: Any) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)


def marks_of(given: Given) -> list[str]:
    """Everything by which a rater could be told in a file or a row."""
    rater = given.rater
    return [
        rater.name,
        rater.email,
        str(rater.uid),
        rater.uid.hex,
        given.secret,
        given.token,
        sealing.digest(given.secret),
        sealing.digest(given.token),
    ]


def joins_to_raters(circle: Circle) -> list[str]:
    """Ways by which a stored answer leads to who gave it: keys that are set on the way from a rating."""
    found = []
    for response in Response.objects.filter(round=circle.three_sixty.round):
        if response.rater_id is not None:
            found.append("response.rater")
    for model in apps.get_models():
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not field.concrete or target not in (Response, Rating) or model is Rating:
                continue
            if model._default_manager.filter(**{f"{field.name}__isnull": False}).exists():
                found.append(f"{model._meta.label}.{field.name}")
    return found


def times_of(circle: Circle) -> set[Any]:
    """Different moments that stand beside stored answers; one is the closing, and says nothing."""
    responses = Response.objects.filter(round=circle.three_sixty.round)
    ratings = Rating.objects.filter(response__in=responses)
    moments = {*responses.values_list("started_at", flat=True), *ratings.values_list("answered_at", flat=True)}
    moments |= {*responses.values_list("finished_at", flat=True)}
    return moments - {None, circle.three_sixty.closed_at}


def raters_known_by_order(circle: Circle) -> int:
    """How many raters are found by counting: the k-th stored answer (by any key) taken for the k-th who answered."""
    responses = Response.objects.filter(round=circle.three_sixty.round).prefetch_related("ratings")
    stored = [
        {rating.theme_id: rating.value for rating in response.ratings.all()} for response in responses.order_by("pk")
    ]
    answered = [given.answers for given in circle.given]
    return max(sum(a == b for a, b in zip(way, answered, strict=False)) for way in (stored, stored[::-1]))


def comments_known_by_order(circle: Circle, report: Report) -> int:
    """How many comments are found by counting, the same way."""
    shown = report.comments.get("well", [])
    written = [given.comment for given in circle.given]
    return max(sum(a == b for a, b in zip(way, written, strict=False)) for way in (shown, shown[::-1]))


def groups_smaller_than_five(report: Report) -> list[str]:
    """Groups, and group and theme, that stand on fewer than five."""
    small = [group for group, raters in report.groups.items() if raters < 5]
    for theme, shown in report.themes.items():
        small += [f"{theme} {group}" for group, (_, raters) in shown.items() if raters < 5]
    return small


def kinds_by_subtraction(circle: Circle, report: Report) -> list[str]:
    """Kinds of rater that can be had by taking shown groups from a shown one: fewer than five would stand alone."""
    asked: dict[str, int] = {}
    for given in circle.given:
        if given.answers:
            asked[given.rater.relation] = asked.get(given.rater.relation, 0) + 1
    everybody = sum(asked.values())
    found = []
    for group, raters in report.groups.items():
        rest = raters - sum(size for other, size in report.groups.items() if other != group)
        if raters == everybody and 0 < rest < 5 and len(report.groups) > 1:
            found.append(group)
    return found


def names_in_comments(circle: Circle, report: Report) -> list[str]:
    """Raters' names that stand in the comments of others."""
    text = " ".join(comment for comments in report.comments.values() for comment in comments).lower()
    return [part for given in circle.given for part in given.rater.name.lower().split() if part in text]


def differences(before: Report, after: Report) -> list[str]:
    """What a rated person learns from reading the report twice: themes that have moved in between."""
    return [theme for theme, shown in after.themes.items() if before.themes.get(theme) != shown]
