"""The gate: whatever leaves insight passes here. Small counts are hidden, then what gives them away; all is audited.

Guarded together are counts of people (by unit, and by the groups of one attribute), the values that stand on them
(shares and means, which follow their n), and what the releases before have shown already. In this order:

1. `questions` asks the facts everything about a closed wave; `raw` lays it by place, group and column, and `few` leaves
   out the handful who belong to a state and to none of its locals.
2. `protecting` hides, table by table: what is small, what would give it away (`lines`, `breakdowns`), values whose rest
   would say too much (`values`), and what `rules` forbid: what another table hides, and what changed by too few since
   an earlier release (`history`, `earlier`).
3. `auditing` looks at all of it as a reader would; one finding, and nothing is released (TellsTooMuchError).
4. `releasing` writes down what is left, and `release_actions.release_wave` stores it, once a wave, for ever.

Pages, files, charts and the API read a release through `insight.queries`, and nothing else:

    release = latest_release()                                # or release_of("fall-2026"); .wave.name, .made_at
    table = released_table(release, "standing", unit)         # everybody; with attribute "office", by group
    cell = table.cell("adv_1")                                # n, values["level2"] ("≥95", Coded), hidden ("" or why)
    released_tables(release, "standing", states)              # many units, one query: a heatmap

Nothing outside of `insight.facts`, `insight.expressions`, `insight.gate` and the commands may import the engine or the
facts; a test holds that.
"""
