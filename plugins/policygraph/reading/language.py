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
    exclusion: re.Pattern[str]
    abbreviations: frozenset[str]
    type_words: frozenset[str]

    def modality_of(self, words: str, before: str = "") -> Modality:
        """Return what the matched words do: bind, ban or permit.

        `before` is the sentence up to them: where nobody, or only somebody, may, others may not.
        """
        lowered = " ".join(words.lower().split())
        for start, modality in self.modality.items():
            if re.match(start, lowered):
                return Modality.BAN if self.exclusion.search(before) else modality
        return Modality.BAN if self.exclusion.search(before) else Modality.DUTY


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
        r"never",
    ),
    {
        r"(must|shall|may) (not|never)|mustn|may only|never|(is|are) (not |prohibited|forbidden)": Modality.BAN,
        r"may": Modality.PERMISSION,
    },
    re.compile(
        r"(?:^|[,;:(]\s*|\b(?:and|but|or|that|so|why|because|since)\s+)(?:nobody|no one|none|no|neither|only)\b[^,;:]{0,80}$",
        re.IGNORECASE,
    ),
    frozenset(
        (
            "e.g i.e etc cf vs no nos art arts sec fig mr mrs ms dr prof inc ltd co approx incl excl est dept "
            "p pp vol ed eds al st jan feb mar apr jun jul aug sep sept oct nov dec"
        ).split()
    ),
    frozenset(
        (
            "policy standard procedure plan guideline guidelines declaration process programme program "
            "charter statement handbook framework protocol code manual register agreement regulation "
            "instruction rules notice"
        ).split()
    ),
)

GERMAN = Language(
    "de",
    _pattern(
        r"(?:muss|müssen|musst|müsst)(?:\s+nicht)?",
        r"(?:darf|dürfen|darfst|dürft)(?:\s+(?:nicht|nie|niemals|nur|kein|keine|keinen))?",
        r"(?:ist|sind)\s+(?:verboten|untersagt|verpflichtet|nicht\s+(?:erlaubt|gestattet))",
        r"soll|sollen",
        r"niemals",
    ),
    {
        r"(muss|müssen|musst|müsst) nicht": Modality.PERMISSION,
        r"(darf|dürfen|darfst|dürft) (nicht|nie|niemals|nur|kein)": Modality.BAN,
        r"(ist|sind) (verboten|untersagt|nicht)|niemals": Modality.BAN,
        r"darf|dürfen|darfst|dürft": Modality.PERMISSION,
    },
    re.compile(
        r"(?:^|[,;:(]\s*|\b(?:und|aber|oder)\s+)(?:niemand|kein\w*|nur)\b[^,;:]{0,80}$", re.IGNORECASE
    ),
    frozenset(
        (
            "z.b d.h u.a bzw ca evtl ggf inkl nr art abs vgl usw etc dr prof hr fr str bspw sog o.ä i.d.r max "
            "min"
        ).split()
    ),
    frozenset(
        (
            "richtlinie richtlinien leitlinie leitlinien verfahren plan ordnung anweisung standard erklärung "
            "konzept programm regelung handbuch vereinbarung"
        ).split()
    ),
)

LANGUAGES = {language.code: language for language in (ENGLISH, GERMAN)}


LANGUAGE_CODES = frozenset(
    (
        "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da "
        "de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz "
        "ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln "
        "lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi "
        "pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti "
        "tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "
    ).split()
)
"""ISO 639-1: what may stand before `.md` and tell a language; `rules.ai.md` is no translation."""


def language_of(code: str) -> Language:
    """Return the words for a language tag such as `de` or `de-CH`; English where we have none."""
    return LANGUAGES.get(code.lower().split("-")[0].split("_")[0], ENGLISH)
