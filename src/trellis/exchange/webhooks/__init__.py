"""Webhooks: tells a unit's own systems that somebody has completed something, signed, until they have heard it."""
