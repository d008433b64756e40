"""Addresses of one's own data."""

from django.urls import path

from trellis.exchange.own_data.views.departed import ask_for, departed, take_back_for
from trellis.exchange.own_data.views.own import ask, own_file, page, take_back_own

app_name = "own_data"
urlpatterns = [
    path("me/data/", page, name="page"),
    path("me/data/erase/", ask, name="ask"),
    path("me/data/keep/", take_back_own, name="keep"),
    path("me/data/<slug:ending>/", own_file, name="file"),
    path("people/left/", departed, name="departed"),
    path("people/left/<uuid:uid>/erase/", ask_for, name="ask-for"),
    path("people/left/<uuid:uid>/keep/", take_back_for, name="keep-for"),
]
