"""Writes of assessment: set up instruments, begin, answer, finish. Each is atomic and leaves an audit row."""

import datetime as dt
import random
from collections.abc import Collection, Mapping
from enum import Enum

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from trellis.assessment.form import Form, Point, lapsed
from trellis.assessment.instruments import shipped
from trellis.assessment.models import Instrument, Rating, Relation, Remark, Response
from trellis.assessment.queries import asked_of, form_for, open_response, open_round, point_of
from trellis.core import audit, clock
from trellis.framework.models import Edition
from trellis.people.models import Person

# A fair order matters here, not secrecy; the system's own source needs no seed.
_shuffle = random.SystemRandom().shuffle

_ANSWER = ["value", "cannot_say", "answered_at"]


class Saved(Enum):
    """What became of an answer that was sent."""

    STORED = "stored"
    UNCHANGED = "unchanged"
    OLDER = "older"  # a newer answer, given on another device, was there already


@transaction.atomic
def set_up_instruments(edition: Edition, *, by: audit.Actor | None) -> list[Instrument]:
    """Make the shipped instruments that ask for what this edition has ready; running it again changes nothing."""
    has_attributes = edition.attributegroups.exists()
    ready = []
    for content in shipped().values():
        if (content["asks"] == "attribute") != has_attributes:
            continue
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
def begin(instrument: Instrument, *, by: Person, themes: Collection[str] = ()) -> Response:
    """Return the person's open response about themselves, or begin a new wave with its own domain order.

    `themes` are the codes asked about when the instrument asks chosen ones; what is open already takes them up too.
    Raises ValidationError when it asks chosen themes and there are none.
    """
    Person.objects.select_for_update().get(pk=by.pk)  # two devices that begin at once get the same response
    if instrument.definition.get("of") == "chosen" and not themes:
        raise ValidationError(_("Choose at least one theme to look at."))
    known = open_response(by, instrument.code)
    if known is not None:
        more = [code for code in themes if code not in known.themes]
        if more:
            known.themes = [*known.themes, *more]
            known.save(update_fields=["themes"])
            audit.record(by=by, action="assessment.widen", target=f"response:{known.uid}", detail={"themes": more})
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
        themes=list(themes),
    )
    audit.record(by=by, action="assessment.begin", target=f"response:{response.uid}", detail={"wave": response.wave})
    return response


@transaction.atomic
def answer(response: Response, point: Point, *, value: int | None, answered_at: dt.datetime, by: Person) -> Saved:
    """Store one answer on the instrument's scale, None for "cannot say"; sending it twice, or late, does no harm.

    Of two answers the one given later stands, whichever arrives first. Raises ValidationError when the response is
    finished, is not the person's own, or the instrument does not ask this or not on this scale.
    """
    _hold_open(response, by=by)
    known = Rating.objects.filter(response=response, **point.fields()).first()
    saved = _weigh(known, value, answered_at)
    if saved is not Saved.STORED:
        return saved
    _check(asked_of(response), point, value)
    # Only what changes is written: to name a column in an update is to write all its indexes.
    rating = _given(known or Rating(response=response, **point.fields()), value, answered_at)
    rating.save(update_fields=_ANSWER if known else None)
    audit.record(
        by=by, action="assessment.answer", target=f"response:{response.uid}", detail={point.kind: str(point.key)}
    )
    return saved


