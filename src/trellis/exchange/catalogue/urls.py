"""Addresses of the catalogue as files."""

from django.urls import path

from trellis.exchange.catalogue.views.files import example, export
from trellis.exchange.catalogue.views.imports import imports
from trellis.exchange.catalogue.views.people import people
from trellis.exchange.catalogue.views.plan import plan, refused

app_name = "catalogue_files"
urlpatterns = [
    path("learn/import/", imports, name="import"),
    path("learn/import/plan/", plan, name="plan"),
    path("learn/import/refused.csv", refused, name="refused"),
    path("learn/import/example.<slug:ending>", example, name="example"),
    path("learn/export/<slug:what>.<slug:ending>", export, name="export"),
    path("learn/session/<uuid:uid>/people.<slug:ending>", people, name="people"),
]
