"""The one mail about a badge: that the association has taken it back. It carries a link, and not which or why."""

import logging

from trellis.core import mail
from trellis.exchange.badges.addresses import absolute
from trellis.growth.models import Credential

_log = logging.getLogger(__name__)


def tell_taken_back(credential: Credential) -> None:
    """Tell the holder; call it once the deed is stored. What cannot be sent stands in their wallet all the same."""
    holder = credential.person
    if not holder.email or not holder.is_active:
        return
    context = {"link": absolute("badges:own", uid=credential.uid)}
    try:
        mail.send(
            to=holder.email, template="exchange/badges/mail/taken_back.txt", context=context, language=holder.language
        )
    except OSError as error:
        # Neither name nor address goes into the log.
        _log.warning("the news of a badge could not be sent (%s)", type(error).__name__)
