"""Addresses of bringing members in."""

from django.urls import path

from trellis.exchange.people.views.columns import columns
from trellis.exchange.people.views.doubts import doubts
from trellis.exchange.people.views.imports import imports
from trellis.exchange.people.views.page import page
from trellis.exchange.people.views.places import places
from trellis.exchange.people.views.refused import refused

app_name = "members"
urlpatterns = [
    path("members/import/", imports, name="import"),
    path("members/import/<uuid:uid>/", page, name="page"),
    path("members/import/<uuid:uid>/columns/", columns, name="columns"),
    path("members/import/<uuid:uid>/places/", places, name="places"),
    path("members/import/<uuid:uid>/people/", doubts, name="doubts"),
    path("members/import/<uuid:uid>/refused.csv", refused, name="refused"),
]
