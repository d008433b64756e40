"""SCIM 2.0: an affiliate's directory adds, changes and removes the affiliate's people."""
