"""All addresses, in one place, app by app."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("trellis.web.urls")),
    path("framework/", include("trellis.framework.urls")),
    path("", include("trellis.people.urls")),
    path("programs/", include("trellis.learning.programme_urls")),
    path("", include("trellis.assessment.urls")),
    path("", include("trellis.growth.urls")),
    path("insight/", include("trellis.insight.urls")),
    path("ims/case/", include("trellis.exchange.case.urls")),
    path("api/v1/", include("trellis.exchange.api.addresses")),
    path("scim/v2/", include("trellis.exchange.scim.urls")),
    path("", include("trellis.exchange.urls")),
    path("learn/", include("trellis.learning.urls")),
    path("account/", include("allauth.urls")),
]
