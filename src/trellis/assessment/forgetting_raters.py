"""Takes the name of an erased person out of the 360s of others, where they answered by name."""

from dataclasses import replace

from allauth.account.models import EmailAddress

from trellis.assessment.models import Rater, Release, ThreeSixty, ThreeSixtyState
from trellis.assessment.sealed import readdress
from trellis.people.models import Person


def forget_rater(person: Person) -> dict[str, int]:
    """Take a person's name out of released reports and out of sealed answers, and them off the lists of who is asked.

    The answers stay: they belong to whom they are about. In the caller's transaction; returns counts.
    """
    asked = Rater.objects.filter(person=person)
    names = {person.name, *asked.values_list("name", flat=True)} - {""}
    going_on = ThreeSixty.objects.filter(raters__in=asked, state=ThreeSixtyState.OPEN).distinct()
    letters = sum(
        readdress(each, lambda letter: replace(letter, name="") if letter.name in names else None) for each in going_on
    )
    addresses = {person.email, *EmailAddress.objects.filter(user=person).values_list("email", flat=True)} - {None, ""}
    gone, _rows = Rater.objects.filter(person=None, email__in=addresses).delete()
    return {"reports": _unnamed(names), "letters": letters, "asked by address": gone}


def _unnamed(names: set[str]) -> int:
    changed = 0
    for release in Release.objects.order_by("pk").iterator(chunk_size=500):
        found = [one for one in release.content["named"] if one["name"] in names]
        for one in found:
            one["name"] = ""
        if found:
            release.save(update_fields=["content"])
            changed += 1
    return changed
