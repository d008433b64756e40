"""Addresses of insight."""

from django.urls import path

from trellis.insight.views.effects import effects
from trellis.insight.views.equity import equity
from trellis.insight.views.growth import growth
from trellis.insight.views.home import home
from trellis.insight.views.stand import stand
from trellis.insight.views.succession import succession
from trellis.insight.views.supply import supply
from trellis.insight.views.unit import unit

app_name = "insight"
urlpatterns = [
    path("", home, name="home"),
    path("unit/<uuid:uid>/", stand, name="stand"),
    path("unit/<uuid:uid>/growth/", growth, name="growth"),
    path("unit/<uuid:uid>/all/", unit, name="unit"),
    path("unit/<uuid:uid>/equity/", equity, name="equity"),
    path("unit/<uuid:uid>/succession/", succession, name="succession"),
    path("unit/<uuid:uid>/supply/", supply, name="supply"),
    path("unit/<uuid:uid>/programs/", effects, name="effects"),
]
