"""What a package becomes here: the contents of a draft edition, ready to be stored, and what to say about it first."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from trellis.exchange.case.identity import derived
from trellis.exchange.case.reader.hierarchy import Branch, Hierarchy, hierarchy
from trellis.exchange.case.reader.loose import CaseReadError, LooseAssociation, LooseItem, LoosePackage
from trellis.framework.naming import domain_code, next_number, short_label

GRID, LIST = "framework", "attributes"
_DERIVED = {"isChildOf", "precedes", "hasSkillLevel"}
_LONGEST_NAME, _LONGEST_SHORT, _LONGEST_LEVEL, _LONGEST_TEXT = 240, 40, 80, 300
_MOST_LEVELS = 9


@dataclass(slots=True)
class Arrival:
    """A package laid out as rows of an edition by model name, with what a person should know before it is stored."""

    package: LoosePackage
    kind: str
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    outside: tuple[LooseAssociation, ...] = ()
    warnings: list[str] = field(default_factory=list)
    aliases: tuple[str, ...] = ()

    @property
    def is_official(self) -> bool:
        """Whether the statements are official wording; a Trellis says so, and of others it is taken to be so."""
        return bool(self.package.plain.get("edition", {}).get("has_official_texts", True))

    def add(self, model: str, **values: Any) -> None:
        """Add a row; relations are said by uid, for the one who stores it."""
        self.rows.setdefault(model, []).append(values)


def arrive(package: LoosePackage, outside: Mapping[str, LooseItem]) -> Arrival:
    """Lay a package out; `outside` has the items of other frameworks here by identifier, which it may point at.

    Raises CaseReadError when it has neither the shape of a grid nor that of a list of attributes.
    """
    pointed = {
        each.origin.identifier: outside[each.origin.identifier]
        for each in package.associations
        if each.type == "isChildOf" and each.origin.identifier in outside
    }
    found = hierarchy(package, {key: item for key, item in pointed.items() if key not in package.items})
    floors = {top.depth for top in found.tops}
    if not found.tops:
        raise CaseReadError("nothing stands in this framework: no item is a child of its document")
    if max(floors) < 2:
        raise CaseReadError("Trellis needs domains, themes and levels, or groups of attributes; nothing has parts here")
    is_list = max(floors) <= 2 and not found.levels
    arrival = Arrival(package, LIST if is_list else GRID)
    arrival.aliases = tuple(item.code or item.text[:40] for key, item in pointed.items() if key not in package.items)
    inside = {package.identifier, *package.items, *pointed}
    arrival.outside = tuple(
        each
        for each in package.associations
        if each.type not in _DERIVED or not {each.origin.identifier, each.destination.identifier} <= inside
    )
    _Layout(arrival, found).lay()
    return arrival


class _Layout:
    def __init__(self, arrival: Arrival, found: Hierarchy) -> None:
        self.arrival, self.found = arrival, found
        self.taken: set[str] = set()
        self.theme_place = 0

    def lay(self) -> None:
        if self.arrival.kind == LIST:
            self._list()
            return
        numbers = self._levels()
        for order, domain in enumerate(self.found.tops, 1):
            self._domain(domain, order, numbers)
        for order, concept in enumerate(sorted(self.arrival.package.concepts, key=_hierarchy_order), 1):
            plain = str(concept.plain.get("text", ""))
            is_official = self.arrival.is_official
            self.arrival.add(
                "Definition",
                uid=_uid(concept.identifier),
                order=order,
                term=concept.title[:_LONGEST_LEVEL],
                text=plain if is_official else concept.text,
                official_text=concept.text if is_official and (plain or not _from_trellis(self.arrival)) else "",
            )

    def _levels(self) -> dict[str, int]:
        """Lay the levels and return each one's number; where there are none, as many as a theme has behaviours."""
        levels = self.found.levels
        if levels:
            if len(levels) > _MOST_LEVELS:
                raise CaseReadError(f"there are {len(levels)} levels; Trellis has at most {_MOST_LEVELS}")
            for number, level in enumerate(levels, 1):
                self.arrival.add("Level", uid=_uid(level.identifier), number=number, name=level.text[:_LONGEST_LEVEL])
            return {level.identifier: number for number, level in enumerate(levels, 1)}
        most = max(len(theme.parts) for domain in self.found.tops for theme in domain.parts) if self._themes() else 0
        if not 1 <= most <= _MOST_LEVELS:
            raise CaseReadError("Trellis needs domains, themes in them, and a behaviour for each level of a theme")
        self.arrival.warnings.append(f"It names no levels; they are called Level 1 to Level {most}.")
        document = _uid(self.arrival.package.identifier)
        for number in range(1, most + 1):
            self.arrival.add(
                "Level", uid=derived(document, "level", str(number)), number=number, name=f"Level {number}"
            )
        return {}

    def _themes(self) -> list[Branch]:
        return [theme for domain in self.found.tops for theme in domain.parts]

    def _domain(self, branch: Branch, order: int, numbers: Mapping[str, int]) -> None:
        item = branch.item
        name = item.label or short_label(item.text, 120)
        code = item.code if item.code and item.code not in self.taken else domain_code(name, self.taken)
        self.taken.add(code)
        official, plain = self._texts(item, "purpose")
        self.arrival.add(
            "Domain",
            uid=_uid(item.identifier),
            code=code,
            order=order,
            name=name[:120],
            purpose=plain if plain != name else "",
            official_purpose=official if official != name else "",
            icon=str(item.plain.get("icon", ""))[:40],
        )
        for theme in branch.parts:
            self.theme_place += 1
            self._theme(theme, code, _uid(item.identifier), numbers)

    def _theme(self, branch: Branch, domain_code_: str, domain: uuid.UUID, numbers: Mapping[str, int]) -> None:
        item = branch.item
        code = self._code(item, domain_code_)
        if len(item.text) > _LONGEST_NAME:
            self.arrival.warnings.append(f"{code}: the name is longer than {_LONGEST_NAME} characters and is cut.")
        short = (item.label or short_label(item.text))[:_LONGEST_SHORT]
        theme = _uid(item.identifier)
        self.arrival.add(
            "Theme",
            uid=theme,
            domain=domain,
            code=code,
            order=self.theme_place,
            name=item.text[:_LONGEST_NAME],
            short=short,
        )
        levels = [row["number"] for row in self.arrival.rows["Level"]]
        found: dict[int, Branch] = {}
        for place, part in enumerate(branch.parts, 1):
            level = self.found.level_of.get(part.item.identifier, "")
            number = numbers.get(level) or part.item.number or place
            if number in found:
                raise CaseReadError(f"{code} has two behaviours at level {number}")
            found[number] = part
        if sorted(found) != levels:
            missing = ", ".join(str(number) for number in levels if number not in found) or "none"
            raise CaseReadError(f"{code} has behaviours at levels {sorted(found)}; missing: {missing}")
        for number in levels:
            self._cell(found[number], f"{code}.L{number}", theme, number)

    def _cell(self, branch: Branch, code: str, theme: uuid.UUID, level: int) -> None:
        item, plain = branch.item, branch.item.plain
        cell = _uid(item.identifier)
        learning = [_official(self.arrival, part.item, "activities" in plain) for part in branch.parts]
        self.arrival.add(
            "Cell",
            uid=cell,
            theme=theme,
            level=level,
            code=code,
            behaviour=_official(self.arrival, item, "statements" in plain),
            considerations="\n".join(filter(None, learning)),
        )
        for order, each in enumerate(_dicts(plain.get("statements")), 1):
            self.arrival.add(
                "Statement",
                uid=_uid(each["uid"]),
                cell=cell,
                version=int(each.get("version", 1)),
                order=order,
                text_self=str(each["i"])[:200],
                text_other=str(each["they"])[:200],
            )
        for order, each in enumerate(_dicts(plain.get("activities")), 1):
            self.arrival.add(
                "Activity",
                uid=_uid(each["uid"]),
                cell=cell,
                version=int(each.get("version", 1)),
                order=order,
                kind=str(each["kind"]),
                minutes=int(each["minutes"]),
                text=str(each["text"])[:_LONGEST_TEXT],
                clauses=list(each.get("clauses", ())),
            )

    def _list(self) -> None:
        place = 0
        for order, group in enumerate(self.found.tops, 1):
            item = group.item
            code = item.code if item.code and item.code not in self.taken else f"ATT.{order}"
            self.taken.add(code)
            uid = _uid(item.identifier)
            short = (item.label or short_label(item.text))[:_LONGEST_SHORT]
            self.arrival.add("AttributeGroup", uid=uid, code=code, order=order, name=item.text[:120], short=short)
            for part in group.parts:
                place += 1
                official, plain = self._texts(part.item, "text")
                self.arrival.add(
                    "Attribute",
                    uid=_uid(part.item.identifier),
                    group=uid,
                    code=self._code(part.item, code),
                    order=place,
                    short=(part.item.label or short_label(part.item.text))[:_LONGEST_SHORT],
                    text=(plain or part.item.text)[:_LONGEST_TEXT],
                    first_step=str(part.item.plain.get("first_step", ""))[:_LONGEST_TEXT],
                    official_text=official,
                )

    def _texts(self, item: LooseItem, name: str) -> tuple[str, str]:
        """The official words of an item and our plain ones, either of which may be empty."""
        plain = str(item.plain.get(name, ""))
        if not self.arrival.is_official or plain == item.text:
            return "", plain or item.text
        # A Trellis with official words leaves an item's plain ones in the statement where it has no official ones.
        return ("", item.text) if _from_trellis(self.arrival) and name not in item.plain else (item.text, plain)

    def _code(self, item: LooseItem, above: str) -> str:
        if item.code.startswith(f"{above}.") and item.code not in self.taken:
            code = item.code
        else:
            code = f"{above}.{next_number(known for known in self.taken if known.startswith(f'{above}.'))}"
        self.taken.add(code)
        return code


def _official(arrival: Arrival, item: LooseItem, has_plain: bool) -> str:
    """A statement as official words; a Trellis puts its plain ones into the notes beside those, and there only."""
    if not arrival.is_official or (_from_trellis(arrival) and has_plain and not item.notes):
        return ""
    return item.text


def _from_trellis(arrival: Arrival) -> bool:
    return "framework" in arrival.package.plain


def _dicts(found: Any) -> Iterable[dict[str, Any]]:
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _hierarchy_order(concept: Any) -> tuple[int, str]:
    return (int(concept.order) if concept.order.isdecimal() else 10_000, concept.order)


def _uid(identifier: str) -> uuid.UUID:
    """An identifier as a UUID: one that is none gets one that is the same every time."""
    try:
        return uuid.UUID(identifier)
    except ValueError:
        return derived(uuid.UUID(int=0), identifier)
