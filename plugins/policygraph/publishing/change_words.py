"""A change in plain words: what a text says now, and what it said before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from policygraph.judging.changes import News, ReaderChange
from policygraph.publishing.dates import date_words
from policygraph.publishing.escaping import shortened
from policygraph.publishing.index import Index
from policygraph.publishing.paragraphs import ParagraphKind
from policygraph.publishing.redline import Block, Redline, Run, RunKind
from policygraph.reading.weighty_words import is_weighty

_BEHIND = {
    "references": "references",
    "not_related": "decisions that no reference is needed",
    "satisfies": "clauses that it answers",
    "records": "records",
    "basis": "why it exists",
    "approver": "who approves it",
    "review_every": "how often it is looked at",
    "replaced_by": "what replaces it",
    "id": "its id",
    "former_ids": "ids that it had",
    "aliases": "other names",
    "tags": "tags",
    "area": "its area",
    "lang": "its language",
    "allow": "rules switched off",
}

MOST = 3
"""Sentences that say what changed in a text; the redline has the rest."""

_LONGEST = 30
"""Words that are quoted where one phrase took the place of another."""
_AROUND = 4
"""Unchanged words of the same sentence that are quoted before and after."""
_CLOSE = 5
"""Unchanged words between two differences that are told of as one."""
_QUOTE = 220
"""Characters that are quoted of what is new or gone."""

_WIKI = re.compile(r"\[\[([^\[\]|]+)(?:\\?\|([^\[\]]*))?\]\]")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\s[^()]*)?\)|\[[^\[\]]*\])")
_MARKS = re.compile(r"[*`~]{1,3}|(?<!\w)_|_(?!\w)|<[^<>]{0,200}>|\{[^{}]{0,200}\}")
_TARGET = re.compile(r"://|\]\(|\]:")
_BARS = re.compile(r"\s*\|\s*")
_ENDS = re.compile(r"[.!?:;|]+$")
_STOPS = re.compile(r"[.!?][\"”’)]*$")
_SPACED = re.compile(r"(\s*)(\S+)")


@dataclass(frozen=True, slots=True)
class _Told:
    """One difference as a sentence; a weighty one decides what is demanded."""

    sentence: str
    weighty: bool


def change_words(index: Index, change: ReaderChange, shown: Redline | None) -> tuple[str, ...]:
    """What a change means, in sentences; `shown` is its redline."""
    if change.news is News.NEW:
        return (change.front.summary,) if change.front.summary else ()
    if change.news.ends:
        return (_ENDINGS[change.news],)
    sentences = [*_facts(index, change)]
    if change.news is News.BACK:
        sentences.insert(0, "It applies again.")
    if shown is not None:
        sentences += _text_words(shown)
    elif change.change is not None and change.change.reasons:
        sentences.append(f"{shortened('; '.join(change.change.reasons[:MOST]), _QUOTE)}.")
    return tuple(sentences)


_ENDINGS = {
    News.RETIRED: "It no longer applies, and is kept for the record.",
    News.WITHDRAWN: "It was taken back to a draft, and does not apply meanwhile.",
    News.REMOVED: "It was taken out of the handbook, and no longer applies.",
    News.EXPIRED: "Its time is over: it no longer applies.",
}


def audience_names(index: Index, audiences: tuple[str, ...]) -> tuple[str, ...]:
    """Audiences by their titles; of those that no register knows, the ids."""
    known = index.handbook.organisation.audiences
    if not audiences:
        return (known["everyone"].title if "everyone" in known else "Everyone",)
    return tuple(known[name].title if name in known else name for name in audiences)


def quiet_words(index: Index, change: ReaderChange) -> str:
    """What a change was about that asks nothing of anybody."""
    reasons = change.change.reasons if change.change is not None else ()
    settings = index.handbook.settings
    names = {source.key: name for name in _BEHIND for source in settings.sources_of(name)}
    found = (_BEHIND.get(names.get(reason.partition(":")[0], ""), "") or reason for reason in reasons)
    return shortened("; ".join(dict.fromkeys(found)), _QUOTE)


def _facts(index: Index, change: ReaderChange) -> Iterator[str]:
    """What changed in the front matter that readers see."""
    old, new = change.front_before, change.front
    if old is None:
        return
    if old.title and new.title and old.title != new.title:
        yield f"It was called “{shortened(old.title, 120)}” before."
    if (old.owner or "").lower() != (new.owner or "").lower():
        before = f" (before: {_role(index, old.owner)})" if old.owner else ""
        yield (
            f"It is now owned by: {_role(index, new.owner)}{before}." if new.owner else "It has no owner now."
        )
    was = tuple(name.lower() for name in old.applies_to if name.lower() != "everyone")
    now = tuple(name.lower() for name in new.applies_to if name.lower() != "everyone")
    if bool(was) != bool(now):
        yield f"It now applies to: {', '.join(audience_names(index, now))}."
    elif more := tuple(name for name in now if name not in was):
        yield f"It now also applies to: {', '.join(audience_names(index, more))}."
    if now and (less := tuple(name for name in was if name not in now)):
        yield f"It no longer applies to: {', '.join(audience_names(index, less))}."
    if old.expires != new.expires:
        ends = new.expires
        yield f"It ends on {date_words(ends)}." if ends else "It no longer has a day on which it ends."
    if old.type and new.type and old.type != new.type:
        yield f"It is now a {new.type}; it was a {old.type}."


def _role(index: Index, id: str | None) -> str:
    role = index.handbook.role(id)
    return role.title if role is not None else id or ""


def _text_words(shown: Redline) -> list[str]:
    """The differences that matter most, each in a sentence; what is left is counted."""
    told: list[_Told] = []
    untold = shown.left_out
    for block in shown.blocks:
        if block.folded:
            continue
        for sentence in _block(block):
            if sentence is None:
                untold += 1
            else:
                told.append(sentence)
    # A stable sort: what weighs most first, then as it stands in the text.
    told.sort(key=lambda one: not one.weighty)
    sentences = [one.sentence for one in told[:MOST]]
    untold += len(told) - len(sentences)
    if untold:
        places = "one place" if untold == 1 else f"{untold} places"
        more = "Another place is" if untold == 1 else f"{untold} more places are"
        sentences.append(f"{more} reworded." if sentences else f"It is reworded in {places}.")
    return sentences


def _block(block: Block) -> Iterator[_Told | None]:
    """The differences of one paragraph; None for one that no sentence can hold."""
    kinds = {run.kind for run in block.runs}
    if block.kind is ParagraphKind.HEADING and kinds == {RunKind.REMOVED}:
        return
    if block.kind is ParagraphKind.CODE or block.kind is ParagraphKind.HEADING:
        yield None
    elif len(kinds) == 1 and kinds <= {RunKind.ADDED, RunKind.REMOVED}:
        quote = plain(block.runs[0].text)
        if not quote:
            return
        added = RunKind.ADDED in kinds
        yield _Told(f"{'New' if added else 'Gone'}: “{shortened(quote, _QUOTE)}”", _weighs(quote))
    else:
        yield from _clusters(block.runs)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word that stayed, or what was removed or added; `gap` is the white space before it."""

    kind: RunKind
    text: str
    gap: str

    @property
    def ends(self) -> bool:
        """Whether a sentence ends here, or cannot be seen to go on."""
        return self.kind is RunKind.FOLDED or bool(_ENDS.search(self.text))


