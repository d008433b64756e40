"""CTDL-ASN: a published edition as linked data, for registries of credentials and competencies."""
