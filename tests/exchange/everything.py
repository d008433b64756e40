"""Fills the tables that the fictional association leaves empty, so that every model has a row."""

from allauth.socialaccount.models import SocialAccount

from trellis.assessment.models import Envelope, Exclusion, Invitation, Rater, ThreeSixty
from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.exchange.models import (
    ApiToken,
    CalendarFeed,
    ColumnChoice,
    Delivery,
    Directory,
    DirectoryEntry,
    DirectoryToken,
    ErasureRequest,
    Event,
    ImportState,
    OutsideLink,
    PeopleImport,
    Transcript,
    UnitSpelling,
    Webhook,
)
from trellis.exchange.models.issuer_key import IssuerKey
from trellis.framework.models import Crosswalk, Edition
from trellis.growth.models import Focus, PassedOver
from trellis.insight.models import SavedView
from trellis.learning.models import Letter, News, NewsKind, Offering, Programme, SignUp
from trellis.learning.models.letter import LetterKind
from trellis.people.models import Person, Unit


def fill_the_rest(person: Person) -> None:
    """Make a row in each of these tables, the person's where it is somebody's; the demo must be loaded."""
    edition = Edition.objects.order_by("pk")[0]
    other = Person.objects.exclude(pk=person.pk).order_by("pk")[0]
    CalendarFeed.objects.create(person=person, digest="0" * 64)
    ApiToken.objects.create(
        person=person, label="Our site", begins="trellis_abc", digest="2" * 64, expires_on=clock.today()
    )
    Focus.objects.get_or_create(person=person)
    PassedOver.objects.create(person=person, offering=Offering.objects.order_by("pk")[0])
    programme = Programme.objects.order_by("pk")[0]
    News.objects.create(person=person, programme=programme, kind=NewsKind.COMPLETED, page="/x")
    Letter.objects.create(sign_up=SignUp.objects.order_by("pk")[0], kind=LetterKind.values[0])
    Transcript.objects.create(person=person, digest="1" * 64, key=IssuerKey.objects.get(in_use=True))
    Exclusion.objects.create(person=person, other=other)
    Exclusion.objects.create(person=other, other=person)
    ErasureRequest.objects.create(person=person, due_on=clock.today())
    ErasureRequest.objects.create(person=other, asked_by=person, due_on=clock.today())
    Invitation.objects.create(rater=Rater.objects.order_by("pk")[0], digest="3" * 64, sent_on=clock.today())
    Envelope.objects.create(mark="4" * 64, three_sixty=ThreeSixty.objects.order_by("pk")[0], sealed=b"sealed")
    Crosswalk.objects.create(edition=edition, uid=new_uid(), version=1, other_uid=new_uid(), other_version=1)
    unit = Unit.objects.order_by("pk")[0]
    if not SavedView.objects.exists():
        SavedView.objects.create(person=person, name="Ours", page="stand", unit=unit, level=2)
    PeopleImport.objects.create(unit=unit, made_by=person, file="members.csv", state=ImportState.DONE)
    UnitSpelling.objects.create(scope=unit, spelling="|harbour", unit=unit)
    ColumnChoice.objects.create(scope=unit, header="5" * 64, columns={"name": 0})
    webhook = Webhook.objects.create(
        unit=unit, made_by=person, url="https://lms.example.org/", events=[Event.TEST], sealed=b"sealed"
    )
    Delivery.objects.create(webhook=webhook, event=Event.TEST)
    directory = Directory.objects.create(unit=unit, made_by=person, sealed=b"sealed")
    DirectoryToken.objects.create(
        directory=directory, made_by=person, label="Entra", begins="trellis_dir_abc", digest="5" * 64,
        digest_before="6" * 64, expires_on=clock.today(),
    )  # fmt: skip
    DirectoryEntry.objects.create(directory=directory, person=person, user_name="A", user_key="a", external_id="7")
    SocialAccount.objects.create(user=person, provider=str(directory.uid), uid="number-at-the-issuer")
    OutsideLink.objects.create(
        edition=edition, type="isRelatedTo", origin=str(new_uid()), origin_title="A", origin_uri="https://a.example",
        destination=str(new_uid()), destination_title="B", destination_uri="https://b.example",
    )  # fmt: skip