def _pieces(runs: tuple[Run, ...]) -> Iterator[_Piece]:
    for run in runs:
        if run.kind is not RunKind.SAME:
            yield _Piece(run.kind, run.text, run.before)
            continue
        for number, word in enumerate(_SPACED.finditer(run.text)):
            yield _Piece(run.kind, word[2], word[1] if number else run.before or word[1])


def _clusters(runs: tuple[Run, ...]) -> Iterator[_Told | None]:
    """What differs in a paragraph, each with the words around it; what stands close together is one difference."""
    pieces = list(_pieces(runs))
    changed = [at for at, piece in enumerate(pieces) if piece.kind in (RunKind.REMOVED, RunKind.ADDED)]
    groups: list[list[int]] = []
    for at in changed:
        between = pieces[groups[-1][1] + 1 : at] if groups else []
        if groups and len(between) <= _CLOSE and not any(piece.ends for piece in between):
            groups[-1][1] = at
        else:
            groups.append([at, at])
    for start, end in groups:
        yield _told(pieces, start, end)


def _told(pieces: list[_Piece], start: int, end: int) -> _Told | None:
    inner = pieces[start : end + 1]
    old, new = _side(inner, RunKind.REMOVED), _side(inner, RunKind.ADDED)
    if old == new or not any(map(str.isalnum, old + new)):
        return None
    weighty = any(_weighs(plain(p.text)) for p in inner if p.kind is not RunKind.SAME)
    left, right = _left(pieces, start), _right(pieces, end)
    opens = start == 0 or pieces[start - 1].ends
    if opens and (not old or not new) and _STOPS.search(new or old):
        return _Told(f"{'New' if new else 'Gone'}: “{shortened(new or old, _QUOTE)}”", weighty)
    if max(len(old.split()), len(new.split())) > _LONGEST:
        return None
    was = _side([*left, *inner, *right], RunKind.REMOVED)
    now = _side([*left, *inner, *right], RunKind.ADDED)
    if _TARGET.search(f"{was} {now}") or (was == now and _TARGET.search("".join(p.text for p in pieces))):
        return _Told("A link leads elsewhere.", False)
    was, now = was.rstrip(",;:"), now.rstrip(",;:")
    if was == now:
        return None
    if not was or not now:
        return _Told(f"{'New' if now else 'Gone'}: “{shortened(now or was, _QUOTE)}”", weighty)
    return _Told(f"It now says “{now}” where it said “{was}”.", weighty)


def _side(pieces: list[_Piece], kind: RunKind) -> str:
    """How pieces read on one side: what stayed, and what is of its own kind."""
    return plain("".join(piece.gap + piece.text for piece in pieces if piece.kind in (RunKind.SAME, kind)))


def _left(pieces: list[_Piece], start: int) -> list[_Piece]:
    found: list[_Piece] = []
    for piece in reversed(pieces[:start]):
        if piece.ends or piece.kind is not RunKind.SAME or len(found) == _AROUND:
            break
        found.insert(0, piece)
    return found


def _right(pieces: list[_Piece], end: int) -> list[_Piece]:
    found: list[_Piece] = []
    if pieces[end].kind is not RunKind.SAME and _STOPS.search(pieces[end].text):
        return found
    for piece in pieces[end + 1 :]:
        if piece.kind is not RunKind.SAME or len(found) == _AROUND:
            break
        if piece.ends:
            found.append(replace(piece, text=_ENDS.sub("", piece.text)))
            break
        found.append(piece)
    return found


def _weighs(text: str) -> bool:
    return any(is_weighty(word) for word in re.findall(r"[\w'’]+", text.lower()))


def plain(text: str) -> str:
    """A piece of Markdown as it reads: labels in place of links, no marks."""
    text = _WIKI.sub(lambda m: m[2] or m[1], text)
    text = _LINK.sub(r"\1", text)
    text = _BARS.sub(" · ", _MARKS.sub("", text)).strip(" ·")
    return " ".join(text.split())
