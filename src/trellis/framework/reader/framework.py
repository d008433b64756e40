"""Reads the domains of a document whose themes stand in tables."""

from dataclasses import dataclass, field

from trellis.framework.reader.blocks import Block, Bullet, Heading, Paragraph, Scan
from trellis.framework.reader.checks import check_domains
from trellis.framework.reader.definitions import Definitions, definitions_in
from trellis.framework.reader.document import Definition, Document, Domain
from trellis.framework.reader.errors import DocumentError
from trellis.framework.reader.findings import Findings
from trellis.framework.reader.headers import Header
from trellis.framework.reader.marks import starts_with_mark, without_leading_mark
from trellis.framework.reader.plainheads import with_headings
from trellis.framework.reader.rows import Table
from trellis.framework.reader.sections import Role, Section, roles, sections_of
from trellis.framework.reader.tables import read_table
from trellis.framework.reader.themes import ThemeDraft, add_row
from trellis.framework.reader.wording import Wording

SHOWN = 60


def read_framework(scan: Scan, wording: Wording, findings: Findings) -> Document:
    """Read the blocks of a document with tables."""
    reading = _Reading(wording, findings)
    sections = sections_of(with_headings(scan.blocks))
    for section, role in zip(sections, roles(sections), strict=True):
        reading.take(section, role)
    domains = tuple(draft.domain(wording, findings) for draft in reading.domains.values())
    check_domains(domains, findings)
    names = tuple(label.name for label in reading.header.labels) if reading.header else ()
    return Document(
        scan.shape,
        domains=domains,
        definitions=reading.definitions.all(),
        level_names=names,
        warnings=findings.warnings(),
    )


@dataclass(slots=True)
class DomainDraft:
    """A domain whose themes are still being gathered."""

    line: int
    name: str
    purpose: str = ""
    drafts: list[ThemeDraft] = field(default_factory=list)

    def domain(self, wording: Wording, findings: Findings) -> Domain:
        """The finished domain."""
        themes = tuple(draft.theme(wording, findings) for draft in self.drafts)
        return Domain(self.name, self.purpose, self.line, themes)


class _Reading:
    """The state of one walk through a document."""

    def __init__(self, wording: Wording, findings: Findings) -> None:
        self.wording = wording
        self.findings = findings
        self.definitions = Definitions(findings)
        self.domains: dict[str, DomainDraft] = {}
        self.domain: DomainDraft | None = None
        self.header: Header | None = None

    def take(self, section: Section, role: Role) -> None:
        """Read one section."""
        if role is Role.DOMAIN and section.heading:
            self._open_domain(section.heading)
        for place, block in enumerate(section.blocks):
            if isinstance(block, Table):
                self._take_table(block)
            elif isinstance(block, Paragraph | Bullet):
                # The name of the whole document may stand above everything, without the signs of a heading.
                is_title = section.heading is None and place == 0 and not block.text.endswith(".")
                self._take_text(block, role, is_title=is_title)
        if role is Role.NOTES and section.heading and not self._is_notes(section.blocks):
            name = self.wording.repaired(section.heading.text)
            self.findings.warn(section.heading.line, f'"{name}" has no themes; it was not read as a domain')

    def _open_domain(self, heading: Heading) -> None:
        name = self.wording.repaired(heading.text)
        known = self.domains.setdefault(name.casefold(), DomainDraft(heading.line, name))
        if known.line != heading.line:
            self.findings.warn(heading.line, f'the domain "{name}" began on line {known.line} already; this adds to it')
        self.domain = known

    def _take_table(self, table: Table) -> None:
        content = read_table(table, self.header, self.wording)
        if self.domain is None:
            line = content.rows[0].line if content.rows else table.rows[0].line
            raise DocumentError(line, "a theme stands before any domain")
        if content.header and (self.header is None or not content.header.names_are_due):
            self.header = content.header
        elif self.header is None and content.rows:
            self.findings.warn(table.rows[0].line, "no header names the levels of this table")
        for row in content.rows:
            add_row(self.domain.drafts, row)

    def _take_text(self, block: Paragraph | Bullet, role: Role, *, is_title: bool) -> None:
        found = self._definitions(block)
        domain = self.domain
        wants_purpose = role in (Role.DOMAIN, Role.PART) and domain and not domain.purpose and not domain.drafts
        marked = isinstance(block, Bullet) or starts_with_mark(block.text)
        if domain and wants_purpose and not (found and marked) and any(map(str.isalpha, block.text)):
            domain.purpose = self.wording.repaired(block.text)
            return
        for definition in found:
            self.definitions.add(block.line, definition)
        repeated = domain is not None and self.wording.repaired(block.text) == domain.purpose
        if not found and not is_title and not repeated:
            shown = block.text[:SHOWN].rstrip()
            self.findings.warn(block.line, f'"{shown}": this text belongs to no domain, theme or definition')

    def _definitions(self, block: Paragraph | Bullet) -> tuple[Definition, ...]:
        marked = isinstance(block, Bullet) or starts_with_mark(block.text)
        text = self.wording.repaired(without_leading_mark(block.text))
        return definitions_in(text, marked=marked)

    def _is_notes(self, blocks: list[Block]) -> bool:
        texts = [block for block in blocks if isinstance(block, Paragraph | Bullet)]
        return bool(texts) and all(self._definitions(block) for block in texts)
