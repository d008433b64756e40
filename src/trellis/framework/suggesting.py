"""What to try when nothing was found: a word of the framework that is spelled alike, or fewer words."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from trellis.framework.highlight import words_of
from trellis.framework.kept import Kept
from trellis.framework.models import Edition
from trellis.framework.queries import edition_tree
from trellis.framework.search import find
from trellis.framework.tree import EditionTree
from trellis.framework.words import spoken_language, wording_print

_ALIKE = 75.0  # of 100: one or two wrong letters in a word of six
_SHORTEST = 4
_TRIED = 5
_vocabularies: Kept[frozenset[str]] = Kept(most=8)


def suggestions(words: Sequence[str], editions: Sequence[Edition]) -> list[str]:
    """Return up to five other searches that do find something; at most six searches are tried."""
    vocabulary: frozenset[str] = frozenset()
    for edition in editions:
        vocabulary |= _vocabulary(edition)
    words = [word[:40] for word in words[:_TRIED]]
    respelled = [_respelled(word, vocabulary) for word in words]
    tries = [" ".join(respelled), *(respelled if len(respelled) > 1 else [])]
    asked = " ".join(words)
    ids = [edition.pk for edition in editions]
    return [text for text in dict.fromkeys(tries) if text and text != asked and find(text, ids, limit=1)][:_TRIED]


def _respelled(word: str, vocabulary: frozenset[str]) -> str:
    if len(word) < _SHORTEST or any(known.startswith(word) for known in vocabulary):
        return word
    best = process.extractOne(word, sorted(vocabulary), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return best[0] if best else ""


def _vocabulary(edition: Edition) -> frozenset[str]:
    key = (edition.pk, edition.uid, edition.published_at, spoken_language(), wording_print(edition))
    return _vocabularies.get(key, lambda: frozenset(_words(edition_tree(edition))))


def _words(tree: EditionTree) -> list[str]:
    texts = [f"{domain.name} {domain.purpose}" for domain in tree.domains]
    for theme in tree.themes:
        texts.append(f"{theme.short} {theme.name}")
        for cell in theme.cells:
            texts += [statement.text_self for statement in cell.statements]
            texts += [activity.text for activity in cell.activities]
    return [word for word in words_of(" ".join(texts)) if len(word) >= _SHORTEST and word.isalpha()]
