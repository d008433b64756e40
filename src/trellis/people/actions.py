"""Writes of people: sharing, terms, roles, language. Each is atomic and leaves an audit row of codes only."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.people.models import Look, Looked, Person, Role, Sharing, Term, Unit, UnitKind
from trellis.people.roles import read_roles

LOOKS_KEPT = dt.timedelta(days=731)


@transaction.atomic
def change_sharing(person: Person, sharing: str, *, by: audit.Actor | None) -> bool:
    """Set with whom a person shares their file, from this moment; returns whether it changed.

    Raises ValidationError for anything but a value of Sharing.
    """
    if sharing not in Sharing.values:
        raise ValidationError(_("Choose one of the three."))
    before = Person.objects.select_for_update().values_list("sharing", flat=True).get(pk=person.pk)
    person.sharing = sharing
    if before == sharing:
        return False
    person.save(update_fields=["sharing"])
    audit.record(by=by, action="people.sharing", target=f"person:{person.uid}", detail={"from": before, "to": sharing})
    return True


@transaction.atomic
def change_language(person: Person, language: str, *, by: audit.Actor | None) -> None:
    """Set the language that a person reads; raises ValidationError for one that this site does not speak."""
    if language not in dict(settings.LANGUAGES):
        raise ValidationError(_("This site does not speak that language yet."))
    person.language = language
    person.save(update_fields=["language"])
    audit.record(by=by, action="people.language", target=f"person:{person.uid}", detail={"to": language})


@transaction.atomic
def grant_term(
    *, person: Person, role: Role, unit: Unit, starts: dt.date, ends: dt.date | None = None, by: audit.Actor | None
) -> Term:
    """Give a person a role in a unit from the first day to the last, both included.

    Raises ValidationError when the dates are in the wrong order or the same term is there already.
    """
    term = Term(person=person, role=role, unit=unit, starts=starts, ends=ends)
    term.full_clean()
    term.save()
    audit.record(by=by, action="people.term_grant", target=f"person:{person.uid}", detail=_facts(term))
    return term


@transaction.atomic
def found_association(name: str, *, steward: Person) -> Unit:
    """Make the first unit of a site and give a person the steward's role in it from today; the roles are loaded first.

    Raises ValidationError when the name is empty or too long, or the site has its association already.
    """
    if Unit.objects.filter(kind=UnitKind.NATIONAL).exists():
        raise ValidationError(_("This site has its association already."))
    load_roles(by=None)
    tree = (Unit.objects.aggregate(last=Max("tree_id"))["last"] or 0) + 1
    unit = Unit(kind=UnitKind.NATIONAL, name=name.strip(), lft=1, rgt=2, tree_id=tree, depth=1)
    unit.full_clean()
    unit.save()
    audit.record(by=None, action="people.found", target=f"unit:{unit.uid}")
    role = Role.objects.get(code="data-steward")
    grant_term(person=steward, role=role, unit=unit, starts=clock.today(), by=None)
    return unit


@transaction.atomic
def end_term(term: Term, *, last_day: dt.date | None = None, by: audit.Actor | None) -> Term:
    """End a term with a day that still belongs to it (today when not said); access ends when that day is over.

    Raises ValidationError when the day is before the term's first, or the term has ended earlier.
    """
    term = Term.objects.select_for_update(of=("self",)).select_related("person", "role", "unit").get(pk=term.pk)
    last_day = last_day or clock.today()
    if last_day < term.starts:
        raise ValidationError(_("A term cannot end before it starts."))
    if term.ends is not None and term.ends < last_day:
        raise ValidationError(_("This term has ended already."))
    term.ends = last_day
    term.save(update_fields=["ends"])
    audit.record(by=by, action="people.term_end", target=f"person:{term.person.uid}", detail=_facts(term))
    return term


@transaction.atomic
def load_roles(*, by: audit.Actor | None) -> int:
    """Store the roles that come with Trellis, or bring them up to date; returns how many were new or changed.

    Other roles stay as they are. Raises DataFileError for a file that cannot be used.
    """
    kept = {role.code: role for role in Role.objects.select_for_update()}
    changed = []
    for values in read_roles():
        role = kept.get(values["code"], Role())
        if any(getattr(role, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(role, name, value)
            role.save()
            changed.append(role.code)
    if changed:
        audit.record(by=by, action="people.roles", target="roles:shipped", detail={"changed": changed})
    return len(changed)


@transaction.atomic
def record_sign_in(person: Person) -> None:
    """Note in the audit trail that a person has signed in."""
    audit.record(by=person, action="people.sign_in", target=f"person:{person.uid}")


@transaction.atomic
def note_look(
    person: Person, *, by: Person, what: Looked, as_mentor: bool = False, detail: Mapping[str, str] | None = None
) -> None:
    """Write down, for the owner and in the audit trail, that somebody else looked at something of a person's.

    `detail` are codes and uids for the trail alone, such as which piece of evidence it was.
    """
    Look.objects.create(person=person, by=by, what=what, as_mentor=as_mentor)
    audit.record(
        by=by, action="people.look", target=f"person:{person.uid}", detail={"what": str(what), **(detail or {})}
    )


@transaction.atomic
def forget_old_looks(on: dt.date) -> str:
    """Delete the looks that are older than two years; the daily job. Returns a line without names."""
    gone, _rows = Look.objects.filter(at__date__lt=on - LOOKS_KEPT).delete()
    if gone:
        audit.record(by=None, action="people.looks_forget", target="looks:old", detail={"count": gone})
    return f"{gone} forgotten"


@transaction.atomic
def note_looks(people: Collection[Person], *, by: Person, what: Looked) -> None:
    """Write down, for each of these owners, that somebody else looked at something of theirs; one audit row for all."""
    if people:
        Look.objects.bulk_create(Look(person=person, by=by, what=what) for person in people)
        looked_at = [str(person.uid) for person in people]
        audit.record(by=by, action="people.looks", target="people:several", detail={"what": str(what), "at": looked_at})


def _facts(term: Term) -> dict[str, str]:
    facts = {"role": term.role.code, "unit": str(term.unit.uid), "starts": term.starts.isoformat()}
    return facts | ({"ends": term.ends.isoformat()} if term.ends else {})
