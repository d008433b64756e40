"""Looks over the finished domains for what a document should not have."""

from collections.abc import Iterable

from trellis.framework.reader.document import Domain
from trellis.framework.reader.findings import Findings


def check_domains(domains: Iterable[Domain], findings: Findings) -> None:
    """Warn about missing purposes, themes of the same name and themes with another number of levels."""
    names: dict[str, int] = {}
    usual = 0
    for domain in domains:
        if not domain.purpose:
            findings.warn(domain.line, f'the domain "{domain.name}" has no purpose')
        if not domain.themes:
            findings.warn(domain.line, f'the domain "{domain.name}" has no themes')
        for theme in domain.themes:
            first = names.setdefault(theme.name.casefold(), theme.line)
            if first != theme.line:
                findings.warn(theme.line, f'a theme "{theme.name}" stands on line {first} already')
            usual = usual or len(theme.levels)
            if len(theme.levels) != usual:
                numbers = f"{len(theme.levels)}, not {usual} as the first theme"
                findings.warn(theme.line, f'theme "{theme.name}" has another number of levels: {numbers}')
