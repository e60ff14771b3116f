"""German wording that leaves open what is demanded, or of whom."""

from __future__ import annotations

import re

_SOLL = re.compile(r"(?<![\w'’/-])(?:soll|sollen|SOLL|SOLLEN)(?![\w'’/-])")
# Texts that say themselves what the word means, or speak of it.
EXPLAINED = re.compile(r"\b(?:RFC\s*2119|BCP\s*14)\b|[\"“„'‚`]soll(?:en)?[\"”“'‘`]", re.IGNORECASE)
# "Wie es sein soll" and "wenn es eingeführt werden soll" tell what is intended.
_VERB_FINAL = re.compile(r"(?<![\w-])[a-zäöüß]+(?:en|eln|ern|ein|un)\s+$")
# "Niemand soll" bans, "was soll" asks.
_ASKED_OR_MEANT = re.compile(
    r"\b(?:niemand|keine[rsnm]?|kein|weder|nur|was|wer|wie|wo|wann|warum|wozu|ob|ich|wir|als|zweck|ziele?|absicht)\b"
    r"[^,;:.]{0,80}$",
    re.IGNORECASE,
)
# "Diese Richtlinie soll helfen": what a text is for. "Soll gesagt haben": what others report.
_PURPOSE = re.compile(
    r"\b(?:helfen|sicherstellen|gewährleisten|ermöglichen|dienen|beitragen|erreichen|erleichtern|zeigen|regeln|"
    r"beschreiben|unterstützen|vermeiden|verhindern|fördern|schaffen|dazu|damit)\b|\w(?:t|en)\s+(?:haben|sein)\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"\b(?:nicht|nie|niemals|kein\w*|keinesfalls)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:]")
_MUST = {"soll": "muss", "sollen": "müssen"}
_MAY = {"soll": "darf", "sollen": "dürfen"}
_PASSIVE = re.compile(
    r"(?<![\w-])(?:muss|müssen|soll|sollen|darf|dürfen)\s+[^.;:,]{0,200}?"
    r"(?P<done>\w*ge\w+(?:t|en)|\w+iert|(?:\w{2,6})?(?:be|ver|er|ent|zer|über|unter|wider|miss)\w+(?:t|en))\s+werden(?![\w-])"
)
_AGENT = re.compile(
    r"\b(?:durch|seitens|vom|von)\s+(?!(?:anfang|hand|innen|außen|selbst|vornherein|montag|\d)\b)\w",
    re.IGNORECASE,
)


def open_duties(sentence: str) -> list[tuple[int, str, str]]:
    """Each "soll" that stands for a duty: where, as it is spelt, and the verb that says so."""
    found = []
    for match in _SOLL.finditer(sentence):
        before = sentence[: match.start()]
        after = sentence[match.end() :]
        clause = _CLAUSE.split(after, maxsplit=1)[0]
        if _ASKED_OR_MEANT.search(before) or _VERB_FINAL.search(before) or _PURPOSE.search(clause):
            continue
        verbs = _MAY if _NEGATION.search(clause) else _MUST
        better = verbs[match[0].lower()]
        found.append((match.start(), match[0], better.upper() if match[0].isupper() else better))
    return found


def nobodys(sentence: str) -> str | None:
    """The verb of a sentence that says what must be done, and not by whom; None for all others."""
    match = _PASSIVE.search(sentence)
    if match is None or _AGENT.search(sentence):
        return None
    return f"{match[0].split()[0]} … {match['done']} werden"
