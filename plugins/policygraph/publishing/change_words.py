"""A change in plain words: what a text says now, and what it said before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.judging.news import News, ReaderChange
from policygraph.publishing.change_quotes import Difference, LinkChange, differences_of
from policygraph.publishing.dates import date_words
from policygraph.publishing.escaping import shortened
from policygraph.publishing.index import Index
from policygraph.publishing.names import name_of
from policygraph.publishing.paragraphs import ParagraphKind
from policygraph.publishing.redline import Block, Redline
from policygraph.reading.language import ENGLISH, Language, language_of
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

_SHORT = 220
"""Characters of what is said in short."""


@dataclass(frozen=True, slots=True)
class _Told:
    """One difference as a sentence; a weighty one decides what is demanded."""

    sentence: str
    weighty: bool


def change_words(index: Index, change: ReaderChange, shown: Redline | None) -> tuple[str, ...]:
    """What a change means, in sentences; `shown` is its redline."""
    key = change.key, shown is not None
    if key not in index.change_words:
        index.change_words[key] = _change_words(index, change, shown)
    return index.change_words[key]


def _change_words(index: Index, change: ReaderChange, shown: Redline | None) -> tuple[str, ...]:
    if change.news is News.NEW:
        return (change.front.summary,) if change.front.summary else ()
    if change.news.ends:
        return (_(_ENDINGS[change.news]),)
    sentences = [*_facts(index, change)]
    if change.news is News.BACK:
        sentences.insert(0, _("It applies again."))
    if shown is not None:
        sentences += _text_words(shown, _language(index, change))
    elif change.change is not None and change.change.reasons:
        sentences.append(f"{shortened('; '.join(change.change.said[:MOST]), _SHORT)}.")
    return tuple(sentences)


def _language(index: Index, change: ReaderChange) -> Language:
    document = change.line.document
    return language_of(document.lang if document is not None else index.handbook.settings.language)


_ENDINGS = {
    News.RETIRED: N_("It no longer applies, and is kept for the record."),
    News.WITHDRAWN: N_("It was taken back to a draft, and does not apply meanwhile."),
    News.REMOVED: N_("It was taken out of the handbook, and no longer applies."),
    News.EXPIRED: N_("Its time is over: it no longer applies."),
}


def in_short(words: Sequence[str], most: int) -> str:
    """As many of these sentences as there is room for; of the first one, where there is too little, the beginning."""
    said = ""
    for sentence in words:
        if len(said) + len(sentence) + 1 > most:
            break
        said = f"{said} {sentence}".strip()
    if said or not words:
        return said
    cut = shortened(words[0], most)
    opens, _quote, closes = _("“%(quote)s”", quote="\n").partition("\n")
    # What is quoted ends where it is cut.
    return cut + closes if opens and cut.count(opens) > cut.count(closes) else cut


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
    return shortened("; ".join(dict.fromkeys(found)), _SHORT)


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


def _text_words(shown: Redline, language: Language = ENGLISH) -> list[str]:
    """The differences that matter most, each in a sentence; what is left is counted."""
    told: list[_Told] = []
    untold = shown.left_out
    for block in shown.blocks:
        if block.folded:
            continue
        for sentence in _block(block, language):
            if sentence is None:
                untold += 1
            else:
                told.append(sentence)
    told = list(dict.fromkeys(told))
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


def _block(block: Block, language: Language) -> Iterator[_Told | None]:
    """The differences of one paragraph; None for one that no sentence can hold."""
    if block.kind is ParagraphKind.HEADING and not block.new:
        return
    if block.kind in (ParagraphKind.CODE, ParagraphKind.HEADING):
        yield None
        return
    for found in differences_of(block, language):
        yield _Told(_sentence(found), found.weighty) if found is not None else None


_LINKS = {
    LinkChange.NEW: N_("A link is new."),
    LinkChange.GONE: N_("A link is gone."),
    LinkChange.ELSEWHERE: N_("A link leads elsewhere."),
}


def _sentence(found: Difference) -> str:
    if found.links is not None:
        return _(_LINKS[found.links])
    if not found.was:
        return _("New: “%(quote)s”", quote=found.now)
    if not found.now:
        return _("Gone: “%(quote)s”", quote=found.was)
    return _("It now says “%(now)s” where it said “%(was)s”.", now=found.now, was=found.was)
