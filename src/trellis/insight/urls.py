"""Addresses of insight."""

from django.urls import path

from trellis.insight.views.growth import growth
from trellis.insight.views.home import home
from trellis.insight.views.stand import stand
from trellis.insight.views.unit import unit

app_name = "insight"
urlpatterns = [
    path("", home, name="home"),
    path("unit/<uuid:uid>/", stand, name="stand"),
    path("unit/<uuid:uid>/growth/", growth, name="growth"),
    path("unit/<uuid:uid>/all/", unit, name="unit"),
]
