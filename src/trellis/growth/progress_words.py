"""How far a plan is, in words: what is done of how much, and never a score."""

from django.utils.translation import ngettext


def progress_words(done: int, whole: int) -> str:
    """Say "3 of 8 steps done"; nothing where there is no step."""
    if not whole:
        return ""
    return ngettext("%(done)d of %(whole)d step done", "%(done)d of %(whole)d steps done", whole) % {
        "done": done,
        "whole": whole,
    }
