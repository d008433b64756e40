"""Addresses of the pages before and after the sign-in through a directory."""

from django.urls import path

from trellis.exchange.sign_in.views.links import ask, remove
from trellis.exchange.sign_in.views.pages import choose, nothing, refused

app_name = "sign_in"
urlpatterns = [
    path("account/organization/", choose, name="choose"),
    path("account/organization/<slug:why>/", refused, name="refused"),
    path("account/organization/link/<uuid:uid>/", ask, name="link"),
    path("account/organization/link/<int:pk>/remove/", remove, name="unlink"),
    # allauth's own pages for links, which would list every directory there is; these stand before them.
    path("account/3rdparty/", nothing, name="nothing"),
    path("account/3rdparty/<path:rest>", nothing, name="nothing"),
]
