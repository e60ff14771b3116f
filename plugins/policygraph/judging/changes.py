"""What changed for those who read the handbook: documents that are new, say something else, or no longer apply.

History knows commits; readers know documents in force. So drafts are nobody's business until they apply, and what was
only spelt otherwise, or concerns none but those who keep the documents, is told apart from what binds.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policygraph.judging.lines import Line, lines_of
from policygraph.judging.news import Batch, Beginning, Changes, News, ReaderChange
from policygraph.judging.reasons import reason_of
from policygraph.judging.texts import Texts
from policygraph.model.change import Change, ChangeKind
from policygraph.model.document import Document, FrontMatter, Status
from policygraph.model.history import Commit, Keeping, Revision
from policygraph.model.review import Review
from policygraph.reading.fence import normalised, split
from policygraph.reading.fingerprint import fingerprint, text_hash
from policygraph.reading.handbook_files import front_matter_of, known_keys
from policygraph.reading.language import language_of
from policygraph.reading.substance import fields_of
from policygraph.resolving.handbook import Handbook

SEEN = frozenset(
    ("owner", "status", "effective", "expires", "applies_to", "visibility", "type", "title", "summary", "why")
)
"""Fields that a reader sees. The others (references, clauses, records …) are for those who keep the documents."""

MOST_APART = 5
"""Documents that one commit may make new, or change, and each still be told of by itself."""

_MORE = re.compile(r"\d+ more changes")

_ANYBODYS = frozenset({"index", "readme"})
"""Names of files that tell no document from another."""

MARK = 12
"""Characters of a mark."""


def changes_of(handbook: Handbook, today: dt.date, texts: Texts) -> Changes:
    """Work out what changed for readers."""
    teller = _Teller(handbook, today, texts)
    lines = lines_of(handbook)
    begun = min((line.states[0].commit.order for line in lines if line.states), default=0)
    found: list[ReaderChange] = []
    start: list[ReaderChange] = []
    for line in lines:
        for change in teller.told(line):
            began = change.news is News.NEW and change.commit.order == begun
            (start if began else found).append(change)
    found.sort(key=_order)
    batches = tuple(_batches(found, teller))
    beginning = None
    if start:
        known = handbook.history.keeping is Keeping.WHOLE
        beginning = Beginning(start[0].commit, tuple(start), known)
    latest: dict[str, Batch] = {}
    for batch in batches:
        for change in batch.changes:
            if not batch.news.quiet and change.line.document is not None:
                latest.setdefault(change.line.document.path, batch)
    everything = (*handbook.documents, *handbook.translations)
    return Changes(batches, beginning, {d.path: teller.mark(d) for d in everything}, latest)


def _order(change: ReaderChange) -> tuple[int, int, str, str]:
    return -change.day.toordinal(), -change.commit.order, change.news.value, change.line.path


def _batches(changes: Sequence[ReaderChange], teller: _Teller) -> Iterator[Batch]:
    """Changes with those of the same commit and kind together, where they are many."""
    groups: dict[tuple[str, News], list[ReaderChange]] = {}
    for change in changes:
        groups.setdefault((change.commit.id, change.news), []).append(change)
    for (commit, news), group in groups.items():
        if len(group) > MOST_APART and news is not News.EXPIRED:
            yield Batch(news, tuple(group), f"{commit}:{news.value}", teller.reason(group[0].commit))
        else:
            yield from (Batch(news, (change,), change.key, change.reason) for change in group)


@dataclass(frozen=True, slots=True)
class _Published:
    """A text in force, and the state that holds it."""

    revision: Revision
    text: str
    front: FrontMatter


class _Teller:
    """Tells what happened to a document from the states of its file."""

    def __init__(self, handbook: Handbook, today: dt.date, texts: Texts) -> None:
        self._handbook = handbook
        self._settings = handbook.settings
        self._today = today
        self._texts = texts
        self._known = known_keys(handbook.settings)
        self._fields = {
            source.key.lower(): name for name in SEEN for source in self._settings.sources_of(name)
        }

    def told(self, line: Line) -> Iterator[ReaderChange]:
        """What happened to one document, the oldest first."""
        now: _Published | None = None
        last: _Published | None = None
        front, head = FrontMatter(), ""
        unread = False
        for revision in line.states:
            day = revision.commit.when.date()
            if now is not None and (lapsed := self._lapsed(line, now, day)) is not None:
                yield lapsed
                last, now = now, None
            if revision.deleted:
                if now is not None:
                    yield self._ended(News.REMOVED, line, now, revision, now.front)
                    last, now = now, None
                continue
            if revision.text is None:
                unread = True
                continue
            if not head or not revision.text.startswith(head):
                body = split(normalised(revision.text), self._known).body
                head = revision.text[: len(revision.text) - len(body)]
                front = front_matter_of(revision.text, revision.path, self._settings, self._known)
            found = _Published(revision, revision.text, front)
            if _announced(front, day):
                yield from self._begun_or_changed(line, now, last, found, unread)
                now = found
            elif now is not None:
                news = News.RETIRED if front.status is Status.RETIRED else News.WITHDRAWN
                news = news if front.status in (Status.RETIRED, Status.DRAFT) else News.EXPIRED
                yield self._ended(news, line, now, revision, front)
                last, now = now, None
            unread = False
        if now is not None and (lapsed := self._lapsed(line, now, self._today)) is not None:
            yield lapsed

    def _begun_or_changed(
        self, line: Line, now: _Published | None, last: _Published | None, found: _Published, unread: bool
    ) -> Iterator[ReaderChange]:
        if now is None and last is None:
            if not unread:
                yield self._change(News.NEW, line, found)
        elif now is None:
            yield self._change(News.BACK, line, found, last)
        elif (change := self._texts.change(now.text, found.text)).kind is not ChangeKind.NONE:
            news = News.EDITORIAL
            if change.of_substance:
                news = News.CHANGED if self.binds(change, now.text, found.text) else News.CONTROL
            yield self._change(news, line, found, now)

    def binds(self, change: Change, old: str, new: str) -> bool:
        """Whether what a reader sees changed in substance, given what did; reasons name the fields they are about."""
        for reason in change.reasons:
            name, colon, _ = reason.partition(": ")
            if _MORE.fullmatch(reason):
                return self._binds(old, new)
            if not colon or name.startswith("“") or name in self._fields:
                return True
        return False

    def _binds(self, old: str, new: str) -> bool:
        before, after = split(normalised(old), self._known), split(normalised(new), self._known)
        if before.body != after.body and self._texts.change(before.body, after.body).of_substance:
            return True
        a = {field.name: field.counts for field in fields_of(old)}
        b = {field.name: field.counts for field in fields_of(new)}
        return any(
            a.get(name, ()) != b.get(name, ()) and name in self._fields for name in a.keys() | b.keys()
        )

    def _change(
        self, news: News, line: Line, found: _Published, before: _Published | None = None
    ) -> ReaderChange:
        commit = found.revision.commit
        day = commit.when.date()
        fronts = [found.front] if before is None or news is News.BACK else [before.front, found.front]
        effective = found.front.effective
        return ReaderChange(
            news,
            line,
            day,
            commit.when,
            commit,
            found.revision.path,
            found.front,
            self._audiences(fronts),
            before.text if before is not None else None,
            found.text,
            self._texts.change(before.text, found.text) if before is not None else None,
            self._reason(line, found.revision, found.front),
            effective if effective is not None and effective > day else None,
            before.front if before is not None else None,
        )

    def _ended(
        self, news: News, line: Line, now: _Published, revision: Revision, front: FrontMatter
    ) -> ReaderChange:
        commit = revision.commit
        return ReaderChange(
            news,
            line,
            commit.when.date(),
            commit.when,
            commit,
            revision.path,
            front,
            self._audiences([now.front]),
            now.text,
            revision.text,
            reason=self._reason(line, revision, now.front),
        )

    def _lapsed(self, line: Line, now: _Published, day: dt.date) -> ReaderChange | None:
        """The end of a text whose last day is over."""
        expires = now.front.expires
        if expires is None or expires >= day or expires == dt.date.max:
            return None
        over = expires + dt.timedelta(days=1)
        when = dt.datetime.combine(over, dt.time(), dt.UTC)
        revision = now.revision
        return ReaderChange(
            News.EXPIRED,
            line,
            over,
            when,
            revision.commit,
            revision.path,
            now.front,
            self._audiences([now.front]),
            now.text,
        )

    def _reason(self, line: Line, revision: Revision, front: FrontMatter) -> str:
        return self.reason(
            revision.commit, self._reviews(line, revision), tuple(_names(line, revision, front))
        )

    def reason(self, commit: Commit, reviews: Iterable[Review] = (), names: Iterable[str] = ()) -> str:
        """Why a commit did what it did; `names` are those of the document that it did it to."""
        settings = self._settings
        known = (settings.organisation, settings.name)
        return reason_of(commit, reviews, known, names, language_of(settings.language))

    def _reviews(self, line: Line, revision: Revision) -> Iterator[Review]:
        logged = self._handbook.reviews.get(line.document.path, ()) if line.document else ()
        if any(review.note for review in logged) and revision.text is not None:
            hash = text_hash(revision.text)
            yield from (r for r in logged if r.looked_at is not None and r.looked_at.text == hash)

    def _audiences(self, fronts: Iterable[FrontMatter]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for front in fronts:
            if not front.applies_to or any(name.lower() == "everyone" for name in front.applies_to):
                return ()
            found.update(dict.fromkeys(name.lower() for name in front.applies_to))
        return tuple(found)

    def mark(self, document: Document) -> str:
        """By what a document's version is known: its oldest text that asks the same as today's."""
        text = document.text
        for state in reversed(self._handbook.history.of(document.path)):
            if state.text is None:
                break
            if state.text == text:
                continue
            change = self._texts.change(state.text, text)
            if change.of_substance and self.binds(change, state.text, text):
                break
            text = state.text
        return fingerprint(text).substance[:MARK]


def _names(line: Line, revision: Revision, front: FrontMatter) -> Iterator[str]:
    """What a message may call a document, then and today."""
    yield from (front.id or "", front.title or "", *front.aliases, line.id, line.title)
    for path in (revision.path, revision.renamed_from or ""):
        file = path.rpartition("/")[2]
        stem = file.rpartition(".")[0]
        if stem.lower() not in _ANYBODYS:
            yield from (file, stem)


def _announced(front: FrontMatter, day: dt.date) -> bool:
    """Whether a text of a day binds people, then or from a day that it names."""
    active = front.status is None or front.status is Status.ACTIVE
    return active and (front.expires is None or front.expires >= day)
