"""Addresses of the pages about programs that read for somebody, and of webhooks."""

from django.urls import path

from trellis.exchange.api.views.tokens import make, remove, tokens
from trellis.exchange.webhooks.views.webhooks import (
    add,
    one,
    renew,
    switch_off,
    switch_on,
    try_out,
    webhooks,
)
from trellis.exchange.webhooks.views.webhooks import remove as remove_one

app_name = "programs_access"
urlpatterns = [
    path("me/programs/", tokens, name="tokens"),
    path("me/programs/add/", make, name="make"),
    path("me/programs/<uuid:uid>/remove/", remove, name="remove"),
    path("webhooks/", webhooks, name="webhooks"),
    path("webhooks/add/", add, name="webhook-add"),
    path("webhooks/<uuid:uid>/", one, name="webhook"),
    path("webhooks/<uuid:uid>/secret/", renew, name="webhook-secret"),
    path("webhooks/<uuid:uid>/test/", try_out, name="webhook-test"),
    path("webhooks/<uuid:uid>/on/", switch_on, name="webhook-on"),
    path("webhooks/<uuid:uid>/off/", switch_off, name="webhook-off"),
    path("webhooks/<uuid:uid>/remove/", remove_one, name="webhook-remove"),
]
