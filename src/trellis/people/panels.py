"""What people registers elsewhere: its share of the demo, a daily job, its lines in the menu, others' privacy."""

from django.utils.translation import gettext_lazy as _

from trellis.core.later import later
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.core.registry import (
    DailyJob,
    DemoPart,
    MenuPart,
    NavigationEntry,
    PrivacyEntry,
    daily_jobs,
    demo_parts,
    person_menu,
    privacy_of_others,
)
from trellis.people.actions import forget_old_looks
from trellis.people.person_data import register_person_data
from trellis.people.sessions import forget_ended_sessions

demo_parts.register(DemoPart(key="people", load=later("trellis.people.demo.load.load"), order=10))
register_person_data()
daily_jobs.register(DailyJob(key="looks", run=forget_old_looks, order=70))
daily_jobs.register(DailyJob(key="sessions", run=forget_ended_sessions, order=93))

for _key, _label, _icon, _order in (
    ("sharing", _("Who sees my file"), "eye", 10),
    ("looks", _("Who looked at my file"), "clock", 11),
    ("settings", _("Sign-in and security"), "lock", 20),
):
    person_menu.register(
        NavigationEntry(
            key=_key,
            label=_label,
            icon=_icon,
            url_name=f"people:{_key}",
            visible=lambda request: request.user.is_authenticated,
            order=_order,
            part=MenuPart.ACCOUNT,
        )
    )

_WITH_ACCOUNT = "with the person's account"
for _model, _privacy in {
    "account.EmailAddress": Privacy(PrivacyClass.PERSONAL, _WITH_ACCOUNT),
    "account.EmailConfirmation": Privacy(PrivacyClass.SECRET, "3 days: a link in a mail"),
    "mfa.Authenticator": Privacy(PrivacyClass.SECRET, _WITH_ACCOUNT),
    "auth.Permission": Privacy(PrivacyClass.PUBLIC, "kept: Django's own list, not used"),
    "auth.Group": Privacy(PrivacyClass.INTERNAL, "kept: Django's own, not used"),
    "contenttypes.ContentType": Privacy(PrivacyClass.PUBLIC, "kept: names of tables"),
}.items():
    privacy_of_others.register(PrivacyEntry(key=_model, privacy=_privacy))
