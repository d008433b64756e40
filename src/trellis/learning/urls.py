"""Addresses of learning."""

from django.urls import path

from trellis.learning.views.catalogue import catalogue
from trellis.learning.views.mine import mine
from trellis.learning.views.offering import offering
from trellis.learning.views.session import session, session_leave, session_sign_up

app_name = "learning"
urlpatterns = [
    path("", catalogue, name="catalogue"),
    path("mine/", mine, name="mine"),
    path("offering/<uuid:uid>/", offering, name="offering"),
    path("session/<uuid:uid>/", session, name="session"),
    path("session/<uuid:uid>/sign-up/", session_sign_up, name="sign-up"),
    path("session/<uuid:uid>/leave/", session_leave, name="leave"),
]
