"""What separates two texts of a document: nothing, editorial work, or something of substance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from policygraph.judging.spelling import Speller
from policygraph.model.change import MOST_SHOWN, Change, ChangeKind, Phrase, Quote, QuotedWord, Reason, short
from policygraph.reading.fence import normalised
from policygraph.reading.substance import DESCRIBING, Field, Substance, where_they_differ
from policygraph.reading.weighty_words import is_weighty
from policygraph.words import N_, NN_

MOST_REASONS = 6
MOST_WORDS = 20_000
"""Words that differ, beyond which a text counts as rewritten instead of being compared word by word."""

LONGEST_QUOTE = 8

_LIGHT = frozenset(
    "and or if when by up over before after than und oder vor nach bis wenn über ein eine einen einem einer is".split()
)
"""Weighty words that are not worth quoting from a long passage by themselves."""

_LINK = ("](", "]:", "[[")
_BAR = "|\\ "
"""What stands between a link's target and its words."""

_GONE = N_("%(words)s removed")
_COME = N_("%(words)s added")


def differences(old: str, new: str) -> Change:
    """Compare two texts of one document's file.

    Substance is what binds people: numbers, modal verbs, negations, owner, audiences, status, references,
    mappings, and any word that is not the old one spelt otherwise. Spelling and typography are editorial. In
    doubt it is substance.
    """
    if normalised(old) == normalised(new):
        return Change(ChangeKind.NONE)
    before, after = where_they_differ(old, new)
    speller = Speller(old, new)
    weighty, editorial = _of_fields(before, after, speller)
    wording = _Wording(before, after, speller)
    weighty += wording.weighty
    editorial += wording.editorial
    if weighty:
        return Change(ChangeKind.SUBSTANCE, _few(weighty))
    layout = _reason(N_("spacing, capital letters, punctuation or markup"))
    return Change(ChangeKind.EDITORIAL, _few(editorial) or (layout,))


def _reason(message: str, **values: str | Quote) -> Reason:
    return (Phrase(message, tuple(values.items())),)


def _few(reasons: list[Reason]) -> tuple[Reason, ...]:
    unique = list(dict.fromkeys(reasons))
    if len(unique) <= MOST_REASONS:
        return tuple(unique)
    more = _reason(N_("%(number)s more changes"), number=str(len(unique) - MOST_REASONS))
    return (*unique[:MOST_REASONS], more)


def _of_fields(old: Substance, new: Substance, speller: Speller) -> tuple[list[Reason], list[Reason]]:
    """What changed in the front matter: of substance, and editorial."""
    before = {field.name: field for field in old.fields}
    after = {field.name: field for field in new.fields}
    weighty: list[Reason] = []
    editorial: list[Reason] = []
    for name in sorted(before.keys() | after.keys()):
        a = before.get(name, Field(name, (), ()))
        b = after.get(name, Field(name, (), ()))
        if a == b:
            continue
        if a.counts == b.counts or (name not in DESCRIBING and _spelt_otherwise(a.counts, b.counts, speller)):
            editorial.extend(_field_reasons(name, a, b) if a.values != b.values else ())
        else:
            weighty.extend(_field_reasons(name, a, b))
    return weighty, editorial


def _spelt_otherwise(old: tuple[str, ...], new: tuple[str, ...], speller: Speller) -> bool:
    """Whether reasons (`because`) and other prose in a field differ in spelling alone."""
    if len(old) != len(new):
        return False
    for a, b in zip(old, new, strict=True):
        if a != b:
            words_a, words_b = a.split(), b.split()
            if "because:" not in words_a or len(words_a) != len(words_b):
                return False
            start = words_a.index("because:")
            if words_a[: start + 1] != words_b[: start + 1]:
                return False
            if not all(speller.is_spelling(x, y) for x, y in zip(words_a, words_b, strict=True)):
                return False
    return True


