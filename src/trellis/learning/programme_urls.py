"""Addresses of programmes."""

from django.urls import path

from trellis.learning.views.programmes.application import application, application_send, application_withdraw
from trellis.learning.views.programmes.call import call, call_apply
from trellis.learning.views.programmes.capstone import capstone, capstone_read
from trellis.learning.views.programmes.cohort import cohort, cohort_sharing
from trellis.learning.views.programmes.endorsement import endorsement, endorsements
from trellis.learning.views.programmes.home import home
from trellis.learning.views.programmes.offer import offer
from trellis.learning.views.programmes.question import question
from trellis.learning.views.programmes.reading import reading, reading_back, readings
from trellis.learning.views.programmes.run_application import run_application
from trellis.learning.views.programmes.run_call import (
    run_call,
    run_call_close,
    run_call_days,
    run_call_open,
    run_call_take_back,
)
from trellis.learning.views.programmes.run_call_edit import run_call_edit, run_call_new
from trellis.learning.views.programmes.run_cohort import run_cohort, run_cohort_start
from trellis.learning.views.programmes.run_home import run_home
from trellis.learning.views.programmes.run_member import (
    run_member,
    run_member_complete,
    run_member_exception,
    run_member_leave,
    run_member_person,
)
from trellis.learning.views.programmes.run_offers import run_offers, run_waiting_up
from trellis.learning.views.programmes.run_programme import run_programme, run_programme_new, run_programme_retire
from trellis.learning.views.programmes.run_readers import run_draw, run_reader_remove, run_readers, run_readers_add
from trellis.learning.views.programmes.run_selection import (
    run_select,
    run_select_further,
    run_select_undo,
    run_selection,
)
from trellis.learning.views.programmes.run_sessions import run_attendance, run_session_add, run_session_drop

app_name = "programmes"
urlpatterns = [
    path("", home, name="home"),
    path("call/<uuid:uid>/", call, name="call"),
    path("call/<uuid:uid>/apply/", call_apply, name="apply"),
    path("application/<uuid:uid>/", application, name="application"),
    path("application/<uuid:uid>/question/<int:number>/", question, name="question"),
    path("application/<uuid:uid>/send/", application_send, name="send"),
    path("application/<uuid:uid>/take-back/", application_withdraw, name="withdraw"),
    path("offer/<uuid:uid>/", offer, name="offer"),
    path("endorsements/", endorsements, name="endorsements"),
    path("endorsements/<uuid:uid>/", endorsement, name="endorsement"),
    path("readings/", readings, name="readings"),
    path("readings/<uuid:uid>/", reading, name="reading"),
    path("readings/<uuid:uid>/give-back/", reading_back, name="reading-back"),
    path("readings/capstone/<uuid:uid>/", capstone_read, name="capstone-read"),
    path("cohort/<uuid:uid>/", cohort, name="cohort"),
    path("cohort/<uuid:uid>/sharing/", cohort_sharing, name="sharing"),
    path("cohort/<uuid:uid>/capstone/", capstone, name="capstone"),
    path("run/", run_home, name="run"),
    path("run/new/", run_programme_new, name="run-programme-new"),
    path("run/program/<uuid:uid>/", run_programme, name="run-programme"),
    path("run/program/<uuid:uid>/retire/", run_programme_retire, name="run-programme-retire"),
    path("run/program/<uuid:uid>/call/", run_call_new, name="run-call-new"),
    path("run/call/<uuid:uid>/", run_call, name="run-call"),
    path("run/call/<uuid:uid>/edit/", run_call_edit, name="run-call-edit"),
    path("run/call/<uuid:uid>/open/", run_call_open, name="run-call-open"),
    path("run/call/<uuid:uid>/take-back/", run_call_take_back, name="run-call-take-back"),
    path("run/call/<uuid:uid>/close/", run_call_close, name="run-call-close"),
    path("run/call/<uuid:uid>/days/", run_call_days, name="run-call-days"),
    path("run/call/<uuid:uid>/readers/", run_readers, name="run-readers"),
    path("run/call/<uuid:uid>/readers/add/", run_readers_add, name="run-readers-add"),
    path("run/call/<uuid:uid>/draw/", run_draw, name="run-draw"),
    path("run/reader/<uuid:uid>/remove/", run_reader_remove, name="run-reader-remove"),
    path("run/call/<uuid:uid>/selection/", run_selection, name="run-selection"),
    path("run/call/<uuid:uid>/offers/", run_offers, name="run-offers"),
    path("run/call/<uuid:uid>/cohort/", run_cohort_start, name="run-cohort-start"),
    path("run/application/<uuid:uid>/", run_application, name="run-application"),
    path("run/select/<uuid:uid>/", run_select, name="run-select"),
    path("run/select/<uuid:uid>/undo/", run_select_undo, name="run-select-undo"),
    path("run/select/<uuid:uid>/further/", run_select_further, name="run-select-further"),
    path("run/select/<uuid:uid>/up/", run_waiting_up, name="run-waiting-up"),
    path("run/cohort/<uuid:uid>/", run_cohort, name="run-cohort"),
    path("run/cohort/<uuid:uid>/session/", run_session_add, name="run-session-add"),
    path("run/session/<uuid:uid>/", run_attendance, name="run-attendance"),
    path("run/session/<uuid:uid>/take-out/", run_session_drop, name="run-session-drop"),
    path("run/member/<uuid:uid>/", run_member, name="run-member"),
    path("run/member/<uuid:uid>/complete/", run_member_complete, name="run-member-complete"),
    path("run/member/<uuid:uid>/exception/", run_member_exception, name="run-member-exception"),
    path("run/member/<uuid:uid>/leave/", run_member_leave, name="run-member-leave"),
    path("run/member/<uuid:uid>/person/", run_member_person, name="run-member-person"),
]
