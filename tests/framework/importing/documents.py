"""Small framework documents for tests, as an association might have them."""

import random
from collections.abc import Mapping, Sequence

LEVELS = ("Foundational", "Mobilizing and Power Building", "Agenda Driving", "Passing On")
Themes = Mapping[str, Sequence[tuple[str, str]]]


def grid(domains: Mapping[str, tuple[str, Themes]]) -> str:
    """A Markdown document: for each domain its purpose, and for each theme a (behaviour, considerations) per level."""
    parts = []
    for name, (purpose, themes) in domains.items():
        width = max(map(len, themes.values()))
        header = ["Competency Theme", *(f"Level {number}: {LEVELS[number - 1]}" for number in range(1, width + 1))]
        rows = [header, ["---"] * len(header)]
        for theme, cells in themes.items():
            rows.append([theme, *(f"{does} Learning Considerations {learns}" for does, learns in cells)])
        table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
        parts.append(f"{name}\n\n{purpose}\n\n{table}")
    return "\n\n".join(parts) + "\n"


def cells(topic: str, levels: int = 3) -> list[tuple[str, str]]:
    """Made-up wording for the levels of a theme; themes of different topics share little of it."""
    chance = random.Random(topic)

    def words() -> str:
        return " ".join("".join(chance.choices("abcdefghilmnoprstu", k=7)) for _ in range(8))

    return [
        (
            f"Practises {topic} at stage {number} with {words()}",
            f"Studies how {topic} grows near {words()}",
        )
        for number in range(1, levels + 1)
    ]


GARDEN = {
    "GROWING FOOD": (
        "Grows food for the whole street.",
        {"Prepares the soil": cells("soil"), "Sows and plants in season": cells("sowing")},
    ),
    "SHARING TOOLS": ("Lends what neighbours need.", {"Repairs what is broken": cells("repair")}),
    "MEETING": ("Brings people to one table.", {"Invites everyone": cells("inviting")}),
}
