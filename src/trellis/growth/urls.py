"""Addresses of growth."""

from django.urls import path

from trellis.growth.views.focus import focus
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
    path("plan/step/<uuid:uid>/", tick_step, name="step"),
    path("team/", teams, name="teams"),
    path("team/<uuid:uid>/", team, name="team"),
    path("shared/", shared, name="shared"),
    path("shared/<uuid:uid>/", shared_file, name="shared-file"),
    path("roles/", profile_list, name="profiles"),
    path("roles/<uuid:uid>/", profile, name="profile"),
]
