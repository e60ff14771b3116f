"""Why a question is asked, in a sentence: the same on pages, in exports and on the command line."""

from __future__ import annotations

from policygraph.model.in_words import listed
from policygraph.model.question import Ground
from policygraph.words import _

_MOST_CLAUSES = 4


def ground_words(ground: Ground) -> str:
    """The reason to ask: what an expectation says, which may be nothing, or what was found in the texts."""
    if ground.mention is not None:
        return _("The text names it (‘%(text)s’) without a link.", text=ground.mention.text)
    if ground.shared is not None:
        return _(
            "%(shared)s of the %(words)s words of %(document)s stand in %(other)s too, and neither references "
            "the other.",
            shared=ground.shared.shared,
            words=ground.shared.words,
            document=ground.shared.document,
            other=ground.shared.other,
        )
    if ground.strength is not None:
        return ground.because
    clauses = listed(ground.clauses, _MOST_CLAUSES)
    return _("Both answer %(clauses)s, and neither references the other.", clauses=clauses)
