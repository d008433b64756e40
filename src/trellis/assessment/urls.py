"""Addresses of assessment."""

from django.urls import path

from trellis.assessment.views.offline import service_worker
from trellis.assessment.views.overview import finish_response, overview
from trellis.assessment.views.start import start
from trellis.assessment.views.step import step

app_name = "assessment"
urlpatterns = [
    path("assess/", start, name="start"),
    path("assess/<uuid:uid>/", overview, name="overview"),
    path("assess/<uuid:uid>/finish/", finish_response, name="finish"),
    path("assess/<uuid:uid>/<str:code>/", step, name="step"),
    path("sw.js", service_worker, name="service-worker"),
]
