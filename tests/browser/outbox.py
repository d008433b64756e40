"""The test outbox: mails that the site has written into files, read as their receiver would."""

import email
import re
import time
from email import policy
from pathlib import Path
from urllib.parse import urlsplit

from tests.browser.device import PATIENCE_MS

_BETWEEN = f"\n{'-' * 79}\n"


def mails_to(outbox: Path, address: str) -> list[tuple[str, str]]:
    """Return subject and text of the mails to an address, in the order in which they were written."""
    found = []
    for path in sorted(outbox.glob("*.log"), key=lambda one: one.stat().st_mtime_ns):
        for raw in path.read_text(encoding="utf-8").split(_BETWEEN):
            if raw.strip():
                message = email.message_from_string(raw.lstrip("\n"), policy=policy.default)
                if message["To"] == address:
                    found.append((str(message["Subject"]), message.get_content()))
    return found


def newest_mail(outbox: Path, address: str) -> tuple[str, str]:
    """Return subject and text of the newest mail to an address; waits for one."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not (found := mails_to(outbox, address)):
        assert time.monotonic() < deadline, f"no mail to {address}"
        time.sleep(0.05)
    return found[-1]


def links_in(text: str) -> list[str]:
    """Return the addresses in a mail, without the site."""
    return [urlsplit(link).path for link in re.findall(r"https?://\S+", text)]
