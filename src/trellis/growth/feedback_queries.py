"""Reads a released 360 for its page and its PDF."""

from dataclasses import dataclass

from trellis.assessment.estimates import rating_model
from trellis.assessment.models import ThreeSixty
from trellis.assessment.releasing import Report, report_of
from trellis.assessment.three_sixty_queries import definition_of, domains_of, tree_of
from trellis.framework.tree import EditionTree
from trellis.growth.evidence_queries import attested_levels_of
from trellis.growth.feedback import Feedback, feedback_of
from trellis.growth.queries import standing_for
from trellis.people.models import Person


@dataclass(frozen=True, slots=True)
class Read:
    """A report as it is read: whose, the figures, what was written by question, and what named raters wrote."""

    subject: Person
    tree: EditionTree
    feedback: Feedback
    report: Report
    comments: tuple[tuple[str, tuple[str, ...]], ...]
    named_words: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def read_feedback(three_sixty: ThreeSixty) -> Read | None:
    """Return a released 360 joined with answers and evidence of today, or None without its person; four queries.

    Needs the release, and round, instrument, edition, framework and subject. Raises SealBrokenError when the comments
    cannot be opened.
    """
    subject = three_sixty.round.subject
    if subject is None:
        return None
    tree, report = tree_of(three_sixty), report_of(three_sixty.release)
    evidence = attested_levels_of([subject.pk]).get(subject.pk, {})
    found = feedback_of(
        report,
        tree,
        domains_of(three_sixty),
        own=standing_for(tree, subject),
        evidence=evidence,
        model=rating_model(tree).model,
    )
    asked = {remark["code"]: remark["text"] for remark in definition_of(three_sixty).get("remarks", ())}
    comments = tuple((text, tuple(report.comments[code])) for code, text in asked.items() if code in report.comments)
    words = tuple(
        (one.name, tuple((asked[code], text) for code, text in one.remarks.items() if code in asked))
        for one in report.named
        if one.remarks
    )
    return Read(subject, tree, found, report, comments, words)
