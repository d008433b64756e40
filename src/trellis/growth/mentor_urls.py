"""Addresses of mentoring and coaching."""

from django.urls import path

from trellis.growth.views.coaching import coaching
from trellis.growth.views.mentor_match import match, match_cohort, match_groups
from trellis.growth.views.mentors import answer, ask, find, meeting, mentorship, offer

urlpatterns = [
    path("mentors/", find.mentors, name="mentors"),
    path("mentors/search/", find.mentor_search, name="mentor-search"),
    path("mentors/search/clear/", find.mentor_search_clear, name="mentor-search-clear"),
    path("mentors/offer/", offer.mentor_offer, name="mentor-offer"),
    path("mentors/offer/pause/", offer.mentor_pause, name="mentor-pause"),
    path("mentors/offer/withdraw/", offer.mentor_withdraw, name="mentor-withdraw"),
    path("mentors/<uuid:uid>/", ask.mentor, name="mentor"),
    path("mentors/suggestions/<uuid:uid>/aside/", ask.mentor_put_aside, name="mentor-put-aside"),
    path("mentors/asks/<uuid:uid>/", answer.mentor_ask, name="mentor-ask"),
    path("mentors/asks/<uuid:uid>/back/", ask.mentor_ask_back, name="mentor-ask-back"),
    path("mentors/with/<uuid:uid>/", mentorship.mentorship, name="mentorship"),
    path("mentors/with/<uuid:uid>/terms/", mentorship.mentorship_terms, name="mentorship-terms"),
    path("mentors/with/<uuid:uid>/agree/", mentorship.mentorship_agree, name="mentorship-agree"),
    path("mentors/with/<uuid:uid>/shares/", mentorship.mentorship_shares, name="mentorship-shares"),
    path("mentors/with/<uuid:uid>/end/", mentorship.mentorship_end, name="mentorship-end"),
    path("mentors/with/<uuid:uid>/thanks/", mentorship.mentorship_thanks, name="mentorship-thanks"),
    path("mentors/with/<uuid:uid>/meetings/", meeting.mentor_meeting, name="mentor-meeting"),
    path(
        "mentors/with/<uuid:uid>/meetings/<uuid:meeting>/", meeting.mentor_meeting_change, name="mentor-meeting-change"
    ),
    path("coaching/", coaching, name="coaching"),
    path("coaching/match/", match_groups, name="match-groups"),
    path("coaching/match/<uuid:uid>/", match, name="match"),
    path("coaching/match/cohort/<uuid:uid>/", match_cohort, name="match-cohort"),
]
