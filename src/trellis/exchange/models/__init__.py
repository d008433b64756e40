"""Models of exchange: what other systems need that no lower app keeps."""

from trellis.exchange.models.outside_link import OutsideLink

__all__ = ["OutsideLink"]
