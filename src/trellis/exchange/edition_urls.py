"""Addresses of the files of an edition."""

from django.urls import URLPattern, URLResolver, path

from trellis.exchange.views.edition_files import edition_file

app_name = "exchange"
urlpatterns: list[URLPattern | URLResolver] = [
    path("framework/<slug:framework>/<slug:edition>/file/<slug:form>/", edition_file, name="edition-file"),
]
