"""The author's reason for a change, in one line: from the review that looked at the text, or from the commit."""

from __future__ import annotations

import re
from collections.abc import Iterable

from policygraph.model.history import Commit
from policygraph.model.review import Review

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
    re.compile(r"^[^\w\"'“„«(]+", re.UNICODE),
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


def reason_of(commit: Commit, reviews: Iterable[Review], known: Iterable[str] = ()) -> str:
    """Why something changed, as whoever looked at the new text or wrote the commit put it; empty where neither says.

    `reviews` are those that looked at the text as the commit left it, the oldest first. `known` are names that every
    reader knows, the organisation's and the handbook's: a subject that begins with one and a colon goes without.
    """
    for review in reviews:
        if review.outcome.clears and (note := one_line(review.note)):
            return note
    if commit.bot:
        return ""
    names = {name.casefold() for name in known if name}
    for text in (commit.subject, commit.about):
        before, colon, after = one_line(text).partition(": ")
        told = without_noise(after if colon and before.casefold() in names else text)
        if told:
            return told
    return ""


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
