"""Addresses of learning."""

from django.urls import path

from trellis.learning.views.arrange import arrange, arranged
from trellis.learning.views.catalogue import catalogue
from trellis.learning.views.here import here
from trellis.learning.views.materials import material, material_remove, materials
from trellis.learning.views.mine import mine
from trellis.learning.views.offering import offering
from trellis.learning.views.offering_edit import (
    offering_add,
    offering_change,
    offering_discard,
    offering_list,
    offering_retire,
)
from trellis.learning.views.people import needs, people
from trellis.learning.views.room import new_code, room
from trellis.learning.views.session import session, session_leave, session_needs, session_sign_up
from trellis.learning.views.session_edit import session_cancel, session_change, session_copy, session_plan

app_name = "learning"
urlpatterns = [
    path("", catalogue, name="catalogue"),
    path("mine/", mine, name="mine"),
    path("offering/<uuid:uid>/", offering, name="offering"),
    path("material/<uuid:uid>/", material, name="material"),
    path("session/<uuid:uid>/", session, name="session"),
    path("session/<uuid:uid>/sign-up/", session_sign_up, name="sign-up"),
    path("session/<uuid:uid>/needs/", session_needs, name="needs-change"),
    path("session/<uuid:uid>/leave/", session_leave, name="leave"),
    path("here/<str:key>/", here, name="here"),
    path("arrange/", arrange, name="arrange"),
    path("arrange/offerings/", arranged, name="arranged"),
    path("arrange/offerings/add/", offering_add, name="offering-add"),
    path("arrange/offering/<uuid:uid>/", offering_change, name="offering-change"),
    path("arrange/offering/<uuid:uid>/list/", offering_list, name="offering-list"),
    path("arrange/offering/<uuid:uid>/retire/", offering_retire, name="offering-retire"),
    path("arrange/offering/<uuid:uid>/discard/", offering_discard, name="offering-discard"),
    path("arrange/offering/<uuid:uid>/materials/", materials, name="materials"),
    path("arrange/offering/<uuid:uid>/session/", session_plan, name="session-plan"),
    path("arrange/material/<uuid:uid>/remove/", material_remove, name="material-remove"),
    path("arrange/session/<uuid:uid>/", session_change, name="session-change"),
    path("arrange/session/<uuid:uid>/copy/", session_copy, name="session-copy"),
    path("arrange/session/<uuid:uid>/cancel/", session_cancel, name="session-cancel"),
    path("arrange/session/<uuid:uid>/people/", people, name="people"),
    path("arrange/session/<uuid:uid>/people/needs/", needs, name="people-needs"),
    path("arrange/session/<uuid:uid>/room/", room, name="room"),
    path("arrange/session/<uuid:uid>/room/new-code/", new_code, name="new-code"),
]
