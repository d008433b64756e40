"""Addresses of the pages of directories."""

from django.urls import path

from trellis.exchange.directory.views.directories import add, directories, one, remove
from trellis.exchange.directory.views.tokens import make, renew
from trellis.exchange.directory.views.tokens import remove as remove_token
from trellis.exchange.sign_in.views.set_up import set_up

app_name = "directories"
urlpatterns = [
    path("directories/", directories, name="list"),
    path("directories/add/", add, name="add"),
    path("directories/<uuid:uid>/", one, name="one"),
    path("directories/<uuid:uid>/sign-in/", set_up, name="sign-in"),
    path("directories/<uuid:uid>/remove/", remove, name="remove"),
    path("directories/<uuid:uid>/token/", make, name="token-make"),
    path("directories/token/<uuid:uid>/renew/", renew, name="token-renew"),
    path("directories/token/<uuid:uid>/remove/", remove_token, name="token-remove"),
]
