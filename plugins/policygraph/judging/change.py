"""What separates two texts of a document: nothing, editorial work, or something of substance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from policygraph.judging.spelling import is_spelling
from policygraph.model.change import Change, ChangeKind
from policygraph.reading.fence import normalised
from policygraph.reading.substance import DESCRIBING, Field, Substance, substance
from policygraph.reading.weighty_words import is_weighty

MOST_REASONS = 6
MOST_WORDS = 20_000
"""Words that differ, beyond which a text counts as rewritten instead of being compared word by word."""

LONGEST_QUOTE = 8

_LIGHT = frozenset(
    "and or if when by up over before after than und oder vor nach bis wenn über ein eine einen einem einer is".split()
)
"""Weighty words that are not worth quoting from a long passage by themselves."""

_LINK = ("](", "]:", "[[")


def differences(old: str, new: str) -> Change:
    """Compare two texts of one document's file.

    Substance is what binds people: numbers, modal verbs, negations, owner, audiences, status, references,
    mappings, and any word that is not the old one spelt otherwise. Spelling and typography are editorial. In
    doubt it is substance.
    """
    if normalised(old) == normalised(new):
        return Change(ChangeKind.NONE)
    before, after = substance(old), substance(new)
    weighty, editorial = _of_fields(before, after)
    wording = _Wording(before.words, after.words)
    weighty += wording.weighty
    editorial += wording.editorial
    if weighty:
        return Change(ChangeKind.SUBSTANCE, _few(weighty))
    return Change(
        ChangeKind.EDITORIAL, _few(editorial) or ("spacing, capital letters, punctuation or markup",)
    )


def _few(reasons: list[str]) -> tuple[str, ...]:
    unique = list(dict.fromkeys(reasons))
    if len(unique) <= MOST_REASONS:
        return tuple(unique)
    return (*unique[:MOST_REASONS], f"{len(unique) - MOST_REASONS} more changes")


def _of_fields(old: Substance, new: Substance) -> tuple[list[str], list[str]]:
    """What changed in the front matter: of substance, and editorial."""
    before = {field.name: field for field in old.fields}
    after = {field.name: field for field in new.fields}
    weighty: list[str] = []
    editorial: list[str] = []
    for name in sorted(before.keys() | after.keys()):
        a = before.get(name, Field(name, (), ()))
        b = after.get(name, Field(name, (), ()))
        if a == b:
            continue
        if a.counts == b.counts or (name not in DESCRIBING and _spelt_otherwise(a.counts, b.counts)):
            editorial.extend(_field_reasons(name, a, b) if a.values != b.values else ())
        else:
            weighty.extend(_field_reasons(name, a, b))
    return weighty, editorial


def _spelt_otherwise(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
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
            if not all(x == y or is_spelling(x, y) for x, y in zip(words_a, words_b, strict=True)):
                return False
    return True


def _field_reasons(name: str, old: Field, new: Field) -> list[str]:
    a = [shown for levelled, shown in old.values if levelled not in {key for key, _ in new.values}]
    b = [shown for levelled, shown in new.values if levelled not in {key for key, _ in old.values}]
    if not a and not b:
        return [f"{name}: the same, written otherwise"]
    if len(a) == len(b) == 1 and "because: " in a[0] and "because: " in b[0]:
        entry, _ = a[0].split("because: ", 1)
        if b[0].startswith(f"{entry}because: "):
            target = entry.removeprefix("to: ").partition(";")[0]
            return [f"{name}: the reason given for {_short(target)} reworded"]
    if len(a) == len(b) == 1:
        return [f"{name}: {_short(a[0])} became {_short(b[0])}"]
    return [
        *(f"{name}: {_short(value)} removed" for value in a),
        *(f"{name}: {_short(value)} added" for value in b),
    ]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 120 else text[:119].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of words that another one replaces."""

    old: tuple[str, ...]
    new: tuple[str, ...]

    def editorial(self) -> str | None:
        """Why it is editorial; None where it is of substance."""
        if len(self.old) == len(self.new):
            if all(a == b or is_spelling(a, b) for a, b in zip(self.old, self.new, strict=True)):
                return f"spelling: {' '.join(self.old)} became {' '.join(self.new)}"
        elif "".join(self.old) == "".join(self.new) and not any(map(is_weighty, (*self.old, *self.new))):
            return f"written apart or together: {' '.join(self.old)} became {' '.join(self.new)}"
        return None

    def reason(self) -> str | None:
        """What changed, where it is short or weighty enough to be quoted."""
        old, new = _shown(self.old), _shown(self.new)
        if old and new and max(len(self.old), len(self.new)) <= LONGEST_QUOTE:
            return f"{old} became {new}"
        if not self.new and len(self.old) <= LONGEST_QUOTE:
            return f"{old} removed"
        if not self.old and len(self.new) <= LONGEST_QUOTE:
            return f"{new} added"
        lost = [f"{_shown(run)} removed" for run in _weighty_runs(self.old, Counter(self.new))]
        won = [f"{_shown(run)} added" for run in _weighty_runs(self.new, Counter(self.old))]
        return ", ".join([*lost[:2], *won[:2]]) or None

    def is_weighty(self) -> bool:
        """Whether the words that differ hold one that decides by itself what is demanded."""
        return any(
            map(is_weighty, (Counter(self.old) - Counter(self.new)) + (Counter(self.new) - Counter(self.old)))
        )


