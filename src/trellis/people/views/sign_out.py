"""Signing out, and making the browser forget the pages it kept."""

from allauth.account.views import logout
from django.http import HttpRequest, HttpResponse


def sign_out(request: HttpRequest) -> HttpResponse:
    """Do as allauth does (a form, then by POST), and after it have the browser drop its pages.

    What the person has stored there is wiped by the page's own script: the header could only drop everybody's, with
    the unsent answers of others who share the browser.
    """
    response: HttpResponse = logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"cache"'
    return response
