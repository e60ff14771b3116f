"""A change in plain words: what a text says now, and what it said before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from policygraph.judging.changes import News, ReaderChange
from policygraph.publishing.dates import date_words
from policygraph.publishing.escaping import shortened
from policygraph.publishing.index import Index
from policygraph.publishing.names import name_of
from policygraph.publishing.paragraphs import ParagraphKind
from policygraph.publishing.redline import Block, Redline, Run, RunKind
from policygraph.reading.weighty_words import is_weighty
from policygraph.words import N_, _, ngettext

_BEHIND = {
    "references": N_("references"),
    "not_related": N_("decisions that no reference is needed"),
    "satisfies": N_("clauses that it answers"),
    "records": N_("records"),
    "basis": N_("why it exists"),
    "approver": N_("who approves it"),
    "review_every": N_("how often it is looked at"),
    "replaced_by": N_("what replaces it"),
    "id": N_("its id"),
    "former_ids": N_("ids that it had"),
    "aliases": N_("other names"),
    "tags": N_("tags"),
    "area": N_("its area"),
    "lang": N_("its language"),
    "allow": N_("rules switched off"),
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
        return (_(_ENDINGS[change.news]),)
    sentences = [*_facts(index, change)]
    if change.news is News.BACK:
        sentences.insert(0, _("It applies again."))
    if shown is not None:
        sentences += _text_words(shown)
    elif change.change is not None and change.change.reasons:
        sentences.append(f"{shortened('; '.join(change.change.said[:MOST]), _QUOTE)}.")
    return tuple(sentences)


_ENDINGS = {
    News.RETIRED: N_("It no longer applies, and is kept for the record."),
    News.WITHDRAWN: N_("It was taken back to a draft, and does not apply meanwhile."),
    News.REMOVED: N_("It was taken out of the handbook, and no longer applies."),
    News.EXPIRED: N_("Its time is over: it no longer applies."),
}


def audience_names(index: Index, audiences: tuple[str, ...]) -> tuple[str, ...]:
    """Audiences by their titles; of those that no register knows, the ids."""
    known = index.handbook.organisation.audiences
    if not audiences:
        return (known["everyone"].title if "everyone" in known else _("Everyone"),)
    return tuple(known[name].title if name in known else name for name in audiences)


def quiet_words(index: Index, change: ReaderChange) -> str:
    """What a change was about that asks nothing of anybody."""
    reasons = change.change.reasons if change.change is not None else ()
    said = change.change.said if change.change is not None else ()
    settings = index.handbook.settings
    names = {source.key: name for name in _BEHIND for source in settings.sources_of(name)}
    behind = (_BEHIND.get(names.get(reason.partition(":")[0], "")) for reason in reasons)
    found = (_(name) if name else reason for name, reason in zip(behind, said, strict=True))
    return shortened("; ".join(dict.fromkeys(found)), _QUOTE)


def _facts(index: Index, change: ReaderChange) -> Iterator[str]:
    """What changed in the front matter that readers see."""
    old, new = change.front_before, change.front
    if old is None:
        return
    if old.title and new.title and old.title != new.title:
        yield _("It was called “%(title)s” before.", title=shortened(old.title, 120))
    if (old.owner or "").lower() != (new.owner or "").lower():
        role, before = _role(index, new.owner), _role(index, old.owner)
        if not new.owner:
            yield _("It has no owner now.")
        elif not old.owner:
            yield _("It is now owned by: %(role)s.", role=role)
        else:
            yield _("It is now owned by: %(role)s (before: %(before)s).", role=role, before=before)
    was = tuple(name.lower() for name in old.applies_to if name.lower() != "everyone")
    now = tuple(name.lower() for name in new.applies_to if name.lower() != "everyone")
    if bool(was) != bool(now):
        yield _("It now applies to: %(audiences)s.", audiences=", ".join(audience_names(index, now)))
    elif more := tuple(name for name in now if name not in was):
        yield _("It now also applies to: %(audiences)s.", audiences=", ".join(audience_names(index, more)))
    if now and (less := tuple(name for name in was if name not in now)):
        yield _("It no longer applies to: %(audiences)s.", audiences=", ".join(audience_names(index, less)))
    if old.expires != new.expires:
        if new.expires:
            yield _("It ends on %(day)s.", day=date_words(new.expires))
        else:
            yield _("It no longer has a day on which it ends.")
    if old.type and new.type and old.type != new.type:
        now_a, was_a = name_of(new.type), name_of(old.type)
        yield _("It is now a %(type)s; it was a %(before)s.", type=now_a, before=was_a)


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
        sentences.append(
            ngettext("Another place is reworded.", "%(num)s more places are reworded.", untold)
            if sentences
            else ngettext("It is reworded in one place.", "It is reworded in %(num)s places.", untold)
        )
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
        yield _Told(_come(quote) if added else _gone(quote), _weighs(quote))
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
        return _Told(_come(new) if new else _gone(old), weighty)
    if max(len(old.split()), len(new.split())) > _LONGEST:
        return None
    was = _side([*left, *inner, *right], RunKind.REMOVED)
    now = _side([*left, *inner, *right], RunKind.ADDED)
    if _TARGET.search(f"{was} {now}") or (was == now and _TARGET.search("".join(p.text for p in pieces))):
        return _Told(_("A link leads elsewhere."), False)
    was, now = was.rstrip(",;:"), now.rstrip(",;:")
    if was == now:
        return None
    if not was or not now:
        return _Told(_come(now) if now else _gone(was), weighty)
    return _Told(_("It now says “%(now)s” where it said “%(was)s”.", now=now, was=was), weighty)


def _come(quote: str) -> str:
    return _("New: “%(quote)s”", quote=shortened(quote, _QUOTE))


def _gone(quote: str) -> str:
    return _("Gone: “%(quote)s”", quote=shortened(quote, _QUOTE))


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
