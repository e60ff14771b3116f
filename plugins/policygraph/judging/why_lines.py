"""The line that says why a document matters: whether it says so, or only says something again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from policygraph.judging.content_words import content_words, stem
from policygraph.model.document import Document
from policygraph.model.framework import Framework

_ALIKE = 0.75
"""The share of a why line's words that title and summary may hold before it only repeats them."""

# Words with which a sentence says that it is a document, and no more.
_EMPTY = frozenset(
    stem(word)
    for word in (
        "policy procedure standard document page guideline plan describe define explain set provide ensure important "
        "importance necessary purpose compliance comply company organisation organization organisational process "
        "requirement rule clear effective proper appropriate richtlinie verfahren dokument beschreibt regelt definiert "
        "legt fest wichtig notwendig zweck einhaltung unternehmen organisation sicherstellen"
    ).split()
)
_NORM = re.compile(
    r"\b(?:ISO(?:\s*/\s*IEC)?|IEC|DIN(?:\s+EN)?|BSI)[\s-]*\d[\d.:-]*|\bISO(?:\s*/\s*IEC)?\b|\bNIST\b[\w\s-]{0,20}?(?:RMF|CSF|\d[\d.-]*)?|"
    r"\bSOC\s*[12]\b|\bPCI[\s-]?DSS\b|\bHIPAA\b|\bGDPR\b|\bDSGVO\b|\bNIS[\s-]?2\b|\bDORA\b|\bTISAX\b|\bAI\s+Act\b|"
    r"\b(?:[Cc]lauses?|[Aa]rticles?|[Aa]nnex|Artikel|Anhang|Ziffer)\s+(?:\d[\w.]*|[A-Z](?:\.\d+)*)(?=\W|$)",
)
_DEMANDED = re.compile(
    r"\b(?:required|demanded|mandated|prescribed|requested)\s+by\s+(?:the\s+|our\s+|a\s+|an\s+)?"
    r"(?:standards?|law|regulations?|regulators?|norms?|auditors?|audit|certification|frameworks?)\b|"
    r"\b(?:the\s+)?(?:standard|law|regulation|regulator|auditors?|certification)\s+(?:requires?|demands?|wants?|asks?\s+for)\b|"
    r"\bfor\s+(?:the\s+|our\s+)?(?:certification|audit|auditors)\b|"
    r"\b(?:gefordert|verlangt|vorgeschrieben)\s+(?:von|durch)\b|\bvon\s+(?:der\s+Norm|dem\s+Standard|dem\s+Gesetz)\b[^.]{0,40}"
    r"\b(?:gefordert|verlangt|vorgeschrieben)\b|\b(?:die\s+Norm|der\s+Standard|das\s+Gesetz|der\s+Auditor)\s+(?:fordert|verlangt|schreibt)\b|"
    r"\bfür\s+(?:die\s+|unsere\s+)?(?:Zertifizierung|das\s+Audit)\b",
    re.IGNORECASE,
)


def standard_cited(why: str, frameworks: Mapping[str, Framework]) -> str:
    """What a why line gives for a reason: a standard, a law or an audit, in its own words; empty where it does not."""
    for pattern in (_NORM, _DEMANDED, _names(tuple(sorted(_framework_names(frameworks))))):
        if pattern is not None and (match := pattern.search(why)):
            return match[0].strip()
    return ""


def repeats(why: str, document: Document) -> str:
    """What a why line only repeats: "the title" or "the summary"; "nothing" where it has no words of its own."""
    said = content_words(why)
    telling = said - _EMPTY
    if not telling:
        return "nothing"
    for name, text in (("the title", document.title), ("the summary", document.summary)):
        if len(telling & content_words(text)) >= _ALIKE * len(telling):
            return name
    return ""


def _framework_names(frameworks: Mapping[str, Framework]) -> Iterable[str]:
    for id, framework in frameworks.items():
        if id != "own":
            yield from (name for name in (id, framework.title) if len(name) > 3)


@lru_cache(maxsize=8)
def _names(names: tuple[str, ...]) -> re.Pattern[str] | None:
    if not names:
        return None
    longest = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)
