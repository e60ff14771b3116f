"""Wording that makes a text harder to follow than it need be: where it stands, and what could stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.judging import german_wording
from policygraph.judging.voice import passive
from policygraph.model.document import Document, Modality
from policygraph.model.place import Place
from policygraph.reading.block import MASK, Block, Positions
from policygraph.reading.language import ENGLISH, GERMAN, LANGUAGES, Language
from policygraph.reading.sentences import ADDRESS

MOST_WORDS = 40
"""Words that a sentence may have before it is called long."""

_FEWEST_CHARACTERS = 2 * MOST_WORDS
_LONGEST = 2_000
"""A "sentence" beyond this many characters is a list or worse."""

_QUOTATION = re.compile(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|\"[^\"]*\"")
_LEADING_LINK = re.compile(f"{MASK}+")
_SHALL = re.compile(r"(?<![\w'’/-])shall(?![\w'’/-])", re.IGNORECASE)
# Texts that say themselves what "shall" means, or speak of the word.
_EXPLAINED = re.compile(
    r"\b(?:RFC\s*2119|BCP\s*14)\b|\bwords?\s+\W{0,3}shall\b|[\"“'‘`]shall(?:\s+not)?[\"”'’`]", re.IGNORECASE
)
# "Nobody shall" is "nobody may"; "we shall" speaks of the future; "shall we" asks.
_OTHER_BEFORE = re.compile(
    r"\b(?:nobody|no\s+one|none|neither|nor|no|only|i|we|as|than)\b[^,;:.]{0,80}$", re.IGNORECASE
)
# "Shall mean", "shall be deemed", "shall have the right": no duty of anybody's.
_OTHER_AFTER = re.compile(
    r"\s+(?:not\s+|also\s+|only\s+|then\s+|further\s+)*(?:be\s+(?:deemed|considered|construed|interpreted|understood|entitled|known|free|"
    r"able|valid|void|effective|regarded|taken\s+to|governed|bound)|mean|include|apply|have\s+(?:the\s+)?(?:meaning|right|authority|power|effect|no)|"
    r"prevail|cease|expire|come\s+into|enter\s+into|take\s+effect|survive|constitute|govern|become|remain|continue|"
    r"we|i|supersede|lapse|end|begin|refer|never|see)\b",
    re.IGNORECASE,
)
_MODAL = re.compile(r"(?<![\w-])(?:must|shall)(?![\w-])", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:that|which|who)\s+$", re.IGNORECASE)
_AGENT = re.compile(
    r"\bby\s+(?!(?:default|law|hand|post|e-?mail|phone|telephone|means|way|clicking|using|reference|date|mistake|"
    r"then|now|today|tomorrow|when|if|noon|midnight|it|this|that\s+date|the\s+(?:end|time|date|deadline|close|"
    r"start|beginning|first|last|following|next|law|means)|[a-z]+ing\b|\d)\b)\w",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """Words of a text: where they stand, as the file spells them, the sentence around them, and what would be better."""

    place: Place
    words: str
    sentence: str
    better: str = ""


@dataclass(frozen=True, slots=True)
class LongSentence:
    """A sentence with more words than one can hold in mind."""

    place: Place
    words: int


def shalls(document: Document, blocks: tuple[Block, ...]) -> Iterator[Found]:
    """Every "shall" of an English text, and "soll" of a German one, that stands for "must"."""
    language = LANGUAGES.get(_code(document))
    if language is ENGLISH:
        word, explained, duties = "shall", _EXPLAINED, _open_duties
    elif language is GERMAN:
        word, explained, duties = "soll", german_wording.EXPLAINED, german_wording.open_duties
    else:
        return
    body = document.body
    if (word not in body and word.upper() not in body) or explained.search(body):
        return
    positions = Positions(document.path, body, document.body_line)
    for block, start, end in _sentences(blocks, language, word):
        sentence = block.prose[start:end]
        if sentence.rstrip().endswith("?") or _quotation(document, block, start):
            continue
        quoted = [m.span() for m in _QUOTATION.finditer(sentence)]
        for offset, words, better in duties(sentence):
            at = block.offset(start + offset)
            if not any(a <= offset < b for a, b in quoted) and body.startswith(words, at):
                yield Found(positions.place(at), words, sentence, better)


def _open_duties(sentence: str) -> list[tuple[int, str, str]]:
    """Each "shall" that stands for a duty: where, as it is spelt, and the verb that says so."""
    return [
        (match.start(), match[0], "MUST" if match[0].isupper() else "must")
        for match in _SHALL.finditer(sentence)
        if match[0] != "Shall"
        and not _OTHER_BEFORE.search(sentence[: match.start()])
        and not _OTHER_AFTER.match(sentence, match.end())
    ]


def long_sentences(document: Document, blocks: tuple[Block, ...]) -> Iterator[LongSentence]:
    """The sentences of a text with more than forty words; rows of tables, quotations and lists of links are left out."""
    language = LANGUAGES.get(_code(document))
    if language is None:
        return
    for block in blocks:
        plain = block.plain
        if len(plain) <= _FEWEST_CHARACTERS or block.whole is not None or plain.count(" ") < MOST_WORDS:
            continue
        for start, end in block.bounds(language):
            if not _FEWEST_CHARACTERS < end - start <= _LONGEST or plain.count(" ", start, end) < MOST_WORDS:
                continue
            # A link on a line of its own, as a kind of heading, is no part of what follows it.
            title = _LEADING_LINK.match(block.prose, start, end)
            sentence = _QUOTATION.sub("", ADDRESS.sub("", plain[title.end() if title else start : end]))
            words = sum(1 for word in sentence.split() if any(map(str.isalnum, word)))
            masked = block.prose.count(MASK, start, end)
            if words <= MOST_WORDS or 2 * masked > end - start or _quotation(document, block, start):
                continue
            positions = Positions(document.path, document.body, document.body_line)
            yield LongSentence(positions.place(block.offset(start)), words)


def nobodys(document: Document) -> Iterator[Found]:
    """The statements of a text that say what must be done, and not by whom."""
    if LANGUAGES.get(_code(document)) is GERMAN:
        for statement in document.statements:
            words = german_wording.nobodys(statement.passage.sentence)
            if words and statement.modality is not Modality.PERMISSION:
                yield Found(statement.passage.place, words, statement.passage.sentence)
        return
    if LANGUAGES.get(_code(document)) is not ENGLISH:
        return
    for statement in document.statements:
        if statement.modality is Modality.PERMISSION or " · " in statement.passage.sentence:
            continue
        sentence = statement.passage.sentence
        found = next(
            ((m.start(), end) for m in _MODAL.finditer(sentence) if (end := passive(sentence, m.end()))), None
        )
        if found is None or _AGENT.search(sentence):
            continue
        start, end = found
        if _RELATIVE.search(sentence, 0, start):
            continue
        yield Found(statement.passage.place, " ".join(sentence[start:end].split()), sentence)


def _code(document: Document) -> str:
    return document.lang.lower().split("-")[0].split("_")[0]


def _sentences(blocks: tuple[Block, ...], language: Language, gate: str) -> Iterator[tuple[Block, int, int]]:
    """The sentences of the blocks in which a word stands, each with its block."""
    for block in blocks:
        if gate in block.prose.lower():
            for start, end in block.bounds(language):
                if end - start <= _LONGEST:
                    yield block, start, end


def _quotation(document: Document, block: Block, start: int) -> bool:
    """Whether a position of a block stands in a quotation that is a paragraph of its own."""
    at = block.offset(start)
    return document.body[document.body.rfind("\n", 0, at) + 1 : at + 1].lstrip().startswith(">")
