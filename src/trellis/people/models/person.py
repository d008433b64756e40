"""Persons: who they are, how they sign in, and with whom they share their competency file."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass

if TYPE_CHECKING:
    from trellis.people.models.role import Term


# Who was erased, where others' rows still say that somebody did something.
NAMELESS = _("Somebody who has left")


class Sharing(models.TextChoices):
    """Who may see a person's competency file; the person changes it at any time."""

    ME = "me", _("Only me")
    COACH = "coach", _("My coach")
    LEADERS = "leaders", _("Leaders of my unit")


class PersonAccounts(BaseUserManager["Person"]):
    """Makes persons with an account, as Django's and allauth's sign-up ask for them."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Create a person who signs in with this e-mail; without a password none can be used."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """A person of the association; without an e-mail and password they simply cannot sign in yet."""

    privacy = Privacy(
        PrivacyClass.PERSONAL,
        "while a member, and 3 years after the last membership ends",
        {"password": PrivacyClass.SECRET, "email": PrivacyClass.PERSONAL, "uid": PrivacyClass.INTERNAL},
    )

    uid = models.UUIDField(default=new_uid, editable=False)
    email = models.EmailField(_("e-mail"), null=True, blank=True)
    given_name = models.CharField(_("given name"), max_length=80, blank=True)
    family_name = models.CharField(_("family name"), max_length=80, blank=True)
    occupation = models.CharField(_("job"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    sharing = models.CharField(_("sharing"), max_length=8, choices=Sharing, default=Sharing.ME)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    member_number = models.CharField(
        _("member ID"), max_length=40, null=True, blank=True, help_text="the association's own number for this person"
    )

    objects: ClassVar[PersonAccounts] = PersonAccounts()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(condition=models.Q(sharing__in=Sharing.values), name="person_sharing_known"),
            # Indexes and not unique fields: SQLite can drop and make only those (exchange.people.keys_after), and on
            # PostgreSQL a unique text would bring a second index that nobody asks.
            models.UniqueConstraint(models.F("uid"), name="person_uid_once"),
            models.UniqueConstraint(
                fields=["email"], condition=models.Q(email__isnull=False), name="person_email_once"
            ),
            models.UniqueConstraint(
                fields=["member_number"],
                condition=models.Q(member_number__isnull=False),
                name="person_member_number_once",
            ),
            models.CheckConstraint(condition=~models.Q(member_number=""), name="person_member_number_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Full name, or the e-mail's first part for someone who has not said it yet; words for who has neither."""
        known = f"{self.given_name} {self.family_name}".strip() or (self.email or "").partition("@")[0]
        return known or str(NAMELESS)

    @cached_property
    def current_terms(self) -> "tuple[Term, ...]":
        """Today's terms with their roles and units, the nearest to the members first; one query, once per request."""
        return tuple(self.terms.active(clock.today()).select_related("role", "unit").order_by("role__order", "pk"))

    @cached_property
    def grants(self) -> frozenset[str]:
        """What today's terms grant (see Term.grants), such as `leads` or `arranges`; nothing to who is not active."""
        if not self.is_active:
            return frozenset()
        return frozenset().union(*(term.grants for term in self.current_terms))

    @property
    def keeps_framework(self) -> bool:
        """Whether a term of today lets this person import and publish editions."""
        return "keeps_framework" in self.grants

    @property
    def initials(self) -> str:
        """One or two capital letters for the round mark in the bar."""
        words = [self.given_name[:1], self.family_name[:1]]
        return "".join(words).upper() or self.name[:1].upper()