def _field_reasons(name: str, old: Field, new: Field) -> list[Reason]:
    a = [shown for levelled, shown in old.values if levelled not in {key for key, _ in new.values}]
    b = [shown for levelled, shown in new.values if levelled not in {key for key, _ in old.values}]
    if not a and not b:
        return [_reason(N_("%(field)s: the same, written otherwise"), field=name)]
    if len(a) == len(b) == 1 and "because: " in a[0] and "because: " in b[0]:
        entry, _ = a[0].split("because: ", 1)
        if b[0].startswith(f"{entry}because: "):
            target = short(entry.removeprefix("to: ").partition(";")[0])
            message = N_("%(field)s: the reason given for %(target)s reworded")
            return [_reason(message, field=name, target=target)]
    if len(a) == len(b) == 1:
        message = N_("%(field)s: %(old)s became %(new)s")
        return [_reason(message, field=name, old=short(a[0]), new=short(b[0]))]
    gone, come = N_("%(field)s: %(value)s removed"), N_("%(field)s: %(value)s added")
    return [
        *(_reason(gone, field=name, value=short(value)) for value in a),
        *(_reason(come, field=name, value=short(value)) for value in b),
    ]


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a stretch that changed: its words levelled, and as they were typed."""

    words: tuple[str, ...]
    typed: tuple[str, ...]

    def quoted(self, start: int = 0, end: int | None = None) -> Quote:
        """Words as they are quoted; a link as its target."""
        typed = self.typed[start:end][:MOST_SHOWN]
        return Quote(
            tuple(
                QuotedWord(word[2:].strip(_BAR), link=True) if word.startswith(_LINK) else QuotedWord(word)
                for word in [word for word in typed if word.strip(_BAR)] or typed
            )
        )

    def weighty_runs(self, others: Collection[str]) -> list[Quote]:
        """Runs of words that decide what is demanded, of which the other side has none; those with numbers first."""
        found: list[tuple[bool, Quote]] = []
        start = 0
        for at, word in enumerate((*self.words, "")):
            if word and is_weighty(word):
                continue
            run = self.words[start:at]
            if run and any(word not in others for word in run) and not set(run) <= _LIGHT:
                found.append((not any(word[-1].isdigit() for word in run), self.quoted(start, at)))
            start = at + 1
        return [quote for _, quote in sorted(dict.fromkeys(found), key=lambda run: run[0])]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of words that another one replaces."""

    old: _Side
    new: _Side

    def editorial(self, speller: Speller) -> Reason | None:
        """Why it is editorial; None where it is of substance."""
        old, new = self.old.words, self.new.words
        if len(old) == len(new):
            if all(speller.is_spelling(a, b) for a, b in zip(old, new, strict=True)):
                return self._became(N_("spelling: %(old)s became %(new)s"))
        elif "".join(old) == "".join(new) and not any(map(is_weighty, (*old, *new))):
            return self._became(N_("written apart or together: %(old)s became %(new)s"))
        return None

    @property
    def length(self) -> int:
        """Words of the longer side."""
        return max(len(self.old.words), len(self.new.words))

    def _became(self, message: str) -> Reason:
        return _reason(message, old=self.old.quoted(), new=self.new.quoted())

    def reason(self) -> Reason | None:
        """What changed, where it is short or weighty enough to be quoted."""
        if self.length <= LONGEST_QUOTE:
            if not self.new.words:
                return _reason(_GONE, words=self.old.quoted())
            if not self.old.words:
                return _reason(_COME, words=self.new.quoted())
            return self._became(N_("%(old)s became %(new)s"))
        lost = self.old.weighty_runs(frozenset(self.new.words))[:2]
        won = self.new.weighty_runs(frozenset(self.old.words))[:2]
        told = [
            *(_reason(_GONE, words=quote) for quote in lost),
            *(_reason(_COME, words=quote) for quote in won),
        ]
        return tuple(phrase for reason in told for phrase in reason) or None

    def added(self) -> list[str]:
        """The words that only the new side has, or has more often."""
        return _beyond(self.new.words, self.old.words)

    def removed(self) -> list[str]:
        """The words that only the old side has, or has more often."""
        return _beyond(self.old.words, self.new.words)


def _beyond(words: tuple[str, ...], others: tuple[str, ...]) -> list[str]:
    if not others:
        return list(words)
    left: dict[str, int] = {}
    for word in others:
        left[word] = left.get(word, 0) + 1
    found = []
    for word in words:
        if count := left.get(word, 0):
            left[word] = count - 1
        else:
            found.append(word)
    return found


class _Wording:
    """What changed in the words of the text: of substance, and editorial."""

    def __init__(self, old: Substance, new: Substance, speller: Speller) -> None:
        self.weighty: list[Reason] = []
        self.editorial: list[Reason] = []
        if old.words == new.words:
            return
        if Counter(old.words) == Counter(new.words):
            self.weighty.append(_reason(N_("the same words in another order")))
            return
        added = removed = 0
        quoted: list[tuple[bool, Reason]] = []
        for stretch in _stretches(old, new):
            if (why := stretch.editorial(speller)) is not None:
                self.editorial.append(why)
                continue
            reason = stretch.reason()
            more, less = stretch.added(), stretch.removed()
            if reason is not None:
                quoted.append((not any(map(is_weighty, (*more, *less))), reason))
            if reason is None or stretch.length > LONGEST_QUOTE:
                added += len(more)
                removed += len(less)
        # A stable sort: what weighs most first, then as it stands in the text.
        self.weighty.extend(
            reason for _, reason in sorted(quoted, key=lambda pair: pair[0])[: MOST_REASONS - 1]
        )
        if added or removed:
            self.weighty.append(
                (
                    *_counted(*NN_("%(num)s word added", "%(num)s words added"), added),
                    *_counted(*NN_("%(num)s word removed", "%(num)s words removed"), removed),
                )
            )
        left = len(quoted) - (MOST_REASONS - 1)
        if left > 0:
            said = NN_("%(num)s more place reworded", "%(num)s more places reworded")
            self.weighty.append(_counted(*said, left))


def _counted(one: str, many: str, count: int) -> Reason:
    """So many things, or nothing where there are none."""
    return (Phrase(one, (("num", f"{count:,}"),), many, count),) if count else ()


def _stretches(old: Substance, new: Substance) -> Iterator[_Stretch]:
    """The stretches that differ, from the first to the last."""

    def stretch(a0: int, a1: int, b0: int, b1: int) -> _Stretch:
        return _Stretch(_Side(old.words[a0:a1], old.typed[a0:a1]), _Side(new.words[b0:b1], new.typed[b0:b1]))

    start, end = _common(old.words, new.words)
    a, b = old.words[start : len(old.words) - end], new.words[start : len(new.words) - end]
    if max(len(a), len(b)) > MOST_WORDS:
        yield stretch(start, start + len(a), start, start + len(b))
        return
    a0 = a1 = b0 = b1 = start
    for step in Levenshtein.opcodes(a, b):
        if step.tag == "equal":
            if (a0, b0) != (a1, b1):
                yield stretch(a0, a1, b0, b1)
            a0 = a1 = start + step.src_end
            b0 = b1 = start + step.dest_end
        else:
            a1, b1 = start + step.src_end, start + step.dest_end
    if (a0, b0) != (a1, b1):
        yield stretch(a0, a1, b0, b1)


def _common(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[int, int]:
    """How many words two texts begin with alike, and how many they end with."""
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    end = next((at for at in range(shorter - start) if old[-1 - at] != new[-1 - at]), shorter - start)
    return start, end
