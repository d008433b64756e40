"""Writes of assessment: set up instruments, begin, answer, finish. Each is atomic and leaves an audit row."""

import datetime as dt
import random
from enum import Enum

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from trellis.assessment.instruments import shipped
from trellis.assessment.models import Instrument, Rating, Relation, Response
from trellis.assessment.queries import open_response, open_round
from trellis.core import audit, clock
from trellis.framework.models import Edition, Theme
from trellis.people.models import Person

# A fair order matters here, not secrecy; the system's own source needs no seed.
_shuffle = random.SystemRandom().shuffle


class Saved(Enum):
    """What became of an answer that was sent."""

    STORED = "stored"
    UNCHANGED = "unchanged"
    OLDER = "older"  # a newer answer, given on another device, was there already


@transaction.atomic
def set_up_instruments(edition: Edition, *, by: audit.Actor | None) -> list[Instrument]:
    """Make the shipped instruments ready for an edition; running it again changes nothing."""
    ready = []
    for content in shipped().values():
        instrument, is_new = Instrument.objects.get_or_create(
            code=content["code"],
            version=content["version"],
            edition=edition,
            defaults={"name": content["name"], "definition": content},
        )
        if is_new:
            audit.record(by=by, action="assessment.instrument", target=f"instrument:{instrument.uid}")
        ready.append(instrument)
    return ready


@transaction.atomic
def begin(instrument: Instrument, *, by: Person) -> Response:
    """Return the person's open self-assessment, or begin a new wave with its own domain order."""
    Person.objects.select_for_update().get(pk=by.pk)  # two devices that begin at once get the same response
    known = open_response(by)
    if known is not None:
        return known
    earlier = Response.objects.filter(rater=by, subject=by, relation=Relation.SELF, instrument__code=instrument.code)
    codes = list(instrument.edition.domains.order_by("order").values_list("code", flat=True))
    if instrument.definition["domains_shuffled"]:
        _shuffle(codes)
    response = Response.objects.create(
        instrument=instrument,
        round=open_round(by, instrument),
        subject=by,
        rater=by,
        wave=(earlier.aggregate(last=Max("wave"))["last"] or 0) + 1,
        domain_order=codes,
    )
    audit.record(by=by, action="assessment.begin", target=f"response:{response.uid}", detail={"wave": response.wave})
    return response


@transaction.atomic
def answer(response: Response, theme_id: int, *, half_steps: int | None, answered_at: dt.datetime, by: Person) -> Saved:
    """Store one answer (half-steps 0 to 6, None for no chance); sending it twice, or late, does no harm.

    Of two answers the one given later stands, whichever arrives first. Raises ValidationError when the response is
    finished, is not the person's own, or the theme is not of its edition.
    """
    # Read again, and held until the answer stands: another device may have finished, or be storing the same theme.
    still_open = Response.objects.select_for_update().filter(pk=response.pk, rater=by, finished_at=None)
    if not still_open.values_list("pk", flat=True):
        raise ValidationError(_("These answers are finished and stay as they are. Start again to give new ones."))
    known = Rating.objects.filter(response=response, theme_id=theme_id).first()
    if known is not None and known.answered_at > answered_at:
        return Saved.OLDER
    if known is not None and known.half_steps == half_steps:
        return Saved.UNCHANGED
    if known is None and not Theme.objects.filter(pk=theme_id, edition=response.instrument.edition_id).exists():
        raise ValidationError(_("This theme is not part of this assessment."))
    rating = known or Rating(response=response, theme_id=theme_id)
    rating.half_steps, rating.no_chance, rating.answered_at = half_steps, half_steps is None, answered_at
    rating.save()
    audit.record(by=by, action="assessment.answer", target=f"response:{response.uid}", detail={"theme": theme_id})
    return Saved.STORED


@transaction.atomic
def finish(response: Response, *, by: Person) -> Response:
    """Finish the response: from now on it is a wave that stays. Raises ValidationError when nothing is answered."""
    response = Response.objects.select_for_update().get(pk=response.pk, rater=by)
    if response.finished_at is not None:
        return response
    if not response.ratings.exists():
        raise ValidationError(_("Answer at least one theme first."))
    response.finished_at = clock.now()
    response.save(update_fields=["finished_at"])
    audit.record(by=by, action="assessment.finish", target=f"response:{response.uid}", detail={"wave": response.wave})
    return response


def instrument_for(edition: Edition, code: str, *, by: audit.Actor | None) -> Instrument:
    """Return an edition's newest version of an instrument, set up on the way when nobody has yet.

    Raises LookupError for a code that no instrument has.
    """
    newest = shipped()[code]["version"]
    known = Instrument.objects.filter(code=code, edition=edition).order_by("-version").first()
    if known is not None and known.version >= newest:
        return known
    return next(ready for ready in set_up_instruments(edition, by=by) if ready.code == code)
