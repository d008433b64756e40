"""What the columns of a list mean: as it was guessed, with examples, and changed by a person."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from trellis.core.viewer import viewer_of
from trellis.exchange.people.access import open_imports
from trellis.exchange.people.actions import choose_columns
from trellis.exchange.people.forms import ColumnsForm
from trellis.exchange.people.reading import look_at
from trellis.exchange.people.work import start
from trellis.exchange.tables.place import TableError
from trellis.framework import uploads
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@second_factor_required
def columns(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the columns of a list that waits, and read it anew when they are changed."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(open_imports(viewer), uid=uid)
    path = uploads.path_of(found.kept)
    if path is None:
        raise Http404
    try:
        reading = look_at(path, found.file, found.columns)
    except TableError as error:
        raise Http404 from error
    form = ColumnsForm(request.POST or None, reading=reading)
    if request.method == "POST" and form.is_valid():
        choose_columns(found, form.columns(), reading.header, by=viewer)
        start(found)
        return redirect("members:page", uid=uid)
    context = {"found": found, "form": form}
    return render(request, "exchange/people/columns.html", context, status=422 if form.errors else 200)
