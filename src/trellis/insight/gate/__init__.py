"""The gate: whatever leaves insight passes here. Small counts are hidden, then what gives them away; all is audited.

Three things are guarded together: counts of people (how many answered, by unit and by group), the values that stand on
them (shares and means, which follow their n), and what the releases before have shown already.
"""
