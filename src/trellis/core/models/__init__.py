"""Models of core: the audit trail, and the sessions of browsers."""

from trellis.core.models.audit import AuditEntry
from trellis.core.models.browser_session import BrowserSession

__all__ = ["AuditEntry", "BrowserSession"]
