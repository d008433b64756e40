"""Addresses of the feed."""

from django.urls import path

from trellis.exchange.feed.views import feed

app_name = "feed"
urlpatterns = [
    path("learn/feed.json", feed, name="all"),
    path("learn/unit/<uuid:uid>/feed.json", feed, name="unit"),
]
