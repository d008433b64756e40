"""One question of an application: written on a page of its own, kept while one types, with or without a script."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from trellis.core.viewer import viewer_of
from trellis.learning.application_actions import save_answer
from trellis.learning.models import Application, ApplicationStatus, Question
from trellis.learning.programme_access import own_applications
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """GET shows the question; POST keeps the answer and leads on, or says to the page's script what became of it."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(own_applications(viewer).exclude(status=ApplicationStatus.WITHDRAWN), uid=uid)
    questions = list(found.call.questions.all())
    if not 1 <= number <= len(questions):
        raise Http404
    asked = questions[number - 1]
    if request.method == "POST":
        return _keep(request, found, asked, number, len(questions))
    if not found.call.takes_applications:
        return redirect("programmes:application", uid=uid)
    kept = found.answers.filter(question=asked).first()
    return _show(request, found, asked, number, len(questions), text=kept.text if kept else "")


def _keep(request: HttpRequest, found: Application, asked: Question, number: int, many: int) -> HttpResponse:
    viewer = viewer_of(request, Person)
    # Browsers send a line break as two characters, and count it as one.
    text = request.POST.get("text", "").replace("\r\n", "\n")
    by_script = request.headers.get("X-Trellis-Outbox") == "1"
    try:
        save_answer(found, asked, text=text, by=viewer)
    except ValidationError as error:
        if by_script:
            return JsonResponse({"state": "refused", "why": error.messages[0]}, status=422)
        return _show(request, found, asked, number, many, text=text, error=error.messages[0])
    if by_script:
        return JsonResponse({"state": "saved"})
    if number == many or "back" in request.POST:
        return redirect("programmes:application", uid=found.uid)
    return redirect("programmes:question", uid=found.uid, number=number + 1)


def _show(
    request: HttpRequest, found: Application, asked: Question, number: int, many: int, *, text: str, error: str = ""
) -> HttpResponse:
    context = {
        "nav": "programmes",
        "application": found,
        "programme": found.call.programme,
        "question": asked,
        "number": number,
        "many": many,
        "before": number - 1,
        "text": text,
        "error": error,
    }
    return render(request, "learning/programmes/question.html", context, status=422 if error else 200)
