"""Persons and bodies that a sentence binds and that no register knows: "suppliers must …", "the release owner must …"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from policygraph.judging.person_words import (
    APPOINTED,
    CAPITALS,
    DEPARTMENTS,
    FOREIGN,
    GERMAN_OUTSIDE,
    GERMAN_PERSON,
    GERMAN_THING,
    OUTSIDE,
    PERSONS,
    READERS,
    WHOEVER,
)
from policygraph.judging.voice import PERSONAL_STATES, german_passive, passive
from policygraph.model.organisation import Term
from policygraph.reading.language import GERMAN, Language
from policygraph.reading.text import folded


@dataclass(frozen=True, slots=True)
class Stranger:
    """A person or body that a sentence binds and no register knows.

    `name` is what the sentence calls it, without an article. One that is `outside` is never a reader: a supplier.
    """

    name: str
    outside: bool = False


_WORD = re.compile(r"[^\W_][\w'’-]*")
_BRACKETS = re.compile(r"\([^()]*\)")
_COMMA = re.compile(r",(?!\d)\s*")
_ARTICLE = re.compile(
    r"^(?:the|a|an|our|your|each|every|any|all|both|another|no|kein|keine|der|die|das|den|ein|eine|einer|unser|unsere|jeder|jede|"
    r"jedes|alle)\s+",
    re.IGNORECASE,
)
_JOINING = re.compile(
    r"^(?:(?:and|or|but|so|yet|then|also|therefore|because|since|that|und|oder|aber|denn|doch|dann)\s+)+",
    re.IGNORECASE,
)
_ADVERBS = frozenset(
    "always also then therefore normally usually together alone first only regularly immer auch dann daher deshalb "
    "zuerst gemeinsam".split()
)
_GOES_ON = re.compile(r"(?:^|\b(?:and|or|but|then|also|so))\s*$", re.IGNORECASE)
_AFTER_HEAD = frozenset(
    "of in on for from with at to by who whose whom that which without under about between until after before within "
    "during against per as working using acting responsible".split()
)
_OPENING = frozenset(
    "at in on for from with by to of under within during after before until since when whenever if unless once as "
    "while where whereas because without per through despite although though upon besides except".split()
)
_GERMAN_OPENING = frozenset(
    "in im an am auf für mit bei beim bis vor nach zu zum zur von vom unter ohne durch während seit ab aus über gegen "
    "wenn falls sobald sofern bevor ehe nachdem weil da obwohl dass damit dazu danach davor dort hier spätestens "
    "jährlich monatlich täglich wöchentlich zuerst danach außerdem zusätzlich dabei daher deshalb".split()
)
_GERMAN_AFTER_HEAD = frozenset(
    "von vom in im an am auf für mit bei aus zu zur zum ohne der des die das den".split()
)
_TIME = re.compile(r"tage?n?|wochen?|monate?n?|quartale?n?|jahre?n?|\w*mal", re.IGNORECASE)
"""What ends "jede Woche" and "einmal": no subject, though it has no preposition."""
_DETERMINERS = frozenset("the a an our your each every any all whoever".split())
_MOST_WORDS = 9
"""Words up to which a subject is named as a whole; a longer one up to its noun."""
_MOST_NAMED = 6
"""Items of a list that a name is made of."""
_FURTHEST = 5
"""Words of a German sentence after its verb among which the subject's noun is looked for."""
_PRONOUNS = frozenset("we you I it It they he she nobody everyone everybody anyone anybody".split())
_RELATIVE = frozenset(("who", "that", "whose", "in"))
_VERB = re.compile(r"\w{2,}(?:s|ed)|is|are|was|were|has|have|had|can|will|who|that", re.IGNORECASE)
_DEFINED = re.compile(
    r"\W*(?:\w+\s+){0,2}?(?:person|people|somebody|someone|company|organi[sz]ation|firm|team|body|authority|jemand|"
    r"unternehmen|stelle|gremium|behörde)\b",
    re.IGNORECASE,
)
"""How the definition of a person or body begins: "The company that …"."""


