"""Every mail that Trellis can send, by its template, with what has to happen for it to be sent; all of it for real."""

import datetime as dt
from collections.abc import Callable

from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from tests.assessment.three_sixty.lists import opened, released
from tests.cast import Cast
from tests.exchange.badges.badges import issued
from tests.growth.mentors.pieces import a_suggestion, accepted, agreed, asked
from tests.learning import offerings
from tests.learning.programmes import stages
from trellis.assessment.inviting import remind, reminder_days, tell_ready
from trellis.core import clock
from trellis.exchange.badges.letters import tell_taken_back
from trellis.exchange.models import ErasureRequest
from trellis.exchange.own_data.asking import ask_erasure, erase_due
from trellis.framework.queries import main_tree
from trellis.growth.asking_actions import propose_talk
from trellis.growth.mentorship_actions import agree, end_mentorship
from trellis.growth.models import Plan, Step
from trellis.growth.plan_actions import add_to_plan
from trellis.growth.step_actions import add_step
from trellis.growth.weekly_mail import send_due
from trellis.learning.actions import cancel_session, change_session, leave, sign_up
from trellis.learning.completing import complete
from trellis.learning.models import LetterKind, NewsKind, Outcome, Session
from trellis.learning.offer_actions import lapse_offers
from trellis.learning.reminding import remind_all
from trellis.people.models import Person

Moment = Callable[[Cast], object]
# Words that stand in what the mails are about, and in no mail.
TITLE, PLACE, STEP, WHY = (
    "Listening at the gate",
    "Bus garage, bay 4",
    "Phone Xiomara about the strike",
    "They need me.",
)
AGAIN = "own-again@example.org"


def _session(cast: Cast, **more: object) -> Session:
    found = offerings.session(cast, of=offerings.offering(cast, title=TITLE), place=PLACE, seats=1, **more)  # type: ignore[arg-type]
    sign_up(found, person=cast.own, by=cast.own, needs=WHY)
    return found


def _seat(cast: Cast) -> None:
    found = _session(cast)
    sign_up(found, person=cast.coached, by=cast.coached)
    leave(found.sign_ups.get(person=cast.own), by=cast.own)


def _changed(cast: Cast) -> None:
    change_session(_session(cast), offerings.moments(9, place=PLACE, seats=1), by=None)


def _reminder(cast: Cast) -> None:
    _session(cast, days=0.1)
    remind_all(clock.today())


def _weekly(cast: Cast) -> None:
    tree = main_tree()
    assert tree is not None
    goal = add_to_plan(tree.theme_by_code["ORG.1"], tree, target=2, reason=WHY, by=cast.own)
    add_step(goal, text=STEP, due_on=clock.today() + dt.timedelta(days=2), by=cast.own)
    Step.objects.filter(goal=goal).exclude(text=STEP).update(due_on=clock.today() - dt.timedelta(days=2))
    _session(cast, days=3)
    plan = {"mail_weekday": clock.today().weekday(), "check_in_weeks": 2, "check_in_on": clock.today()}
    Plan.objects.update(created_at=clock.now() - dt.timedelta(days=40), **plan)
    send_due(clock.today())


def _agreement(cast: Cast) -> None:
    agree(accepted(cast.own, cast.coach), version=1, by=cast.coach)


def _erased(cast: Cast) -> None:
    ask_erasure(cast.own, by=cast.own)
    ErasureRequest.objects.update(due_on=clock.today())
    erase_due(clock.today())


def _lapsed(cast: Cast) -> None:
    stages.told(cast)
    lapse_offers(stages.day(11))


def _completed(cast: Cast) -> None:
    cohort = stages.cohort(cast)
    stages.attended(cast, cohort, True, True, True)
    stages.passed(cast, cohort)
    complete(stages.member_of(cast, cohort), by=cast.state_staff)


def _remind(cast: Cast) -> None:
    found = opened(cast.own, cast.coach)
    remind(found, on=reminder_days(found)[0])


def _asks_account(name: str, **fields: str) -> Moment:
    def moment(cast: Cast) -> None:
        EmailAddress.objects.create(user=cast.own, email=cast.own.email, verified=True, primary=True)
        client = Client(headers={"accept-language": cast.own.language})
        if "action_add" in fields:
            client.force_login(Person.objects.get(pk=cast.own.pk))
        client.post(reverse(name), fields)

    return moment


_ACCOUNT, _MENTORS, _THREE_SIXTY = "account/email", "growth/mentors/mail", "assessment/three_sixty/mail"
_SESSIONS: dict[LetterKind, Moment] = {
    LetterKind.SEAT: _seat,
    LetterKind.CHANGED: _changed,
    LetterKind.CANCELLED: lambda cast: cancel_session(_session(cast), by=None),
    LetterKind.REMINDER: _reminder,
}
_PROGRAMMES: dict[NewsKind, Moment] = {
    NewsKind.ENDORSE: stages.sent,
    NewsKind.ENDORSED: stages.endorsed,
    NewsKind.READ: stages.closed,
    NewsKind.OUTCOME: lambda cast: stages.told(cast, {"own": Outcome.DECLINE}),
    NewsKind.OFFER: stages.told,
    NewsKind.LAPSED: _lapsed,
    NewsKind.COHORT: stages.cohort,
    NewsKind.CAPSTONE_SENT: lambda cast: stages.capstone(cast, stages.cohort(cast)),
    NewsKind.CAPSTONE_READ: lambda cast: stages.passed(cast, stages.cohort(cast)),
    NewsKind.COMPLETED: _completed,
}
MOMENTS: dict[str, Moment] = {
    f"{_ACCOUNT}/login_code_message.txt": _asks_account("account_request_login_code", email="own@example.org"),
    f"{_ACCOUNT}/password_reset_key_message.txt": _asks_account("account_reset_password", email="own@example.org"),
    f"{_ACCOUNT}/email_confirmation_message.txt": _asks_account("account_email", email=AGAIN, action_add=""),
    f"{_THREE_SIXTY}/invite.txt": lambda cast: opened(cast.own, cast.coach),
    f"{_THREE_SIXTY}/remind.txt": _remind,
    f"{_THREE_SIXTY}/ready.txt": lambda cast: tell_ready(released(cast.own)),
    "growth/mail/weekly.txt": _weekly,
    f"{_MENTORS}/asked.txt": lambda cast: asked(cast.own, cast.coach),
    f"{_MENTORS}/answered.txt": lambda cast: accepted(cast.own, cast.coach),
    f"{_MENTORS}/talk.txt": lambda cast: propose_talk(asked(cast.own, cast.coach), words=PLACE, by=cast.coach),
    f"{_MENTORS}/suggested.txt": a_suggestion,
    f"{_MENTORS}/agreement.txt": _agreement,
    f"{_MENTORS}/begun.txt": lambda cast: agreed(cast.own, cast.coach),
    f"{_MENTORS}/ended.txt": lambda cast: end_mentorship(agreed(cast.own, cast.coach), thanks=WHY, by=cast.own),
    "exchange/own_data/mail/asked.txt": lambda cast: ask_erasure(cast.own, by=cast.own),
    "exchange/own_data/mail/done.txt": _erased,
    "exchange/badges/mail/taken_back.txt": lambda cast: tell_taken_back(issued(cast)),
    **{f"learning/mail/{kind}.txt": moment for kind, moment in _SESSIONS.items()},
    **{f"learning/programmes/mail/{kind}.txt": moment for kind, moment in _PROGRAMMES.items()},
}
