"""When a session is, from the cells of a row: day and time together or apart, a span of times, an end without a day."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from trellis.exchange.catalogue import moments
from trellis.exchange.catalogue.moments import DateOrder
from trellis.exchange.tables.mapping import Record
from trellis.exchange.tables.place import TableError
from trellis.learning.zones import NoSuchTimeError, moment

COLUMNS = ("starts", "start_time", "ends", "end_time", "sign_up_until")
# A session that ends at an hour before its start ends on the next day, unless it would last longer than this.
_LONGEST_NIGHT = dt.timedelta(hours=12)
_ReadT = TypeVar("_ReadT")


class Times:
    """The cells of one row that say when; every TableError names the column."""

    def __init__(self, record: Record, texts: Mapping[str, str], zone: str, order: DateOrder | None) -> None:
        self.record = record
        self.texts = {key: texts[key] for key in COLUMNS if texts.get(key)}
        self.zone = zone
        self.order = order
        self.day: dt.date | None = None
        self.start: dt.time | None = None
        self.end: dt.time | None = None  # of a span of times

    def read(self) -> dict[str, Any]:
        """Return `starts_at`, `ends_at` and `sign_up_until` as moments, those that are said; raises TableError."""
        found: dict[str, Any] = {}
        starts_at = self._starts_at()
        if starts_at is not None:
            found["starts_at"] = starts_at
        if self.end is not None or {"ends", "end_time"} & self.texts.keys():
            found["ends_at"] = self._ends_at(starts_at)
        if "sign_up_until" in self.texts:
            found["sign_up_until"] = self._until()
        return found

    def _starts_at(self) -> dt.datetime | None:
        offset: dt.tzinfo | None = None
        if "starts" in self.texts:
            self.day, self.start, offset = self._moment("starts")
        if "start_time" in self.texts:
            first, self.end = self._read("start_time", moments.read_times)
            if self.start not in (None, first):
                raise self._error("start_time", _("the start has another time of day in its own column."))
            self.start = first
        key = "starts" if "starts" in self.texts else "start_time"
        if self.day is not None and self.start is None:
            raise self._error(key, _("a session needs the time at which it starts, beside its day."))
        if self.start is not None and self.day is None:
            raise self._error(key, _("a session needs the day on which it starts, beside the time."))
        if self.day is None or self.start is None:
            return None
        return self._placed(key, self.day, self.start, offset)

    def _ends_at(self, starts_at: dt.datetime | None) -> dt.datetime:
        key, day, time, offset = "start_time", self.day, self.end, None
        if "ends" in self.texts:
            key = "ends"
            its_day, its_time, offset = self._moment(key)
            day, time = its_day or day, its_time or time
        if "end_time" in self.texts:
            key = "end_time"
            time, _second = self._read(key, moments.read_times)
        if day is None or time is None:
            raise self._error(key, _("the end needs a day and a time."))
        ends_at = self._placed(key, day, time, offset)
        if starts_at is not None and ends_at <= starts_at and day == self.day:
            ends_at = self._placed(key, day + dt.timedelta(days=1), time, offset)
            if ends_at - starts_at > _LONGEST_NIGHT:
                raise self._error(key, _("it must end after it starts."))
        return ends_at

    def _until(self) -> dt.datetime | None:
        if self.texts["sign_up_until"] in moments.DASHES:
            return None
        day, time, offset = self._moment("sign_up_until")
        if day is None:
            raise self._error("sign_up_until", _("this needs a day."))
        return self._placed("sign_up_until", day, time or dt.time(23, 59), offset)

    def _moment(self, key: str) -> tuple[dt.date | None, dt.time | None, dt.tzinfo | None]:
        return self._read(key, lambda text: moments.read_moment(text, self.order))

    def _placed(self, key: str, day: dt.date, time: dt.time, offset: dt.tzinfo | None) -> dt.datetime:
        if offset is not None:
            return dt.datetime.combine(day, time, offset).astimezone(dt.UTC)
        try:
            return moment(day, time, self.zone)
        except NoSuchTimeError as error:
            said = {"day": day.isoformat(), "zone": self.zone, "time": time.isoformat("minutes")}
            reason = _("on %(day)s the clocks of %(zone)s are set forward, so there is no %(time)s.")
            raise self._error(key, reason % said) from error

    def _read(self, key: str, reader: Callable[[str], _ReadT]) -> _ReadT:
        try:
            return reader(self.texts[key])
        except ValueError as error:
            raise self._error(key, str(error)) from error

    def _error(self, key: str, reason: str) -> TableError:
        return TableError(reason, self.record.place(key))