class Strangers:
    """Finds the person or body that does what a sentence says.

    Which nouns are persons is told by a list, and by the glossary: what a term defines as a company, a person or a
    team is one. What is said of things, or is done to somebody, binds nobody in particular.
    """

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self._defined = frozenset(
            folded(_WORD.findall(name)[-1])
            for term in terms
            if _DEFINED.match(term.definition)
            for name in (term.term, *term.aliases)
            if _WORD.search(name)
        )

    def subject(
        self, sentence: str, start: int, verb: int, after: int, language: Language
    ) -> Stranger | None:
        """The subject of the verb that stands from `verb` to `after`, in a clause that begins at `start`."""
        if language is GERMAN:
            return self._german(sentence[start:verb], sentence[after:])
        if passive(sentence, after, PERSONAL_STATES) is not None:
            return None
        chunks = [chunk.strip() for chunk in _COMMA.split(_BRACKETS.sub(" ", sentence[start:verb]))]
        if len(chunks) > 1 and not chunks[-1]:
            chunks.pop()  # the comma that ends an insertion
        if _GOES_ON.search(chunks[-1]):
            return self.before(sentence[start:verb])
        while chunks:
            chunk = _without_adverbs(_JOINING.sub("", chunks.pop(), count=1))
            words = _WORD.findall(chunk)
            if not words or words[-1] in _PRONOUNS:
                return None
            if words[0].lower() not in _OPENING:
                return self._of_list(chunks, chunk)
            # "At each step the release owner": what opens the sentence is no subject, but one may follow it.
            begins = [m.start() for m in _WORD.finditer(chunk) if m[0].lower() in _DETERMINERS]
            rest = chunk[begins[-1] :] if begins and begins[-1] > len(words[0]) + 1 else words[-1]
            if found := self.named(rest):
                return found
        return None

    def _of_list(self, before: list[str], last: str) -> Stranger | None:
        """What `last` names together with the items of its list `before` it; nobody where readers are among them."""
        found = self.named(last)
        items = [last]
        listed = re.search(r"\b(?:and|or)\b", last) is not None
        while found is not None and before and len(items) < _MOST_NAMED:
            item = before.pop()
            words = [word.lower() for word in _WORD.findall(item)]
            if words and words[0] in _OPENING and before and _GOES_ON.search(before[-1]):
                continue  # "employees and, where relevant, contractors"
            joined = _GOES_ON.search(item)
            if not words or words[0] in _OPENING or len(words) > _MOST_WORDS or not (listed or joined):
                break
            item = item[: joined.start()].strip() if joined else item
            head = _head(item)
            if _is_reader(head) or any(form in _PRONOUNS for form in _singular(head)):
                return None
            if (first := self.named(item)) is None:
                break
            items.insert(0, item)
            found = Stranger(_capital(", ".join((first.name, *items[1:]))), found.outside and first.outside)
        return found

    def before(self, text: str) -> Stranger | None:
        """The person or body that a sentence begins with, whatever it says of it."""
        chunk = _JOINING.sub("", _COMMA.split(text, maxsplit=1)[0])
        words = list(_WORD.finditer(chunk))[: _FURTHEST + 1]
        for word, follows in zip_longest(words, words[1:]):
            if self._person(word[0]) is None or (follows is not None and self.person(follows[0])):
                continue  # of "team members" the first is no person
            if follows is None or word[0].endswith("s") or _VERB.fullmatch(follows[0]):
                return self.named(chunk[: word.end()])
        return None

    def named(self, text: str) -> Stranger | None:
        """The person or body that a subject names."""
        first = _WORD.match(text)
        if first and first[0].lower() in WHOEVER and first[0] not in CAPITALS:
            return None
        bare = _ARTICLE.sub("", text, count=1)
        words = list(_WORD.finditer(bare))
        end = _up_to_noun([word[0] for word in words])
        if not end:
            return None
        head, follows = words[end - 1], words[end][0].lower() if end < len(words) else ""
        before = words[end - 2][0].lower() if end > 1 else ""
        kind = self._person(head[0], before, alone=end == 1 and bare == text)
        if kind is None or (kind == "anyone" and follows not in _RELATIVE):
            return None
        # "Employees and contractors", "members of staff".
        if any(_is_reader(word[0]) for word in words):
            return None
        whole = len(words) <= _MOST_WORDS
        name = bare if whole else bare[: head.end()]
        return Stranger(_capital(" ".join(name.split())), kind == "outside")

    def _person(self, word: str, before: str = "", *, alone: bool = False) -> str | None:
        """What kind of person or body a noun is: outside, inside, or anyone; None for things and for readers.

        `before` is the word before it; `alone` tells that there is none, nor an article.
        """
        if word in CAPITALS or (alone and word in DEPARTMENTS):
            return "inside"
        for form in _singular(folded(word).removesuffix("'s")):
            form = form.rpartition("-")[2] if form not in PERSONS else form
            if form in OUTSIDE or (form == "party" and before in FOREIGN):
                return "outside"
            if form in PERSONS or form in self._defined:
                return "inside"
            if form in {"person", "people"}:
                return "inside" if before in APPOINTED else "anyone"
        return None

    def person(self, word: str) -> bool:
        """Whether a noun is one for persons or bodies, readers included."""
        return self._person(word) is not None or _is_reader(word)

    def _german(self, before: str, after: str) -> Stranger | None:
        if german_passive(after):
            return None
        if inverted(before):
            return self._german_name(_WORD.findall(after)[:_FURTHEST], after_verb=True)
        return self._german_name(_WORD.findall(_last(before)))

    def _german_name(self, words: Sequence[str], *, after_verb: bool = False) -> Stranger | None:
        if words and _ARTICLE.fullmatch(f"{words[0]} "):
            words = words[1:]
        for number, word in enumerate(words):
            if folded(word) in _GERMAN_AFTER_HEAD:
                return None
            if not word[:1].isupper() or (
                number == 0 and len(words) > 1 and words[1][:1].isupper() and not after_verb
            ):
                continue
            if folded(word) not in self._defined and (
                not GERMAN_PERSON.fullmatch(word) or GERMAN_THING.fullmatch(word)
            ):
                return None
            outside = GERMAN_OUTSIDE.fullmatch(word) is not None
            whole = words if not after_verb and len(words) <= _MOST_WORDS else words[: number + 1]
            return Stranger(_capital(" ".join(whole)), outside)
        return None


