"""What learning registers elsewhere."""

from trellis.learning.programme_panels import register as register_programmes

register_programmes()
