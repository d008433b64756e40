"""Addresses of growth."""

from django.urls import include, path

from trellis.assessment.models import Moment
from trellis.growth.views import steps
from trellis.growth.views.check_in import check_in, journal, journal_remove
from trellis.growth.views.closer_look import begin_closer_look
from trellis.growth.views.coverage import coverage_page, coverages
from trellis.growth.views.effects import effects
from trellis.growth.views.evaluation import evaluation
from trellis.growth.views.evidence import evidence_list, evidence_one, evidence_withdraw
from trellis.growth.views.evidence_queue import evidence_queue
from trellis.growth.views.evidence_read import evidence_file, evidence_read, evidence_read_again, evidence_settle
from trellis.growth.views.evidence_send import evidence_add, evidence_choose, evidence_mend, evidence_renew
from trellis.growth.views.feedback import feedback, feedback_pdf, feedback_share
from trellis.growth.views.focus import focus
from trellis.growth.views.for_you import for_you_page, not_for_me
from trellis.growth.views.goal import bring_goal_back, drop_goal, goal, goal_status
from trellis.growth.views.goal_new import goal_new
from trellis.growth.views.plan import add_goal, plan, why
from trellis.growth.views.plan_pdf import plan_pdf
from trellis.growth.views.plan_settings import plan_settings, weekly_mail
from trellis.growth.views.profiles import profile, profile_list
from trellis.growth.views.shared import shared, shared_file, shared_plan
from trellis.growth.views.standing import standing, standing_pdf
from trellis.growth.views.team import team, teams
from trellis.growth.views.template_edit import (
    template_edit,
    template_goal,
    template_goal_remove,
    template_new,
    template_step_remove,
)
from trellis.growth.views.templates import template_list, template_one
from trellis.growth.views.theme import theme

app_name = "growth"
urlpatterns = [
    path("standing/", standing, name="standing"),
    path("standing/pdf/", standing_pdf, name="standing-pdf"),
    path("standing/focus/", focus, name="focus"),
    path("standing/<str:code>/", theme, name="theme"),
    path("plan/", plan, name="plan"),
    path("plan/pdf/", plan_pdf, name="plan-pdf"),
    path("plan/why/", why, name="why"),
    path("plan/settings/", plan_settings, name="plan-settings"),
    path("plan/check-in/", check_in, name="check-in"),
    path("plan/journal/", journal, name="journal"),
    path("plan/journal/<uuid:uid>/remove/", journal_remove, name="journal-remove"),
    path("plan/add/", goal_new, name="goal-new"),
    path("plan/add/<str:code>/", add_goal, name="add-goal"),
    path("plan/goal/<uuid:uid>/", goal, name="goal"),
    path("plan/goal/<uuid:uid>/status/", goal_status, name="goal-status"),
    path("plan/goal/<uuid:uid>/remove/", drop_goal, name="remove-goal"),
    path("plan/goal/<uuid:uid>/restore/", bring_goal_back, name="restore-goal"),
    path("plan/goal/<uuid:uid>/step/", steps.add, name="add-step"),
    path("plan/closer-look/", begin_closer_look, name="closer-look"),
    path("plan/step/<uuid:uid>/", steps.tick, name="step"),
    path("plan/step/<uuid:uid>/edit/", steps.edit, name="step-edit"),
    path("plan/step/<uuid:uid>/shift/", steps.shift, name="shift-step"),
    path("plan/step/<uuid:uid>/remove/", steps.drop, name="remove-step"),
    path("plan/step/<uuid:uid>/restore/", steps.bring_back, name="restore-step"),
    path("plan/templates/", template_list, name="templates"),
    path("plan/templates/new/", template_new, name="template-new"),
    path("plan/templates/<uuid:uid>/", template_one, name="template"),
    path("plan/templates/<uuid:uid>/edit/", template_edit, name="template-edit"),
    path("plan/templates/<uuid:uid>/goal/<int:number>/", template_goal, name="template-goal"),
    path("plan/templates/<uuid:uid>/goal/<int:number>/remove/", template_goal_remove, name="template-goal-remove"),
    path("plan/templates/<uuid:uid>/step/<int:number>/remove/", template_step_remove, name="template-step-remove"),
    path("weekly-mail/<str:link>/", weekly_mail, name="weekly-mail"),
    path("team/", teams, name="teams"),
    path("team/<uuid:uid>/", team, name="team"),
    path("shared/", shared, name="shared"),
    path("shared/<uuid:uid>/", shared_file, name="shared-file"),
    path("shared/<uuid:uid>/plan/", shared_plan, name="shared-plan"),
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
    path("learn/coverage/", coverages, name="coverages"),
    path("learn/coverage/<uuid:uid>/", coverage_page, name="coverage"),
    path("learn/effects/", effects, name="effects"),
    path("learn/for-you/", for_you_page, name="for-you"),
    path("learn/for-you/<uuid:uid>/not/", not_for_me, name="not-for-me"),
    path("learn/session/<uuid:uid>/before/", evaluation, {"moment": Moment.BEFORE}, name="evaluation-before"),
    path("learn/session/<uuid:uid>/after/", evaluation, {"moment": Moment.AFTER}, name="evaluation-after"),
    path("roles/", profile_list, name="profiles"),
    path("roles/<uuid:uid>/", profile, name="profile"),
    path("", include("trellis.growth.mentor_urls")),
]
