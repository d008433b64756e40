"""Addresses of the measured site: the project's own, and the floor's."""

from django.urls import URLPattern, URLResolver, include, path

from bench.floor.views import grid, hello, save

urlpatterns: list[URLPattern | URLResolver] = [
    path("floor/hello/", hello),
    path("floor/grid/<int:response>/", grid),
    path("floor/save/<int:response>/<int:theme>/", save),
    path("", include("trellis.project.urls")),
]
