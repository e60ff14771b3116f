"""What differs by language: normative verbs, and full stops that end no sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policygraph.model.document import Modality


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language that the scan looks for."""

    code: str
    normative: re.Pattern[str]
    modality: dict[str, Modality]
    abbreviations: frozenset[str]
    type_words: frozenset[str]

    def modality_of(self, words: str) -> Modality:
        """Return what the matched words do: bind, ban or permit."""
        lowered = " ".join(words.lower().split())
        for start, modality in self.modality.items():
            if re.match(start, lowered):
                return modality
        return Modality.DUTY


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(alternatives)})(?![\w-])", re.IGNORECASE)


ENGLISH = Language(
    "en",
    # Longest first: "must not" before "must". "May" alone permits, and the month of May is no verb.
    _pattern(
        r"must\s+(?:not|never)|mustn['’]t|must",
        r"shall\s+(?:not|never)|shall",
        r"may\s+(?:not|never|only)|(?<!in )(?<!of )may(?!\s+\d)",
        r"(?:is|are)\s+(?:not\s+(?:allowed|permitted)|prohibited|forbidden)",
        r"(?:is|are)\s+required\s+to",
        r"(?:has|have)\s+to",
        r"cannot",
        r"never",
    ),
    {
        r"(must|shall|may) (not|never)|mustn|may only|never|cannot|(is|are) (not |prohibited|forbidden)": Modality.BAN,
        r"may": Modality.PERMISSION,
    },
    frozenset(
        [
            "e.g",
            "i.e",
            "etc",
            "cf",
            "vs",
            "no",
            "nos",
            "art",
            "arts",
            "sec",
            "fig",
            "mr",
            "mrs",
            "ms",
            "dr",
            "prof",
            "inc",
            "ltd",
            "co",
            "approx",
            "incl",
            "excl",
            "est",
            "dept",
            "p",
            "pp",
            "vol",
            "ed",
            "eds",
            "al",
            "st",
            "jan",
            "feb",
            "mar",
            "apr",
            "jun",
            "jul",
            "aug",
            "sep",
            "sept",
            "oct",
            "nov",
            "dec",
        ]
    ),
    frozenset(
        [
            "policy",
            "standard",
            "procedure",
            "plan",
            "guideline",
            "guidelines",
            "declaration",
            "process",
            "programme",
            "program",
            "charter",
            "statement",
            "handbook",
            "framework",
            "protocol",
            "code",
            "manual",
            "register",
            "agreement",
            "regulation",
            "instruction",
            "rules",
            "notice",
        ]
    ),
)

GERMAN = Language(
    "de",
    _pattern(
        r"(?:muss|müssen|musst|müsst)(?:\s+nicht)?",
        r"(?:darf|dürfen|darfst|dürft)(?:\s+(?:nicht|nie|niemals|nur|kein|keine|keinen))?",
        r"(?:ist|sind)\s+(?:verboten|untersagt|verpflichtet|nicht\s+(?:erlaubt|gestattet))",
        r"(?:hat|haben)\s+(?:\w+\s+){0,6}?zu",
        r"soll|sollen",
        r"niemals",
    ),
    {
        r"(muss|müssen|musst|müsst) nicht": Modality.PERMISSION,
        r"(darf|dürfen|darfst|dürft) (nicht|nie|niemals|nur|kein)": Modality.BAN,
        r"(ist|sind) (verboten|untersagt|nicht)|niemals": Modality.BAN,
        r"darf|dürfen|darfst|dürft": Modality.PERMISSION,
    },
    frozenset(
        [
            "z.b",
            "d.h",
            "u.a",
            "bzw",
            "ca",
            "evtl",
            "ggf",
            "inkl",
            "nr",
            "art",
            "abs",
            "vgl",
            "usw",
            "etc",
            "dr",
            "prof",
            "hr",
            "fr",
            "str",
            "bspw",
            "sog",
            "o.ä",
            "i.d.r",
            "max",
            "min",
        ]
    ),
    frozenset(
        [
            "richtlinie",
            "richtlinien",
            "leitlinie",
            "leitlinien",
            "verfahren",
            "plan",
            "ordnung",
            "anweisung",
            "standard",
            "erklärung",
            "konzept",
            "programm",
            "regelung",
            "handbuch",
            "vereinbarung",
        ]
    ),
)

LANGUAGES = {language.code: language for language in (ENGLISH, GERMAN)}


def language_of(code: str) -> Language:
    """Return the words for a language tag such as `de` or `de-CH`; English where we have none."""
    return LANGUAGES.get(code.lower().split("-")[0].split("_")[0], ENGLISH)
