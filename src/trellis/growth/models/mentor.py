"""Finding a mentor: offers to mentor, what a member looks for, what was suggested to them, and asks."""

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.growth.models.codes import CodesField
from trellis.people.models import Person


class FreeTime(models.TextChoices):
    """When somebody has time, as coarsely as it is asked."""

    MORNINGS = "mornings", _("weekday mornings")
    AFTERNOONS = "afternoons", _("weekday afternoons")
    EVENINGS = "evenings", _("weekday evenings")
    WEEKENDS = "weekends", _("weekends")


class Availability(models.Model):
    """What both sides say: for which themes, when, in which languages, and where."""

    uid = models.UUIDField(default=new_uid, unique=True)
    person = models.OneToOneField(Person, models.CASCADE, related_name="%(class)s")
    themes = CodesField(max_length=600, blank=True, help_text="codes of themes")
    times = CodesField(max_length=60, blank=True, help_text="values of FreeTime")
    languages = CodesField(max_length=200, help_text="codes of languages")
    in_person = models.BooleanField(default=True)
    online = models.BooleanField(default=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(in_person=True) | Q(online=True), name="%(class)s_has_a_way"),
            models.CheckConstraint(condition=~Q(languages=""), name="%(class)s_has_a_language"),
        ]


_TAKEN = Count("person__mentoring", filter=Q(person__mentoring__ended_at=None))


class MentorOfferQuerySet(models.QuerySet["MentorOffer"]):
    """Offers, with how many of their places are taken."""

    def with_places(self) -> "MentorOfferQuerySet":
        """Read each with its person, and as `taken` how many places are taken: one for each running mentorship."""
        return self.select_related("person").annotate(taken=_TAKEN)

    def with_room(self) -> "MentorOfferQuerySet":
        """Keep those that have a free place."""
        return self.select_related("person").annotate(taken=_TAKEN).filter(taken__lt=F("capacity"))


class MentorOffer(Availability):
    """A member offers to mentor; other members of the association see it, and never the levels behind it."""

    privacy = Privacy(PrivacyClass.PERSONAL, "until it is withdrawn, or its owner is no longer a member")

    capacity = models.PositiveSmallIntegerField(default=1, help_text="how many at once")
    sentence = models.CharField(max_length=300)
    is_paused = models.BooleanField(default=False)

    objects = MentorOfferQuerySet.as_manager()

    class Meta(Availability.Meta):
        ordering = ["person__family_name", "person__given_name", "pk"]
        constraints = [
            *Availability.Meta.constraints,
            models.CheckConstraint(condition=Q(capacity__gte=1, capacity__lte=9), name="mentoroffer_capacity_in_range"),
            models.CheckConstraint(condition=~Q(themes="") & ~Q(times=""), name="mentoroffer_says_what_and_when"),
            models.CheckConstraint(condition=~Q(sentence=""), name="mentoroffer_has_sentence"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"

    @property
    def room(self) -> int:
        """How many places are free; only of an offer that was read with its places."""
        taken: int = self.__dict__["taken"]
        return max(0, self.capacity - taken)


class MentorSearch(Availability):
    """What a member looks for in a mentor; others see it only with `may_suggest`, and only to suggest somebody."""

    privacy = Privacy(PrivacyClass.SENSITIVE, "1 year after it was last changed")

    without_leaders = models.BooleanField(default=False, help_text="nobody who leads a unit of theirs")
    may_suggest = models.BooleanField(default=False, help_text="coaches and programme staff of their units may suggest")

    class Meta(Availability.Meta):
        verbose_name_plural = "mentor searches"

    def __str__(self) -> str:
        return f"{self.person_id}"


class AskState(models.TextChoices):
    """What became of an ask."""

    WAITING = "waiting", _("Waits for an answer")
    TALK = "talk", _("A talk first")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("Lapsed")
    WITHDRAWN = "withdrawn", _("Taken back")


OPEN_ASKS = (AskState.WAITING, AskState.TALK)


class Decline(models.TextChoices):
    """The sentences to decline with, so that nobody has to find kind words late in the evening."""

    FULL = "full", _("I would like to, and my hands are full just now. Please ask again in some months.")
    THEMES = "themes", _("For what you want to learn, somebody else would help you more than I could.")
    TIME = "time", _("I am glad that you asked. We would hardly find a time that suits us both.")
    NEAR = "near", _("We work so closely together that somebody from outside would serve you better.")


class MentorAsk(models.Model):
    """A member asks a mentor; it waits for a while, and then lapses by itself."""

    privacy = Privacy(PrivacyClass.SENSITIVE, "90 days after it was answered, lapsed or was taken back")

    uid = models.UUIDField(default=new_uid, unique=True)
    mentee = models.ForeignKey(Person, models.CASCADE, related_name="mentor_asks")
    mentor = models.ForeignKey(Person, models.CASCADE, related_name="mentor_asks_received")
    themes = CodesField(max_length=600)
    sentence = models.CharField(max_length=300)
    state = models.CharField(max_length=9, choices=AskState, default=AskState.WAITING)
    reason = models.CharField(max_length=6, choices=Decline, blank=True)
    words = models.CharField(max_length=300, blank=True, help_text="the mentor's, for a talk")
    asked_at = models.DateTimeField(default=clock.now)
    lapses_on = models.DateField(help_text="the last day on which it waits")
    answered_at = models.DateTimeField(null=True, blank=True, help_text="when it stopped waiting")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["state", "lapses_on"], name="mentor_ask_lapses")]
        constraints = [
            models.UniqueConstraint(
                fields=["mentee", "mentor"], condition=Q(state__in=OPEN_ASKS), name="mentor_ask_once_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=AskState.values), name="mentor_ask_state_known"),
            models.CheckConstraint(condition=~Q(mentee=F("mentor")), name="mentor_ask_of_another"),
            models.CheckConstraint(condition=~Q(themes="") & ~Q(sentence=""), name="mentor_ask_says_what"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_ASKS, answered_at=None)
                | (~Q(state__in=OPEN_ASKS) & Q(answered_at__isnull=False)),
                name="mentor_ask_answered_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state=AskState.DECLINED) | Q(reason=""), name="mentor_ask_reason_when_declined"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid}: {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether it waits still."""
        return self.state in OPEN_ASKS and self.lapses_on >= clock.today()


class SuggestionState(models.TextChoices):
    """What the member did with a suggestion."""

    WAITING = "waiting", _("Waits")
    ASKED = "asked", pgettext_lazy("suggestion", "Asked")
    PUT_ASIDE = "put aside", _("Put aside")


class MentorSuggestion(models.Model):
    """Somebody who may suggest thinks that a mentor fits; the member asks, or not. `facts` are codes that say why."""

    privacy = Privacy(PrivacyClass.SENSITIVE, "90 days after it lapses")

    uid = models.UUIDField(default=new_uid, unique=True)
    mentee = models.ForeignKey(Person, models.CASCADE, related_name="mentor_suggestions")
    mentor = models.ForeignKey(Person, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=SuggestionState, default=SuggestionState.WAITING)
    made_at = models.DateTimeField(default=clock.now)
    lapses_on = models.DateField()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentee", "mentor"],
                condition=Q(state=SuggestionState.WAITING),
                name="mentor_suggestion_once_at_a_time",
            ),
            models.CheckConstraint(condition=Q(state__in=SuggestionState.values), name="mentor_suggestion_state_known"),
            models.CheckConstraint(condition=~Q(mentee=F("mentor")), name="mentor_suggestion_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.uid}: {self.state}"
