"""Addresses of growth."""

from django.urls import path

from trellis.assessment.models import Moment
from trellis.growth.views.closer_look import begin_closer_look
from trellis.growth.views.evaluation import evaluation
from trellis.growth.views.evidence import evidence_list, evidence_one, evidence_withdraw
from trellis.growth.views.evidence_queue import evidence_queue
from trellis.growth.views.evidence_read import evidence_file, evidence_read, evidence_read_again, evidence_settle
from trellis.growth.views.evidence_send import evidence_add, evidence_choose, evidence_mend, evidence_renew
from trellis.growth.views.feedback import feedback, feedback_pdf, feedback_share
from trellis.growth.views.focus import focus
from trellis.growth.views.for_you import for_you_page, not_for_me
from trellis.growth.views.plan import add_goal, drop_goal, own_step, plan, tick_step
from trellis.growth.views.profiles import profile, profile_list
from trellis.growth.views.shared import shared, shared_file
from trellis.growth.views.standing import standing, standing_pdf
from trellis.growth.views.team import team, teams
from trellis.growth.views.theme import theme

app_name = "growth"
urlpatterns = [
    path("standing/", standing, name="standing"),
    path("standing/pdf/", standing_pdf, name="standing-pdf"),
    path("standing/focus/", focus, name="focus"),
    path("standing/<str:code>/", theme, name="theme"),
    path("plan/", plan, name="plan"),
    path("plan/add/<str:code>/", add_goal, name="add-goal"),
    path("plan/goal/<uuid:uid>/remove/", drop_goal, name="remove-goal"),
    path("plan/goal/<uuid:uid>/step/", own_step, name="add-step"),
    path("plan/closer-look/", begin_closer_look, name="closer-look"),
    path("plan/step/<uuid:uid>/", tick_step, name="step"),
    path("team/", teams, name="teams"),
    path("team/<uuid:uid>/", team, name="team"),
    path("shared/", shared, name="shared"),
    path("shared/<uuid:uid>/", shared_file, name="shared-file"),
    path("evidence/", evidence_list, name="evidence"),
    path("evidence/add/", evidence_choose, name="evidence-choose"),
    path("evidence/add/<str:code>/", evidence_add, name="evidence-add"),
    path("evidence/<uuid:uid>/", evidence_one, name="evidence-one"),
    path("evidence/<uuid:uid>/file/", evidence_file, name="evidence-file"),
    path("evidence/<uuid:uid>/mend/", evidence_mend, name="evidence-mend"),
    path("evidence/<uuid:uid>/renew/", evidence_renew, name="evidence-renew"),
    path("evidence/<uuid:uid>/withdraw/", evidence_withdraw, name="evidence-withdraw"),
    path("evidence/read/", evidence_queue, name="evidence-queue"),
    path("evidence/read/<uuid:uid>/", evidence_read, name="evidence-read"),
    path("evidence/read/<uuid:uid>/again/", evidence_read_again, name="evidence-read-again"),
    path("evidence/read/<uuid:uid>/settle/", evidence_settle, name="evidence-settle"),
    path("feedback/<uuid:uid>/", feedback, name="feedback"),
    path("feedback/<uuid:uid>/pdf/", feedback_pdf, name="feedback-pdf"),
    path("feedback/<uuid:uid>/share/", feedback_share, name="feedback-share"),
    # what joins learning with growth
    path("learn/for-you/", for_you_page, name="for-you"),
    path("learn/for-you/<uuid:uid>/not/", not_for_me, name="not-for-me"),
    path("learn/session/<uuid:uid>/before/", evaluation, {"moment": Moment.BEFORE}, name="evaluation-before"),
    path("learn/session/<uuid:uid>/after/", evaluation, {"moment": Moment.AFTER}, name="evaluation-after"),
    path("roles/", profile_list, name="profiles"),
    path("roles/<uuid:uid>/", profile, name="profile"),
]