def _head(text: str) -> str:
    """The noun of a subject, in lower case: "employees" of "all employees of the company"."""
    words = _WORD.findall(_ARTICLE.sub("", text, count=1).lower())
    return words[_up_to_noun(words) - 1] if words else ""


def _up_to_noun(words: Sequence[str]) -> int:
    """How many words of a subject there are up to its noun and with it: the others say more of it."""
    return next((n for n, word in enumerate(words) if n and word.lower() in _AFTER_HEAD), len(words))


def _is_reader(word: str) -> bool:
    return any(form in READERS for form in _singular(folded(word)))


def inverted(before: str) -> bool:
    """Whether the subject of a German main clause follows its verb, since something else stands before it."""
    words = _WORD.findall(_last(before))
    return not words or folded(words[0]) in _GERMAN_OPENING or _TIME.fullmatch(words[-1]) is not None


def _last(before: str) -> str:
    return _JOINING.sub("", _COMMA.split(_BRACKETS.sub(" ", before))[-1].strip(), count=1)


def _without_adverbs(chunk: str) -> str:
    """A clause without the adverbs that stand between its subject and its verb."""
    words = chunk.split()
    while words and words[-1].lower() in _ADVERBS:
        words.pop()
    return " ".join(words)


def _singular(word: str) -> tuple[str, ...]:
    if word.endswith("ies"):
        return word, f"{word[:-3]}y"
    if word.endswith("men"):
        return word, f"{word[:-3]}man"
    if word.endswith("es"):
        return word, word[:-1], word[:-2]
    return (word, word[:-1]) if word.endswith("s") else (word,)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
