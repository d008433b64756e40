"""What insight registers elsewhere: its share of the demo."""

from trellis.core.registry import DemoPart, demo_parts
from trellis.insight.demo import load
from trellis.insight.person_data import register_person_data

demo_parts.register(DemoPart(key="insight", load=load, order=70))
register_person_data()
