"""Turns a filter of SCIM into a condition of the database: the whole of it, or enough of it to look at few rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from scim2_models import ScimFilter
from scim2_models.path import (
    AttributeBinding,
    CompareOperator,
    Comparison,
    FilterVisitor,
    LogicalExpr,
    LogicalOperator,
    Not,
    Present,
    ValuePath,
)

from trellis.exchange.models import Directory, DirectoryEntry
from trellis.exchange.scim.wanted import compared
from trellis.people.models import Person

NOBODY = Q(pk__in=[])
_ALIKE = {
    CompareOperator.eq: "iexact",
    CompareOperator.sw: "istartswith",
    CompareOperator.co: "icontains",
    CompareOperator.ew: "iendswith",
}
_NAMES = {("name", "family_name"): "family_name", ("name", "given_name"): "given_name", ("title", None): "occupation"}


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A condition on the reachable people; unless it `is_whole`, each row must be held against the filter too."""

    condition: Q
    is_whole: bool


# Says nothing: every row must be looked at.
ANYBODY = Narrowed(Q(), is_whole=False)


class Narrowing(FilterVisitor[Narrowed]):
    """Walks over a filter. A condition may let in too many, never too few."""

    def __init__(self, directory: Directory, bound: ScimFilter[Any]) -> None:
        self._entries = DirectoryEntry.objects.filter(directory=directory)
        self._bound = bound
        self._by_value: dict[tuple[str, str | None], Callable[[Any], Narrowed]] = {
            ("id", None): _by_uid,
            ("user_name", None): self._by_user_name,
            ("external_id", None): self._by_external_id,
            ("emails", "value"): self._by_address,
            ("active", None): _by_activity,
        }

    def visit_comparison(self, node: Comparison) -> Narrowed:
        binding = self._bound.resolve_comparison(node.attr_path, strict=False)
        if binding is None:
            return ANYBODY
        target = (binding.field_name, binding.sub_field_name)
        by_value = self._by_value.get(target)
        if node.op is CompareOperator.eq and by_value is not None:
            return by_value(_comparable(binding, node.value))
        if target in _NAMES and node.op in _ALIKE and isinstance(node.value, str) and node.value.isascii():
            # Only of ASCII is every database sure what is the same in capitals.
            return Narrowed(Q(**{f"{_NAMES[target]}__{_ALIKE[node.op]}": node.value}), is_whole=False)
        return ANYBODY

    def visit_present(self, node: Present) -> Narrowed:
        always = {("id", None), ("user_name", None), ("active", None), ("meta", None)}
        binding = self._bound.resolve(node.attr_path, strict=False)
        is_always = binding is not None and (binding.field_name, binding.sub_field_name) in always
        return Narrowed(Q(), is_whole=True) if is_always else ANYBODY

    def visit_not(self, node: Not) -> Narrowed:
        inner = self.visit(node.expr)
        return Narrowed(~inner.condition, is_whole=True) if inner.is_whole and inner.condition else ANYBODY

    def visit_logical_expr(self, node: LogicalExpr) -> Narrowed:
        found = [self.visit(term) for term in node.terms]
        is_whole = all(each.is_whole for each in found)
        if node.op is LogicalOperator.and_:
            condition = Q()
            for each in found:
                condition &= each.condition
            return Narrowed(condition, is_whole)
        if not all(each.condition for each in found):
            return Narrowed(Q(), is_whole)
        condition = NOBODY
        for each in found:
            condition |= each.condition
        return Narrowed(condition, is_whole)

    def visit_value_path(self, node: ValuePath) -> Narrowed:
        """Of `emails[type eq "work" and value eq "x"]` the address is what narrows."""
        inner = node.val_filter
        terms = inner.terms if isinstance(inner, LogicalExpr) and inner.op is LogicalOperator.and_ else (inner,)
        for term in terms:
            if not isinstance(term, Comparison) or term.attr_path.attr.lower() != "value":
                continue
            if term.op is CompareOperator.eq and isinstance(term.value, str):
                return self._by_address(compared(term.value))
        return ANYBODY

    def _by_user_name(self, value: Any) -> Narrowed:
        """Three questions that an index answers, where one over both tables would read them all."""
        known = Q(pk__in=list(self._entries.filter(user_key=value).values_list("person_id", flat=True)[:10]))
        return Narrowed(known | Q(pk__in=_people_at(value)) | _by_uid(value).condition, is_whole=False)

    def _by_external_id(self, value: Any) -> Narrowed:
        return Narrowed(Q(pk__in=self._entries.filter(external_id=value or "\0").values("person_id")), is_whole=True)

    def _by_address(self, value: Any) -> Narrowed:
        found = self._entries.filter(Q(email=value) | Q(other_emails__contains=f"\n{value}\n"))
        return Narrowed(Q(pk__in=found.values("person_id")) | Q(pk__in=_people_at(value)), is_whole=False)


def _by_uid(value: Any) -> Narrowed:
    try:
        return Narrowed(Q(uid=UUID(str(value))), is_whole=str(UUID(str(value))) == value)
    except ValueError:
        return Narrowed(NOBODY, is_whole=True)


def _by_activity(value: Any) -> Narrowed:
    said = Q(entry__is_active=bool(value)) | Q(entry__isnull=True, is_active=bool(value))
    return Narrowed(said, is_whole=isinstance(value, bool))


def _people_at(value: Any) -> list[int]:
    return list(Person.objects.filter(email=str(value)).values_list("pk", flat=True))


def _comparable(binding: AttributeBinding, value: Any) -> Any:
    return binding.comparable(value) if isinstance(value, str) else value
