"""Addresses of people."""

from django.urls import path

from trellis.people.views.demo import enter
from trellis.people.views.looks import looks
from trellis.people.views.settings import settings_page
from trellis.people.views.sharing import sharing
from trellis.people.views.sign_out import sign_out

app_name = "people"
urlpatterns = [
    path("me/sharing/", sharing, name="sharing"),
    path("me/looks/", looks, name="looks"),
    path("me/settings/", settings_page, name="settings"),
    path("demo/enter/<slug:key>/", enter, name="demo"),
    # Stands before allauth's own page at the same address, which `account_logout` names: no sign-out gets past it.
    path("account/logout/", sign_out, name="sign_out"),
]