@transaction.atomic
def answer_page(
    response: Response,
    answers: Mapping[Point, int | None],
    remarks: Mapping[str, str],
    *,
    answered_at: dt.datetime,
    by: Person,
) -> int:
    """Store what one page sent, all of it or nothing; return how many answers and remarks are new or different.

    Each answer as in `answer`, each remark (by the code of its open question) as in `write_remark`. What these answers
    no longer ask, such as when somebody last did what they now say they have not done, is taken back.
    """
    _hold_open(response, by=by)
    form = form_for(response)
    known = {point_of(rating): rating for rating in response.ratings.all()}
    stored = []
    for point, value in answers.items():
        if _weigh(known.get(point), value, answered_at) is Saved.STORED:
            _check(form, point, value)
            rating = known.get(point) or Rating(response=response, **point.fields())
            known[point] = _given(rating, value, answered_at)
            stored.append(known[point])
    Rating.objects.bulk_create([rating for rating in stored if rating.pk is None])
    Rating.objects.bulk_update([rating for rating in stored if rating.pk], _ANSWER)
    standing = {point: rating.value for point, rating in known.items()}
    idle = [known[point].pk for page in form.pages for point in lapsed(page, standing) if point in known]
    if idle:
        Rating.objects.filter(pk__in=idle).delete()
    written = _write_remarks(response, form, remarks)
    if stored or idle or written:
        audit.record(
            by=by,
            action="assessment.page",
            target=f"response:{response.uid}",
            detail={"answers": len(stored), "taken back": len(idle), "remarks": written},
        )
    return len(stored) + written


def _hold_open(response: Response, *, by: Person) -> None:
    # Read again, and held until the answer stands: another device may have finished, or be storing the same answer.
    still_open = Response.objects.select_for_update().filter(pk=response.pk, rater=by, finished_at=None)
    if not still_open.values_list("pk", flat=True):
        raise ValidationError(_("These answers are finished and stay as they are. Start again to give new ones."))
    if response.moment and response.round is not None and not response.round.takes_answers(clock.now()):
        raise ValidationError(_("The time for these answers is over. What you gave before counts."))


def _weigh(known: Rating | None, value: int | None, answered_at: dt.datetime) -> Saved:
    """Say what is to become of an answer, beside the one that may be there already."""
    if known is not None and known.answered_at is not None and known.answered_at > answered_at:
        return Saved.OLDER
    return Saved.UNCHANGED if known is not None and known.value == value else Saved.STORED


def _given(rating: Rating, value: int | None, answered_at: dt.datetime) -> Rating:
    rating.value, rating.cannot_say, rating.answered_at = value, value is None, answered_at
    return rating


def _check(form: Form, point: Point, value: int | None) -> None:
    question = form.at(point)
    if question is None:
        raise ValidationError(_("This question is not part of this assessment."))
    if not question.allows(value):
        raise ValidationError(_("This answer is not on the scale of its question."))


@transaction.atomic
def write_remark(response: Response, item: str, text: str, *, by: Person) -> None:
    """Store, replace or (with an empty text) take back what the person wrote to one open question.

    Raises ValidationError when the response is finished or not theirs, or the instrument does not ask this.
    """
    _hold_open(response, by=by)
    _write_remarks(response, form_for(response), {item: text})
    audit.record(by=by, action="assessment.remark", target=f"response:{response.uid}", detail={"item": item})


def _write_remarks(response: Response, form: Form, remarks: Mapping[str, str]) -> int:
    """Store remarks by code, an empty one takes back what was written; return how many changed."""
    if not remarks:
        return 0
    if remarks.keys() - {code for code, _text in form.remarks}:
        raise ValidationError(_("This question is not part of this assessment."))
    known = dict(response.remarks.values_list("item", "text"))
    changed = {item: text for item, text in remarks.items() if known.get(item, "") != text}
    for item, text in changed.items():
        if text:
            Remark.objects.update_or_create(response=response, item=item, defaults={"text": text})
        else:
            Remark.objects.filter(response=response, item=item).delete()
    return len(changed)


@transaction.atomic
def finish(response: Response, *, by: Person) -> Response:
    """Finish the response: from now on it is a wave that stays. Raises ValidationError when nothing is answered."""
    response = Response.objects.select_for_update().get(pk=response.pk, rater=by)
    if response.finished_at is not None:
        return response
    if not response.ratings.exists():
        raise ValidationError(_("Answer at least one question first."))
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
