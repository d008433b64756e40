"""The HTTP interface for other programs: tokens with scopes, problems as RFC 9457 has them, webhooks."""
