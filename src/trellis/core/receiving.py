"""Receiving an upload with its limit held while it comes in, so that a huge file never fills the disk."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile, StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from trellis.core.uploads import MOST_BYTES, known_as

# Up to here the rest of a file that is too large is read and thrown away, so that the typed text behind it survives
# and the browser gets an answer. Beyond it the line is cut.
_DRAINED = 64 * 1024 * 1024


class LimitedUpload(TemporaryFileUploadHandler):
    """Keeps one file of one field on disk, up to `most` bytes; `too_large` is the name of a file that was not kept.

    A request is given one of its own before its form is read: `request.upload_handlers = [handler]`.
    """

    def __init__(self, request: HttpRequest, field: str, most: int = MOST_BYTES) -> None:
        super().__init__(request)
        self._most = most
        self.too_large = ""
        self._field = field
        self._received = 0
        self._has_one = False
        self._announced = 0

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Remember how much was announced: the third of what Django hands over."""
        self._announced = int(args[2])

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        """Begin the one file that was asked for; any other is thrown away."""
        if field_name != self._field or self._has_one:
            raise SkipFile
        self._has_one = True
        super().new_file(field_name, *args, **kwargs)
        if self._announced > _DRAINED:
            self._refuse()
            raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write a piece down, unless the file is larger than may be."""
        self._received += len(raw_data)
        if self._received > self._most:
            self._refuse()
            raise SkipFile
        return super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        """Hand the file over, unless it was too large."""
        if self.too_large:
            return None
        complete = super().file_complete(file_size)
        del self.file  # it is the form's now: when a later file is thrown away, Django closes what handlers still hold
        return complete

    def _refuse(self) -> None:
        self.too_large = known_as(self.file_name or "")
        self.file.close()  # deletes what was written so far
