"""Who reads which application: each gets its readers, by chance, and nobody has to read more than the others."""

import random
from collections import deque
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

Pair = tuple[int, int]


@dataclass(slots=True)
class Draw:
    """New pairs of application and reader, how much each reader has now, and how many readers an application lacks."""

    pairs: set[Pair] = field(default_factory=set)
    load: dict[int, int] = field(default_factory=dict)
    short: dict[int, int] = field(default_factory=dict)


def draw(
    wanted: Mapping[int, int],
    readers: Collection[int],
    *,
    barred: AbstractSet[Pair],
    load: Mapping[int, int],
    rng: random.Random,
) -> Draw:
    """Give each application as many more readers as it wants, none of them barred, with loads as even as can be.

    `barred` also holds the pairs that there are already, and `load` what each reader has. Among all ways to do it, the
    sum of the squares of the loads is the least: no chain of exchanges makes them more even (Harvey, Ladner, Lovasz,
    Tamir 2006, "Semi-matchings for bipartite graphs and load balancing").
    """
    found = Draw(load={reader: load.get(reader, 0) for reader in readers})
    order = list(wanted)
    rng.shuffle(order)
    # Those who can be read by few choose first; the exchanges below mend what is left.
    allowed = {one: [reader for reader in readers if (one, reader) not in barred] for one in order}
    for one in sorted(order, key=lambda each: len(allowed[each])):
        able = allowed[one]
        rng.shuffle(able)
        able.sort(key=found.load.__getitem__)
        chosen = able[: wanted[one]]
        for reader in chosen:
            found.pairs.add((one, reader))
            found.load[reader] += 1
        if len(chosen) < wanted[one]:
            found.short[one] = wanted[one] - len(chosen)
    while chain := _chain(found, {one: set(able) for one, able in allowed.items()}):
        for one, giver, taker in chain:
            found.pairs.remove((one, giver))
            found.pairs.add((one, taker))
        found.load[chain[0][1]] -= 1
        found.load[chain[-1][2]] += 1
    return found


def _chain(found: Draw, allowed: Mapping[int, set[int]]) -> list[tuple[int, int, int]]:
    """Return exchanges (application, giver, taker) that lead from a reader to one who has two less, or none."""
    held: dict[int, list[int]] = {reader: [] for reader in found.load}
    for one, reader in sorted(found.pairs):
        held[reader].append(one)
    for start in sorted(found.load, key=lambda reader: -found.load[reader]):
        came: dict[int, tuple[int, int]] = {}
        seen, queue = {start}, deque([start])
        while queue:
            giver = queue.popleft()
            for one in held[giver]:
                for taker in allowed[one] - seen:
                    if (one, taker) in found.pairs:
                        continue
                    seen.add(taker)
                    came[taker] = (one, giver)
                    if found.load[taker] <= found.load[start] - 2:
                        return _back(came, start, taker)
                    queue.append(taker)
    return []


def _back(came: Mapping[int, tuple[int, int]], start: int, end: int) -> list[tuple[int, int, int]]:
    chain = []
    while end != start:
        one, giver = came[end]
        chain.append((one, giver, end))
        end = giver
    return chain[::-1]
