"""Addresses of insight."""

from django.urls import path

from trellis.insight.views.effects import effects
from trellis.insight.views.equity import equity
from trellis.insight.views.files import report, table, tables
from trellis.insight.views.growth import growth
from trellis.insight.views.home import home
from trellis.insight.views.saved import delete, rename, restore, save, saved, saved_view
from trellis.insight.views.stand import stand
from trellis.insight.views.succession import succession
from trellis.insight.views.supply import supply
from trellis.insight.views.unit import unit

app_name = "insight"
urlpatterns = [
    path("", home, name="home"),
    path("saved/", saved, name="saved"),
    path("saved/add/", save, name="view-save"),
    path("saved/<uuid:uid>/", saved_view, name="view"),
    path("saved/<uuid:uid>/rename/", rename, name="view-rename"),
    path("saved/<uuid:uid>/delete/", delete, name="view-delete"),
    path("saved/<uuid:uid>/restore/", restore, name="view-restore"),
    path("unit/<uuid:uid>/", stand, name="stand"),
    path("unit/<uuid:uid>/growth/", growth, name="growth"),
    path("unit/<uuid:uid>/all/", unit, name="unit"),
    path("unit/<uuid:uid>/equity/", equity, name="equity"),
    path("unit/<uuid:uid>/succession/", succession, name="succession"),
    path("unit/<uuid:uid>/supply/", supply, name="supply"),
    path("unit/<uuid:uid>/programs/", effects, name="effects"),
    path("unit/<uuid:uid>/report.pdf", report, name="report"),
    path("unit/<uuid:uid>/tables.xlsx", tables, name="tables"),
    path("unit/<uuid:uid>/tables/<slug:question>.csv", table, name="table"),
]
