"""Whom a sentence binds: roles and groups of readers that it names as its subject."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from policygraph.judging.role_names import RoleNames
from policygraph.judging.strangers import Stranger, Strangers, inverted
from policygraph.judging.voice import german_passive, passive
from policygraph.model.organisation import Organisation
from policygraph.reading.language import ENGLISH, GERMAN, Language
from policygraph.reading.text import name_key

Kind = Literal["audience", "role"]


class Party(NamedTuple):
    """A group of readers or a role, by its id in lower case."""

    kind: Kind
    id: str


EVERYONE = Party("audience", "everyone")


@dataclass(frozen=True, slots=True)
class Bound:
    """Whom a sentence binds: the parties it names, and, where it is `general`, all whom its document concerns.

    A `stranger` is bound beside or instead of them.
    """

    parties: tuple[Party, ...] = ()
    general: bool = True
    stranger: Stranger | None = None


_WORD = re.compile(r"[^\W_][\w'’-]*")
_CLAUSE_END = re.compile(r"[;:](?=\s)|\s[–—]\s")
_LABEL = re.compile(r"^([^:;.!?]{2,60}):\s")
_ARTICLES = frozenset(
    "the a an our each every all der die das den dem ein eine unser unsere jede jeder alle".split()
)
_BEFORE_ONE_WORD = _ARTICLES | frozenset("and or und oder sowie with mit then also only nur".split())
_JOINT = re.compile(r"(?:,|\b(?:and|or|und|oder|sowie|as\s+well\s+as))\s*$", re.IGNORECASE)
_WITH = re.compile(r"(?:\b(?:with|together\s+with|mit|gemeinsam\s+mit))\s*$", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:,|\b(?:and|or|but|then|also|und|oder|aber|dann|auch))\s*$", re.IGNORECASE)
_ONLY = re.compile(r"\b(?:only|nur|allein)\b", re.IGNORECASE)
_NOBODY = re.compile(r"\b(?:nobody|no\s+one|none|neither|niemand|kein\w*)\b", re.IGNORECASE)
_FOR = re.compile(
    r"^(?:for|as|if\s+you\s+are|when\s+you\s+are|für|als|wenn\s+sie|wenn\s+du)\s+", re.IGNORECASE
)
_AGENT = re.compile(r"\b(?:by|von|durch)\s+(?=\w)", re.IGNORECASE)
_AND = re.compile(r"\b(?:and|or|und|oder|sowie)\b", re.IGNORECASE)
_PART = re.compile(r"\s*(?:,|/|\band\b|\bor\b|\bund\b|\boder\b)\s*", re.IGNORECASE)
_WHO = re.compile(r"\b(?:who|that|die|der|welche)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:they|he|she)\s*$", re.IGNORECASE)
_PRONOUN_FIRST = re.compile(r"\W*(?:they|he|she|it|this)\b", re.IGNORECASE)
FURTHEST_BACK = 3
"""Sentences that are looked at for whom a pronoun means."""
_LONGEST = 8
_FEW = 3
"""Words up to which what stands beside a named role is another subject: "role holders and the head of people"."""


class _Found(NamedTuple):
    party: Party
    start: int
    end: int


class Subjects:
    """Finds the parties that are the subject of a sentence.

    A role has its title, its id and the names of those who hold it; a group of readers its title and each part of
    it ("Support and customer success"), or its id where that is another word ("buyers"). One word alone is a group
    only where no article makes it a thing: "Product must" is, "the product must" is not.
    """

    def __init__(self, organisation: Organisation) -> None:
        self._names: dict[tuple[str, ...], tuple[Party, ...]] = {
            words: (Party("role", role.lower()),) for words, role in RoleNames(organisation).names.items()
        }
        self._bare: set[tuple[str, ...]] = set()
        self._strangers = Strangers(organisation.terms)
        for id, audience in sorted(organisation.audiences.items()):
            title = audience.title or id
            parts = [title] if _WHO.search(title) else [title, *_PART.split(title)]
            if not set(_words(id)) & set(_words(title)):
                parts.append(id.replace("-", " "))
            # Engineers are those in engineering.
            people = (part[: -len("ing")] for part in parts if part.lower().endswith("ing"))
            parts += [name for name in people if self._strangers.person(name)]
            for part in parts:
                words = _words(part)
                if not words or words in self._names:
                    continue
                self._names[words] = (Party("audience", id),)
                if len(words) == 1 and not self._strangers.person(words[0]):
                    self._bare.add(words)
        holders: dict[tuple[str, ...], dict[Party, None]] = {}
        for id, role in sorted(organisation.roles.items()):
            for holder in role.holders:
                if len(words := _words(holder)) > 1:
                    holders.setdefault(words, {})[Party("role", id)] = None
        for words, roles in holders.items():
            self._names.setdefault(words, tuple(roles))

    def of_sentence(
        self,
        sentence: str,
        verb: int,
        after: int,
        headings: Sequence[str] = (),
        language: Language = ENGLISH,
        previous: Callable[[], Sequence[str]] = tuple,
    ) -> Bound:
        """Whom a sentence binds whose verb stands from `verb` to `after`.

        `previous` gives the sentences before it in its paragraph, the nearest last: they tell who "they" are.
        """
        if label := self._label(sentence):
            return Bound(label, EVERYONE in label)
        before = sentence[:verb]
        start = max((m.end() for m in _CLAUSE_END.finditer(before)), default=0)
        segment = before[start:]
        if _NOBODY.search(segment):
            return Bound()
        if only := _ONLY.search(segment):
            return Bound(tuple(dict.fromkeys(self._all(segment[only.end() :]))))
        parties, beside = self._subject(segment)
        if not parties and _GOES_ON.search(segment):
            parties = self.beginning(segment)
        if not parties and language is GERMAN and not german_passive(sentence[after:]) and inverted(segment):
            parties = self.beginning(sentence[after:])
        if parties:
            stranger = self._strangers.named(beside) if beside else None
            return self._bound(parties, general=bool(beside) and stranger is None, stranger=stranger)
        if _PRONOUN.search(segment) and language is not GERMAN and passive(sentence, after) is None:
            return self._meant(previous()) or self._below(headings)
        if stranger := self._strangers.subject(sentence, start, verb, after, language):
            return self._beside(segment, stranger)
        if agents := self._agents(sentence[after:]):
            return self._bound(agents, general=True)
        return self._below(headings)

    def _beside(self, segment: str, stranger: Stranger) -> Bound:
        """Whom a clause binds that ends with a stranger: those whom the registers know may be joined to it."""
        found = list(_AND.finditer(segment))
        if not found:
            return Bound((), False, stranger)
        joined = found[-1]
        before = segment[: joined.start()].rstrip()
        last, comma, _more = segment[joined.end() :].partition(",")
        # Behind a comma another clause may begin: "It is for engineering, and suppliers must …", "If engineering and
        # support agree, suppliers must …". One that ends with a comma is an insertion.
        if (before.endswith(",") and not self.beginning(segment)) or (
            comma and not segment.rstrip().endswith(",")
        ):
            return Bound((), False, stranger)
        parties, _beside = self._subject(before)
        alone = self._strangers.named(last.strip()) if parties else None
        return self._bound(parties, general=False, stranger=alone or stranger)

    def _meant(self, previous: Sequence[str]) -> Bound | None:
        """Whom a pronoun means: the only one whom the sentence before it names first."""
        for sentence in reversed(previous):
            if _PRONOUN_FIRST.match(sentence):
                continue
            parties, named = self.beginning(sentence), set(self._all(sentence))
            if len(parties) == len(named) == 1:
                return self._bound(parties, general=False)
            stranger = None if named else self._strangers.before(sentence)
            return Bound((), False, stranger) if stranger else None
        return None

    def of_cells(self, cells: Iterable[str], headings: Sequence[str] = ()) -> Bound:
        """Whom a row of a table binds: the parties whose names fill a cell."""
        found = dict.fromkeys(party for cell in cells for party in self.whole(cell))
        return self._bound(tuple(found), general=False) if found else self._below(headings)

    def beginning(self, text: str) -> tuple[Party, ...]:
        """The parties whose name a text begins with, or whose label stands before it."""
        if label := self._label(text):
            return label
        words = [(name_key(m[0]), m.start()) for m in _WORD.finditer(text[:160])][: _LONGEST + 1]
        article = bool(words) and words[0][0] in _ARTICLES
        names = tuple(word for word, _ in words[article:])
        for end in range(min(len(names), _LONGEST), 0, -1):
            if found := self._named(names[:end], article):
                return found
        return ()

    def whole(self, text: str) -> tuple[Party, ...]:
        """The parties whose name a text is."""
        words = _words(text[:160])
        article = bool(words) and words[0] in _ARTICLES
        return self._named(words[article:], article)

    def _label(self, sentence: str) -> tuple[Party, ...]:
        match = _LABEL.match(sentence)
        return self.whole(match[1]) if match else ()

    def _below(self, headings: Sequence[str]) -> Bound:
        """Whom a section is for, where its heading names a party and nothing else."""
        for heading in reversed(headings):
            if found := self.whole(_FOR.sub("", heading.strip())):
                return self._bound(found, general=False)
        return Bound()

    def _bound(self, parties: tuple[Party, ...], *, general: bool, stranger: Stranger | None = None) -> Bound:
        return Bound(parties, general or EVERYONE in parties, stranger)

    def _named(self, words: tuple[str, ...], article: bool) -> tuple[Party, ...]:
        for form in _forms(words):
            found = self._names.get(form)
            if found is not None and not (article and form in self._bare):
                return found
        return ()

    def _subject(self, segment: str) -> tuple[tuple[Party, ...], str]:
        """The parties that a clause ends with, as a subject does, and who else stands beside them."""
        parties: dict[Party, None] = {}
        rest = segment.rstrip()
        while rest:
            found = self._ending(rest)
            if not found:
                break
            parties.update(dict.fromkeys(one.party for one in found))
            rest = rest[: found[0].start].rstrip()
            if joined := _JOINT.search(rest):
                comma = joined[0].strip() == ","
                rest = rest[: joined.start()].rstrip(" ,")
                if not comma and not self._ending(rest):
                    beside = re.split(r"[,;:]", rest)[-1].split()
                    return tuple(parties), " ".join(beside) if len(beside) <= _FEW else ""
            elif joined := _WITH.search(rest):
                rest = rest[: joined.start()].rstrip(" ,")
            else:
                break
        return tuple(parties), ""

    def _ending(self, text: str) -> tuple[_Found, ...]:
        if not text or not (text[-1].isalnum() or text[-1] in ",)’'"):
            return ()
        matches = list(_WORD.finditer(text[-160:]))[-_LONGEST - 1 :]
        offset = len(text) - len(text[-160:])
        words = tuple(name_key(m[0]) for m in matches)
        for start in range(max(0, len(words) - _LONGEST), len(words)):
            article = start > 0 and words[start - 1] in _ARTICLES
            if found := self._named(words[start:], article):
                # "The advisory board" is not the board, nor "the training data" the data team.
                if len(words) - start == 1 and start > 0 and words[start - 1] not in _BEFORE_ONE_WORD:
                    between = text[offset + matches[start - 1].end() : offset + matches[start].start()]
                    if "," not in between:
                        continue
                begin = offset + matches[start - 1 if article else start].start()
                return tuple(_Found(party, begin, len(text)) for party in found)
        return ()

    def _all(self, text: str) -> Iterator[Party]:
        words = [name_key(m[0]) for m in _WORD.finditer(text[:300])]
        position = 0
        while position < len(words):
            for end in range(min(len(words), position + _LONGEST), position, -1):
                article = position > 0 and words[position - 1] in _ARTICLES
                if found := self._named(tuple(words[position:end]), article):
                    yield from found
                    position = end
                    break
            else:
                position += 1

    def _agents(self, text: str) -> tuple[Party, ...]:
        clause = _CLAUSE_END.split(text, maxsplit=1)[0]
        for match in _AGENT.finditer(clause):
            found = self.beginning(clause[match.end() :])
            if found and found[0].kind == "role":
                return found
        return ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(name_key(word) for word in _WORD.findall(text))


def _forms(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A name as it stands, and in the other number: "the system owner" is one of the system owners."""
    if not words:
        return
    yield words
    last = words[-1]
    if last.endswith("s"):
        yield (*words[:-1], last[:-1])
    else:
        yield (*words[:-1], f"{last}s")
