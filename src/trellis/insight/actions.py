"""Writes of insight: waves are opened and closed; what a closed one says is released once."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.insight.models import Wave, WaveStatus


@transaction.atomic
def open_wave(*, code: str, name: str, opens_on: dt.date, closes_on: dt.date, by: audit.Actor | None) -> Wave:
    """Open a wave; raises ValidationError when its days are not in order or lie in another wave, or its code is taken.

    An answer belongs to the wave in which it was finished, so two may not share a day.
    """
    wave = Wave(code=code, name=name, opens_on=opens_on, closes_on=closes_on)
    wave.full_clean()
    shared = Wave.objects.filter(opens_on__lte=closes_on, closes_on__gte=opens_on).first()
    if shared is not None:
        raise ValidationError(_("These days lie in the wave %(name)s already.") % {"name": shared.name})
    wave.save()
    audit.record(by=by, action="wave.open", target=f"wave:{wave.uid}", detail={"code": code})
    return wave


@transaction.atomic
def close_wave(wave: Wave, *, by: audit.Actor | None) -> Wave:
    """Close a wave, after its last day: places and groups of its people stay as they were then. It never opens again.

    Raises ValidationError when it is closed, or its last day has not passed.
    """
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    if wave.is_closed:
        raise ValidationError(_("This wave is closed already."))
    if clock.today() <= wave.closes_on:
        raise ValidationError(_("Its last day has not passed: answers may still come in."))
    wave.status, wave.closed_at = WaveStatus.CLOSED, clock.now()
    wave.save(update_fields=["status", "closed_at"])
    audit.record(by=by, action="wave.close", target=f"wave:{wave.uid}", detail={"code": wave.code})
    return wave
