"""Addresses of the sign-in through a directory; allauth mounts them with its own."""

from django.urls import path

from trellis.exchange.sign_in.views.flow import begin, come_back

urlpatterns = [
    path("directory/<str:provider_id>/", begin, name="directory_login"),
    path("directory/<str:provider_id>/back/", come_back, name="directory_callback"),
]
