"""The texts that history holds: found by their hash, and compared with each other at most once."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.judging.change import differences
from policygraph.model.change import Change, ChangeKind, Phrase
from policygraph.model.document import Document
from policygraph.model.fingerprint import Fingerprint
from policygraph.model.history import History, Revision
from policygraph.model.review import Review
from policygraph.reading.comparisons import Comparisons
from policygraph.reading.fingerprint import fingerprint, text_hash
from policygraph.words import N_

BY_HASH_ONLY = N_("its substance has another hash, and the older text is not in the history to be compared")


class Texts:
    """What a handbook's history says of texts. Nothing is hashed or compared before it is asked for."""

    def __init__(self, history: History, comparisons: Comparisons | None = None) -> None:
        self._history = history
        self._comparisons = comparisons or Comparisons()
        self._changes: dict[tuple[str, str], Change] = {}
        self._by_hash: dict[str, dict[str, tuple[Revision, ...]]] = {}
        self._today: dict[str, str] = {}
        self._all: frozenset[str] | None = None

    def change(self, old: str, new: str) -> Change:
        """What separates two texts of one document."""
        found = self._changes.get((old, new))
        if found is None:
            found = self._changes[old, new] = self._comparisons.of(old, new, differences)
        return found

    def between(
        self, document: Document, old: Fingerprint | None, new: Fingerprint | None = None
    ) -> Change | None:
        """What separates two texts of a document that are known by their hashes; `new` is today's where none is given.

        The texts themselves are compared where both are at hand, else the hashes of their substance. None
        where it cannot be known.
        """
        if old is None:
            return None
        newer = new.text if new else self.hash_of(document)
        if old.text == newer:
            return Change(ChangeKind.NONE)
        before, after = self._text(document, old.text), self._text(document, newer)
        if before is not None and after is not None:
            return self.change(before, after)
        substance = new.substance if new else fingerprint(document.text).substance
        if old.substance == substance:
            return Change(ChangeKind.EDITORIAL)
        return Change(ChangeKind.SUBSTANCE, ((Phrase(BY_HASH_ONLY),),))

    def hash_of(self, document: Document) -> str:
        """The hash of a document's text of today."""
        if document.path not in self._today:
            self._today[document.path] = text_hash(document.text)
        return self._today[document.path]

    def holding(self, path: str, hash: str) -> tuple[Revision, ...]:
        """The revisions of a file that hold the text with a hash, the oldest first."""
        if path not in self._by_hash:
            found: dict[str, tuple[Revision, ...]] = {}
            for revision in self._history.of(path):
                if revision.text is not None:
                    key = text_hash(revision.text)
                    found[key] = (*found.get(key, ()), revision)
            self._by_hash[path] = found
        return self._by_hash[path].get(hash, ())

    def looked_at(self, review: Review) -> Revision | None:
        """The revision that holds the text of a review: of several, the last before the day of the review."""
        if review.looked_at is None:
            return None
        found = self.holding(review.document, review.looked_at.text)
        before = [revision for revision in found if revision.commit.when.date() <= review.on]
        return before[-1] if before else found[0] if found else None

    def known(self, hash: str) -> bool:
        """Whether any file of the handbook has held the text with a hash on the published branch."""
        if self._all is None:
            self._all = frozenset(text_hash(text) for text in _texts(self._history))
        return hash in self._all

    def _text(self, document: Document, hash: str) -> str | None:
        if hash == self.hash_of(document):
            return document.text
        revisions = self.holding(document.path, hash)
        return revisions[-1].text if revisions else None


def _texts(history: History) -> Iterator[str]:
    for line in (*history.revisions.values(), *history.displaced):
        for revision in line:
            if revision.text is not None:
                yield revision.text
