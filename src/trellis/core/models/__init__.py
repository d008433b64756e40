"""Models of core: the audit trail."""

from trellis.core.models.audit import AuditEntry

__all__ = ["AuditEntry"]
