"""Addresses of exchange: those of its parts."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("trellis.exchange.badges.urls")),
    path("", include("trellis.exchange.calendar.urls")),
    path("", include("trellis.exchange.catalogue.urls")),
    path("", include("trellis.exchange.directory.urls")),
    path("", include("trellis.exchange.sign_in.page_urls")),
    path("", include("trellis.exchange.edition_urls")),
    path("", include("trellis.exchange.feed.urls")),
    path("", include("trellis.exchange.people.urls")),
    path("", include("trellis.exchange.own_data.urls")),
    path("", include("trellis.exchange.api.urls")),
]
