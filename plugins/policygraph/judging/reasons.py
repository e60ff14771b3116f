"""The author's reason for a change, in one line: from the review that looked at the text, or from the commit.

A repository may hold much besides its handbook, and the subject of a commit speaks of all that it did. So it is a
reason only where at least two of three files that the commit touched are the handbook's; of any other commit, only
the part of its message that names the document is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from policygraph.model.history import Commit
from policygraph.model.review import Review
from policygraph.reading.language import ENGLISH, Language
from policygraph.reading.sentences import sentence_bounds

LONGEST = 240
"""Characters of a reason; more is no longer a line."""

_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]+"
)
_SPACE = re.compile(r"\s+")
_LEADING = (
    re.compile(r"^(?:fixup|squash|amend)! *", re.I),
    re.compile(r"^Merged PR \d{1,9}: *", re.I),
    # Conventional commits: "docs(AI-06)!: …"
    re.compile(
        r"^(?:feat|feature|fix|bugfix|hotfix|docs?|chore|style|refactor|perf|tests?|build|ci|revert|content|policy|"
        r"policies|wip)(?:\([^()]{0,60}\))?!?: *",
        re.I,
    ),
    re.compile(r"^(?::[a-z0-9_+-]{2,40}: *)+"),
    re.compile(r"^\[[^\[\]]{1,40}\] *"),
    re.compile(r"^[A-Za-z][A-Za-z0-9]{0,9}-\d{1,7}(?: *[:–—-] +|: *)"),
    re.compile(r"^[^\w\"'“„«(`]+", re.UNICODE),
)
_TRAILING = (
    re.compile(r" *\((?:[#!]\d{1,9}|[A-Z][A-Z0-9]{0,9}-\d{1,7}|GH-\d{1,9})\)$"),
    re.compile(r" *[\[(](?:skip ci|ci skip|no ci)[\])]$", re.I),
    re.compile(r"[\s,;:–—-]+$"),
)
_NOISE = re.compile(
    r"""
      merge\ (?:branch|remote-tracking|tag|commit|pull\ request|request)\b .*
    | merged\ in\ .*
    | (?:automatic\ )?merge\b.{0,20}
    | (?:initial|first|small|minor|more|some|several|various|misc\w*|tiny|quick)?\ ?
      (?:commit|changes?|updates?|edits?|fix(?:es)?|tweaks?|typos?|wip|cleanup|clean\ up|save|draft|stuff|version|import)
    | (?:add|upload)\ files?\ via\ upload
    | (?:create|update|edit|delete|rename|add|remove|modify|change)[sd]?\ \S+\.(?:md|markdown|ya?ml)(?:\ to\ \S+)?
    | bump\ \S+\ from\ .*
    | apply\ suggestions?\ from\ code\ review
    | address\ (?:review\ )?(?:comments|feedback)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_UNSPACED = "\u2e80"
"""The first character of the scripts that put no spaces between words."""


def reason_of(
    commit: Commit,
    reviews: Iterable[Review],
    known: Iterable[str] = (),
    names: Iterable[str] = (),
    language: Language = ENGLISH,
) -> str:
    """Why something changed, as whoever looked at the new text or wrote the commit put it; empty where neither says.

    `reviews` are those that looked at the text as the commit left it, the oldest first. `known` are names that every
    reader knows, the organisation's and the handbook's: a subject that begins with one and a colon goes without.
    `names` are those of the document: its id, title, other names and file; `language` tells where sentences end.
    """
    for review in reviews:
        if review.outcome.clears and (note := one_line(review.note)):
            return note
    if commit.bot:
        return ""
    prefixes = {name.casefold() for name in known if name}
    if is_of_handbook(commit):
        for text in (commit.subject, commit.about):
            if told := without_noise(_without(text, prefixes)):
                return told
    named = [_Name(name) for name in dict.fromkeys(names) if name]
    prefixes |= {name.text.casefold() for name in named}
    for part in _parts(commit, language):
        if any(name.stands_in(part) for name in named) and (told := without_noise(_without(part, prefixes))):
            return told
    return ""


def is_of_handbook(commit: Commit) -> bool:
    """Whether the handbook is what a commit is about: at least two of three files that it touched."""
    return commit.inside >= 2 * commit.beside


def _without(text: str, prefixes: Collection[str]) -> str:
    """A text without a name and a colon at its beginning."""
    before, colon, after = one_line(text).partition(": ")
    return after if colon and before.strip("`*[]“”").casefold() in prefixes else text


def _parts(commit: Commit, language: Language) -> Iterator[str]:
    """What a message says piece by piece: its subject's sentences, cut at semicolons, then its paragraphs; of those
    that are no longer a line, the sentences."""
    for text in (commit.subject, commit.about):
        for start, end in sentence_bounds(text, language):
            yield from text[start:end].split("; ")
    for paragraph in commit.paragraphs:
        if len(paragraph) <= LONGEST:
            yield paragraph
        else:
            yield from (paragraph[start:end] for start, end in sentence_bounds(paragraph, language))


class _Name:
    """A name by which a message may call a document."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded = text.casefold()

    def stands_in(self, text: str) -> bool:
        """Whether a text calls the document by it."""
        # Few messages name a document, and a pattern takes longer to make than most messages to read.
        return self._folded in text.casefold() and _calls(self.text).search(text) is not None


def _calls(name: str) -> re.Pattern[str]:
    """What finds a name of a document in a message."""
    literal = re.escape(name)
    # A single word is a word of the language as well, and a number a number: it names the document only where it
    # stands as a label does ("incidents: …", "docs(incidents): …").
    label = rf"^(?:\w{{1,20}}\({literal}\)!?|[`*\[“]*{literal}[`*\]”]*):|“{literal}”"
    spaced = (name[0] < _UNSPACED, name[-1] < _UNSPACED)
    anywhere = (r"(?<![\w-])" if spaced[0] else "") + literal + (r"(?![\w]|-\w)" if spaced[1] else "")
    telling = any(map(str.isalpha, name)) and not name.isalpha()
    unspaced = len(name) >= 4 and all(character >= _UNSPACED for character in name)
    pattern = f"{label}|{anywhere}" if telling or unspaced else label
    # A title in small letters is a topic that anything may have.
    return re.compile(pattern, 0 if " " in name else re.IGNORECASE)


def one_line(text: str) -> str:
    """What somebody typed as one line, without characters that nobody sees."""
    line = _SPACE.sub(" ", _HIDDEN.sub(" ", text)).strip()
    if len(line) <= LONGEST:
        return line
    cut = line.rfind(" ", LONGEST // 2, LONGEST)
    return line[: cut if cut > 0 else LONGEST - 1].rstrip(" ,;:–-") + "…"


def without_noise(subject: str) -> str:
    """The subject of a commit without what only tools put there; empty where nothing is left that tells anything."""
    line = one_line(subject)
    before = ""
    while line != before:
        before = line
        for pattern in (*_LEADING, *_TRAILING):
            line = pattern.sub("", line)
    if _NOISE.fullmatch(line) or not _tells(line):
        return ""
    return line[:1].upper() + line[1:]


def _tells(line: str) -> bool:
    """Whether there are two words, or as much in a script that puts no spaces between them."""
    return len(_WORD.findall(line)) >= 2 or (not line.isascii() and sum(map(str.isalpha, line)) >= 5)
