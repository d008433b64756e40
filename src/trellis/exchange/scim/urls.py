"""Addresses of the SCIM service."""

from django.urls import path

from trellis.exchange.scim.door import scim

app_name = "scim"
urlpatterns = [
    path("", scim, name="start"),
    path("<path:rest>", scim, name="asked"),
]
