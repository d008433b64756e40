"""What was signed: a credential as it left us, word by word, and a trace of each transcript."""

from django.db import models
from django.db.models import Q

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.exchange.models.issuer_key import IssuerKey
from trellis.growth.models import Credential
from trellis.people.models import Person


class SignedDocument(models.Model):
    """A credential as JSON with its proof, and as a JWT; neither is ever made again, so that copies stay equal."""

    privacy = Privacy(PrivacyClass.SENSITIVE, "with its credential")

    credential = models.OneToOneField(Credential, models.CASCADE, related_name="signed")
    document = models.TextField()
    jwt = models.TextField()
    key = models.ForeignKey(IssuerKey, models.PROTECT, related_name="documents")
    signed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(document="") & ~Q(jwt=""), name="signed_document_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.credential_id}"


class Transcript(models.Model):
    """That a transcript was signed for a person; of its content only the digest is kept, enough to recognise it."""

    privacy = Privacy(PrivacyClass.SENSITIVE, "while the person has a file; erased with it")

    uid = models.UUIDField(default=new_uid, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="transcripts")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the document")
    key = models.ForeignKey(IssuerKey, models.PROTECT, related_name="transcripts")
    signed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-signed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.uid}"
