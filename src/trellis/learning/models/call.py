"""Calls for applications: when, how many places, what is asked, and what readers look for."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.learning.models.programme import Programme
from trellis.learning.models.scale import Criterion
from trellis.people.models import Person

# One reader is an opinion: what two say can be compared.
LEAST_READERS, MOST_READERS = 2, 5
MOST_CHARACTERS = 3000


class CallStatus(models.TextChoices):
    """How far a call has come; once somebody has applied, it only goes forward."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed, being read")
    DECIDED = "decided", _("Decided")


class Call(models.Model):
    """One call for applications of a programme; applications come in between two days, both included."""

    privacy = Privacy(PrivacyClass.PUBLIC, "kept: cohorts name the call that they came from")

    uid = models.UUIDField(default=new_uid, unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="calls")
    title = models.CharField(max_length=80, help_text="which one of the programme's, such as Spring 2027")
    opens_on = models.DateField()
    closes_on = models.DateField()
    decide_on = models.DateField()
    places = models.PositiveSmallIntegerField()
    needs_endorsement = models.BooleanField(default=False, help_text="of a local or state that the applicant is in")
    readers_each = models.PositiveSmallIntegerField(default=LEAST_READERS)
    differ_at = models.PositiveSmallIntegerField(
        default=2, help_text="from so many steps between two readers on, a further reading is suggested"
    )
    answer_days = models.PositiveSmallIntegerField(default=10, help_text="how many days an offer may be answered")
    status = models.CharField(max_length=7, choices=CallStatus, default=CallStatus.DRAFT)
    closed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True, help_text="when everybody was told")

    class Meta:
        ordering = ["-opens_on", "-pk"]
        indexes = [models.Index(fields=["status", "closes_on"], name="call_by_status")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="call_has_title"),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on"), decide_on__gte=F("closes_on")), name="call_days_in_order"
            ),
            models.CheckConstraint(condition=Q(places__gte=1), name="call_has_places"),
            models.CheckConstraint(condition=Q(answer_days__gte=1), name="call_offer_can_be_answered"),
            models.CheckConstraint(
                condition=Q(readers_each__gte=LEAST_READERS, readers_each__lte=MOST_READERS),
                name="call_readers_several",
            ),
            models.CheckConstraint(condition=Q(differ_at__gte=1, differ_at__lte=3), name="call_differ_in_range"),
            models.CheckConstraint(
                condition=Q(status__in=[CallStatus.DRAFT, CallStatus.OPEN], closed_at=None, decided_at=None)
                | Q(status=CallStatus.CLOSED, closed_at__isnull=False, decided_at=None)
                | Q(status=CallStatus.DECIDED, closed_at__isnull=False, decided_at__isnull=False),
                name="call_status_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def takes_applications(self) -> bool:
        """Whether one can apply today."""
        return self.status == CallStatus.OPEN and self.opens_on <= clock.today() <= self.closes_on


class Question(models.Model):
    """What applicants are asked; the answer has a limit in characters."""

    privacy = Privacy(PrivacyClass.PUBLIC, "with its call")

    call = models.ForeignKey(Call, models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    limit = models.PositiveSmallIntegerField(default=800)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["call", "order"], name="question_order_once"),
            models.CheckConstraint(condition=~Q(text=""), name="question_has_text"),
            models.CheckConstraint(
                condition=Q(limit__gte=50, limit__lte=MOST_CHARACTERS), name="question_limit_in_range"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class CallCriterion(Criterion):
    """What readers look for in an application, and how much it weighs beside the others."""

    privacy = Privacy(PrivacyClass.PUBLIC, "with its call: applicants see what is looked for")

    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria")
    weight = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["call", "order"], name="call_criterion_order_once"),
            models.CheckConstraint(condition=~Q(title=""), name="call_criterion_has_title"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=5), name="call_criterion_weight_in_range"),
        ]


class CallReader(models.Model):
    """A person who reads applications of a call; who has left keeps what they sent, and sees nothing more."""

    privacy = Privacy(PrivacyClass.PERSONAL, "with the applications of its call")

    uid = models.UUIDField(default=new_uid, unique=True)
    call = models.ForeignKey(Call, models.CASCADE, related_name="readers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="reads_in")
    since = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "person"], name="call_reader_once")]

    def __str__(self) -> str:
        return f"{self.call_id} {self.person_id}"
