"""Addresses of calendars; a feed's address holds its secret, so what is below it is kept out of logs."""

from django.urls import path

from trellis.exchange.calendar.views.feed import feed
from trellis.exchange.calendar.views.page import open_one, page, remove, titles
from trellis.exchange.calendar.views.session import session_file

app_name = "calendar"
urlpatterns = [
    path("me/calendar/", page, name="page"),
    path("me/calendar/open/", open_one, name="open"),
    path("me/calendar/<uuid:uid>/titles/", titles, name="titles"),
    path("me/calendar/<uuid:uid>/remove/", remove, name="remove"),
    path("calendar/<str:token>.ics", feed, name="feed"),
    path("learn/session/<uuid:uid>/session.ics", session_file, name="session"),
]
