"""The questions, each in a file of its own, as Ibis expressions over the tables of a snapshot: no engine is named here.

Every expression counts in whole numbers, so that every engine gives the same to the last cell; means and shares are
made of the counts behind the gate. `by` are the columns that tell the units or groups apart: `state`, `local`, or an
attribute of people; without any there is one row for all.
"""