def _weighty_runs(words: tuple[str, ...], others: Counter[str]) -> list[tuple[str, ...]]:
    """Runs of words that decide what is demanded, of which the other side has fewer; those with numbers first."""
    runs: list[tuple[str, ...]] = []
    run: list[str] = []
    for word in (*words, ""):
        if word and is_weighty(word):
            run.append(word)
            continue
        if run and any(others[word] == 0 for word in run) and not set(run) <= _LIGHT:
            runs.append(tuple(run))
        run = []
    return sorted(dict.fromkeys(runs), key=lambda run: not any(word[-1].isdigit() for word in run))


def _shown(words: tuple[str, ...]) -> str:
    """Words as they are quoted; a link as its target."""
    text = " ".join(f"link to {word[2:].strip()}" if word.startswith(_LINK) else word for word in words)
    return f"“{_short(text)}”" if text else ""


class _Wording:
    """What changed in the words of the text: of substance, and editorial."""

    def __init__(self, old: tuple[str, ...], new: tuple[str, ...]) -> None:
        self.weighty: list[str] = []
        self.editorial: list[str] = []
        if old == new:
            return
        if Counter(old) == Counter(new):
            self.weighty.append("the same words in another order")
            return
        added = removed = 0
        quoted: list[tuple[bool, str]] = []
        for stretch in _stretches(old, new):
            if (why := stretch.editorial()) is not None:
                self.editorial.append(why)
                continue
            reason = stretch.reason()
            if reason is not None:
                quoted.append((not stretch.is_weighty(), reason))
            if reason is None or max(len(stretch.old), len(stretch.new)) > LONGEST_QUOTE:
                removed += sum((Counter(stretch.old) - Counter(stretch.new)).values())
                added += sum((Counter(stretch.new) - Counter(stretch.old)).values())
        # A stable sort: what weighs most first, then as it stands in the text.
        self.weighty.extend(
            reason for _, reason in sorted(quoted, key=lambda pair: pair[0])[: MOST_REASONS - 1]
        )
        left = len(quoted) - (MOST_REASONS - 1)
        if added or removed:
            parts = [_counted(added, "added"), _counted(removed, "removed")]
            self.weighty.append(", ".join(filter(None, parts)))
        if left > 0:
            self.weighty.append(f"{left} more {'place' if left == 1 else 'places'} reworded")


def _counted(count: int, what: str) -> str:
    return f"{count:,} {'word' if count == 1 else 'words'} {what}" if count else ""


def _stretches(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[_Stretch]:
    """The stretches that differ, from the first to the last."""
    start = 0
    shorter = min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(old), len(new)) > MOST_WORDS:
        yield _Stretch(old, new)
        return
    a0 = b0 = 0
    a1 = b1 = 0
    for block in Levenshtein.opcodes(old, new):
        if block.tag == "equal":
            if (a0, b0) != (a1, b1):
                yield _Stretch(old[a0:a1], new[b0:b1])
            a0 = a1 = block.src_end
            b0 = b1 = block.dest_end
        else:
            a1, b1 = block.src_end, block.dest_end
    if (a0, b0) != (a1, b1):
        yield _Stretch(old[a0:a1], new[b0:b1])
