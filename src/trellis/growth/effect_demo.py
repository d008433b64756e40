"""What those who came to the fictional association's sessions said before and after, so that an effect can be shown."""

import datetime as dt
import random
import uuid
from collections import Counter
from collections.abc import Iterator

from trellis.assessment.models import Rating, Remark, Response, Round
from trellis.core import audit, clock
from trellis.framework.queries import edition_tree, main_edition
from trellis.framework.tree import EditionTree
from trellis.growth.evaluation_actions import close_evaluations, evaluation_of, make_evaluations
from trellis.growth.models import SessionEvaluation
from trellis.growth.need_actions import refresh_needs
from trellis.learning.models import Session, SessionStatus, SignUp
from trellis.people.demo.cast import CAST

# So far back sessions have been asked about.
_BACK = dt.timedelta(days=200)
_ANSWERS = 0.9
_WRITES = 0.5
# How people move, in half-steps, and how much lower they see their start afterwards.
_TAUGHT = (0, 0, 1, 1, 2), (0, 0, 1)
# In one theme they mostly learn what the step asks for, so that a shift of the measure can be shown.
_HUMBLING = "LOP.1"
_HUMBLED = (-1, 0, 0, 0, 1), (0, 1, 1)
_REMARKS = (
    "Ask two questions before I say anything.",
    "The one-page budget, at our meeting on Monday.",
    "I will sit with the night crew, and listen first.",
    "Write down who does what by when.",
    "Bring one colleague along next time.",
    "More time to practice, less to listen.",
)


def load(rng: random.Random) -> None:
    """Store answers before and after past sessions, close what is over, ask in those that come; count the needs."""
    edition = main_edition()
    if edition is None:
        return
    tree, now = edition_tree(edition), clock.now()
    past = Session.objects.filter(status=SessionStatus.PLANNED, ends_at__lt=now, starts_at__gt=now - _BACK)
    writer = _Writer(rng, tree)
    for session in past.order_by("starts_at", "pk"):
        evaluation = evaluation_of(session, by=None)
        if evaluation is not None:
            writer.answered(evaluation)
    writer.store()
    close_evaluations(clock.today())
    make_evaluations(clock.today())
    refresh_needs(clock.today())
    audit.record(by=None, action="growth.effect.demo", target="sessions:demo")


class _Writer:
    """Gathers what people say, and stores it in few statements; uids come from the seeded source."""

    def __init__(self, rng: random.Random, tree: EditionTree) -> None:
        self._rng = rng
        self._tree = tree
        self._named = [one.email for one in CAST]
        self._waves: Counter[int] = Counter()
        self._responses: list[Response] = []
        self._ratings: list[Rating] = []
        self._remarks: list[Remark] = []

    def answered(self, evaluation: SessionEvaluation) -> None:
        """Let most of those who came answer; the cast answers for itself."""
        came = SignUp.objects.filter(session=evaluation.session_id, came=True).exclude(person__email__in=self._named)
        for sign_up in came.order_by("pk"):
            if self._rng.random() > _ANSWERS:
                continue
            before = self._response(evaluation, evaluation.before, sign_up)
            after = self._response(evaluation, evaluation.after, sign_up)
            if self._rng.random() < _WRITES:
                self._remarks.append(Remark(response=after, item="use", text=self._rng.choice(_REMARKS)))
            for code in evaluation.themes:
                for response, aspect, value in self._said(before, after, code):
                    theme = self._tree.theme_by_code[code]
                    self._ratings.append(
                        Rating(
                            response=response,
                            theme_id=theme.id,
                            aspect=aspect,
                            value=value,
                            answered_at=response.started_at,
                        )
                    )

    def _said(self, before: Response, after: Response, code: str) -> Iterator[tuple[Response, str, int]]:
        """Where somebody stands before, after, and as they see it looking back, mostly lower than they thought."""
        top = 2 * self._tree.top
        first = self._rng.randrange(1, top)
        gains, losses = _HUMBLED if code == _HUMBLING else _TAUGHT
        now = min(top, max(0, first + self._rng.choice(gains)))
        yield before, "before", first
        yield after, "after", now
        yield after, "then", max(0, min(first, now) - self._rng.choice(losses))

    def _response(self, evaluation: SessionEvaluation, held: Round, sign_up: SignUp) -> Response:
        self._waves[sign_up.person_id] += 1
        response = Response(
            uid=uuid.UUID(int=self._rng.getrandbits(128), version=4),
            instrument=held.instrument,
            round=held,
            moment=held.moment,
            subject_id=sign_up.person_id,
            rater_id=sign_up.person_id,
            wave=self._waves[sign_up.person_id],
            themes=evaluation.themes,
            started_at=held.opens_at,
        )
        self._responses.append(response)
        return response

    def store(self) -> None:
        """Store all of it."""
        Response.objects.bulk_create(self._responses)
        Rating.objects.bulk_create(self._ratings, batch_size=2000)
        Remark.objects.bulk_create(self._remarks)
