"""The rows that a list's plan leaves out, as a file: to be mended and brought in again."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trellis.core.sheets.sending import send_table
from trellis.core.viewer import viewer_of
from trellis.exchange.people.access import open_imports
from trellis.exchange.people.reading import look_at
from trellis.exchange.people.refused import refused_header, refused_rows
from trellis.framework import uploads
from trellis.people.decorators import lacks_second_factor, to_second_factor
from trellis.people.models import Person


@login_required
@require_safe
def refused(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Send them, each as it stands in the list, with the reason; while the import waits."""
    found = get_object_or_404(open_imports(viewer_of(request, Person)), uid=uid)
    if lacks_second_factor(request):
        return to_second_factor(request)
    path = uploads.path_of(found.kept)
    if path is None:
        raise Http404
    header = look_at(path, found.file, found.columns).header
    return send_table(_("refused rows"), "csv", refused_header(header), refused_rows(found, path))
