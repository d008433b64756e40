"""How the plan works: when to check in, what a mentor sees, the weekly mail; and turning that off from the mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from trellis.core.viewer import viewer_of
from trellis.growth.access import own_plan
from trellis.growth.models import Plan
from trellis.growth.plan_actions import set_rhythm, share_plan
from trellis.growth.plan_forms import PlanSettingsForm
from trellis.growth.weekly_mail import plan_of, set_weekly_mail
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
def plan_settings(request: HttpRequest) -> HttpResponse:
    """Show the choices; a POST keeps them."""
    viewer = viewer_of(request, Person)
    plan = own_plan(viewer).first() or Plan()
    initial = {
        "rhythm": plan.check_in_weeks or 0,
        "sharing": plan.shared_with_mentors,
        "mails_weekly": plan.mails_weekly,
        "weekday": plan.mail_weekday,
    }
    form = PlanSettingsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        set_rhythm(chosen["rhythm"] or None, by=viewer)
        share_plan(chosen["sharing"], by=viewer)
        set_weekly_mail(own_plan(viewer).get(), on=chosen["mails_weekly"], weekday=chosen["weekday"], by=viewer)
        messages.success(request, _("Saved."))
        return redirect("growth:plan")
    context = {"nav": "plan", "form": form, "address": viewer.email}
    return render(request, "growth/plan/settings.html", context, status=422 if form.errors else 200)


# Whoever holds the link is the one who got the mail: no sign-in, and no form token either, since mail programs send
# the same POST by themselves when their own "unsubscribe" is pressed (RFC 8058).
@csrf_exempt
@require_http_methods(["GET", "POST"])
def weekly_mail(request: HttpRequest, link: str) -> HttpResponse:
    """Ask whether to turn the weekly mail off, and do it in one press; looking at the page changes nothing."""
    plan = plan_of(link)
    if plan is None:
        raise Http404
    if request.method == "POST":
        set_weekly_mail(plan, on=False, by=None)
        plan.refresh_from_db()
    response = render(request, "growth/plan/weekly_mail.html", {"is_on": plan.mails_weekly})
    response["Referrer-Policy"] = "no-referrer"
    return response
