"""Addresses of assessment."""

from django.urls import path

from trellis.assessment.views.form_door import form_door
from trellis.assessment.views.form_overview import finish_form, form_overview
from trellis.assessment.views.form_page import form_page
from trellis.assessment.views.meeting import close_meeting, meeting, meeting_live, open_a_meeting
from trellis.assessment.views.meeting_attribute import meeting_attribute
from trellis.assessment.views.meeting_join import join_done, join_group, join_meeting, join_page
from trellis.assessment.views.offline import service_worker
from trellis.assessment.views.overview import finish_response, overview
from trellis.assessment.views.readiness import readiness, readiness_unit
from trellis.assessment.views.start import start
from trellis.assessment.views.step import step
from trellis.assessment.views.three_sixty import answer, answer_form, apart, coach, frame, mine, people, steps
from trellis.assessment.views.trial import instrument, refresh
from trellis.assessment.views.trials import instruments

app_name = "assessment"
urlpatterns = [
    path("instruments/", instruments, name="instruments"),
    path("instruments/<slug:code>/", instrument, name="instrument"),
    path("instruments/<uuid:uid>/refresh/", refresh, name="instrument-refresh"),
    path("assess/", start, name="start"),
    path("assess/<uuid:uid>/", overview, name="overview"),
    path("assess/<uuid:uid>/finish/", finish_response, name="finish"),
    path("assess/<uuid:uid>/<str:code>/", step, name="step"),
    path("assess/forms/<uuid:uid>/", form_overview, name="form-overview"),
    path("assess/forms/<uuid:uid>/finish/", finish_form, name="form-finish"),
    path("assess/forms/<uuid:uid>/<str:page>/", form_page, name="form-page"),
    path("assess/forms/<slug:code>/", form_door, name="form-door"),
    path("sw.js", service_worker, name="service-worker"),
    # team readiness: the units, and the wall of a meeting
    path("readiness/", readiness, name="readiness"),
    path("readiness/<uuid:uid>/", readiness_unit, name="readiness-unit"),
    path("readiness/<uuid:uid>/open/", open_a_meeting, name="open-meeting"),
    path("readiness/meeting/<uuid:uid>/", meeting, name="meeting"),
    path("readiness/meeting/<uuid:uid>/live/", meeting_live, name="meeting-live"),
    path("readiness/meeting/<uuid:uid>/close/", close_meeting, name="close-meeting"),
    path("readiness/meeting/<uuid:uid>/<str:code>/", meeting_attribute, name="meeting-attribute"),
    # its phones, without an account
    path("join/", join_page, name="join"),
    path("join/<str:code>/", join_meeting, name="join-meeting"),
    path("join/<str:code>/done/", join_done, name="join-done"),
    path("join/<str:code>/<str:group>/", join_group, name="join-group"),
    # the 360: the rated person
    path("three-sixty/", mine.three_sixties, name="three-sixties"),
    path("three-sixty/start/", frame.start, name="three-sixty-start"),
    path("three-sixty/<uuid:uid>/", mine.three_sixty, name="three-sixty"),
    path("three-sixty/<uuid:uid>/frame/", frame.frame, name="three-sixty-frame"),
    path("three-sixty/<uuid:uid>/people/", people.people, name="three-sixty-people"),
    path("three-sixty/<uuid:uid>/people/add/", people.add_person, name="three-sixty-add"),
    path("three-sixty/<uuid:uid>/people/outside/", people.add_address, name="three-sixty-add-address"),
    path("three-sixty/<uuid:uid>/people/<uuid:rater>/remove/", people.remove_person, name="three-sixty-remove"),
    path("three-sixty/<uuid:uid>/send/", steps.send, name="three-sixty-send"),
    path("three-sixty/<uuid:uid>/close/", steps.close_page, name="three-sixty-close"),
    path("three-sixty/<uuid:uid>/cancel/", steps.cancel_page, name="three-sixty-cancel"),
    # the coach
    path("three-sixty/coach/", coach.coach_queue, name="three-sixty-coach"),
    path("three-sixty/coach/<uuid:uid>/", coach.coach_one, name="three-sixty-coach-one"),
    # who keeps apart
    path("me/apart/", apart.apart, name="apart"),
    path("me/apart/<uuid:uid>/add/", apart.add_apart, name="apart-add"),
    path("me/apart/<uuid:uid>/remove/", apart.drop_apart, name="apart-remove"),
    # raters, without an account
    path("answer/form/<uuid:uid>/<int:number>/", answer_form.answer_form, name="answer-form"),
    path("answer/form/<uuid:uid>/words/", answer_form.answer_words, name="answer-words"),
    path("answer/form/<uuid:uid>/thanks/", answer_form.answer_thanks, name="answer-thanks"),
    path("answer/form/<uuid:uid>/forget/", answer_form.answer_forget, name="answer-forget"),
    path("answer/<str:link>/", answer.answer, name="answer"),
    path("answer/<str:link>/no/", answer.answer_refuse, name="answer-refuse"),
]
