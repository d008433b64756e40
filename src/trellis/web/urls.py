"""Addresses of the shell."""

from django.urls import path

from trellis.web.views.gallery import gallery
from trellis.web.views.home import home

urlpatterns = [
    path("", home, name="home"),
    path("ui/", gallery, name="gallery"),
]
