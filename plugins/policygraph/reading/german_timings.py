"""How German says when."""

from __future__ import annotations

import re

from policygraph.model.document import Interval
from policygraph.model.promise import Timing
from policygraph.reading.timings import TimingWords, at_once, deadline, frequency, retention

_NUMBERS = {
    **dict.fromkeys(("ein", "eine", "einem", "einen", "einer", "eines", "einmal", "jede", "jeden"), 1),
    "zwei": 2, "zweimal": 2, "drei": 3, "dreimal": 3, "vier": 4, "viermal": 4, "fünf": 5, "sechs": 6,
    "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "vierzehn": 14, "fünfzehn": 15,
    "achtzehn": 18, "zwanzig": 20, "vierundzwanzig": 24, "dreißig": 30, "achtundvierzig": 48, "sechzig": 60,
    "neunzig": 90,
}  # fmt: skip
_UNITS = {
    **dict.fromkeys(("minute", "minuten"), (1, "minute")),
    **dict.fromkeys(("stunde", "stunden", "stündlich"), (1, "hour")),
    **dict.fromkeys(("tag", "tage", "tagen", "tages", "kalendertag", "kalendertage", "kalendertagen"), (1, "day")),
    **dict.fromkeys(("täglich", "nacht", "nächtlich"), (1, "day")),
    **dict.fromkeys(
        (
            "arbeitstag arbeitstage arbeitstagen arbeitstages werktag werktage werktagen werktages "
            "arbeitstäglich werktäglich"
        ).split(),
        (1, "working day"),
    ),
    **dict.fromkeys(("woche", "wochen", "wöchentlich"), (1, "week")),
    **dict.fromkeys(("montag", "dienstag", "mittwoch", "donnerstag", "freitag"), (1, "week")),
    **dict.fromkeys(("vierzehntägig", "14 tägig", "vierzehntäglich", "zweiwöchentlich"), (2, "week")),
    **dict.fromkeys(("monat", "monate", "monaten", "monats", "monatlich"), (1, "month")),
    "zweimonatlich": (2, "month"),
    **dict.fromkeys(("quartal", "quartale", "quartalen", "quartals", "vierteljahr", "vierteljährlich", "quartalsweise"), (3, "month")),
    **dict.fromkeys(("halbjahr", "halbjahre", "halbjahren", "halbjahres", "halbjährlich"), (6, "month")),
    **dict.fromkeys(("jahr", "jahre", "jahren", "jahres", "kalenderjahr", "jährlich", "alljährlich"), (1, "year")),
    "zweijährlich": (2, "year"),
}  # fmt: skip
_WORDS = "|".join(
    sorted((n for n in _NUMBERS if not n.endswith("mal") and n[0] != "j"), key=len, reverse=True)
)
_N = rf"(?P<n>\d{{1,4}}|{_WORDS})"
_NOUN = (
    r"(?:Minuten?|Stunden?|(?:Kalender|Arbeits|Werk)?[Tt]ag(?:en|es|e)?|Wochen?|Monat(?:en|s|e)?|Quartal(?:en|s|e)?|"
    r"Vierteljahr|Halbjahr(?:en|es|e)?|(?:Kalender)?[Jj]ahr(?:en|es|e)?)"
)
_UNIT = rf"(?P<unit>{_NOUN})"
_SPAN = rf"{_N}[\s-]+{_UNIT}\b"
_ADVERB = (
    r"(?P<unit>stündlich|täglich|arbeitstäglich|werktäglich|nächtlich|wöchentlich|zweiwöchentlich|vierzehntägig|14-tägig|"
    r"monatlich|zweimonatlich|vierteljährlich|quartalsweise|halbjährlich|jährlich|alljährlich|zweijährlich)"
)


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _every(match: re.Match[str]) -> Timing | None:
    return frequency(WORDS.interval(match["n"], match["unit"]))


def _unit(match: re.Match[str]) -> Timing | None:
    return frequency(WORDS.interval(None, match["unit"]))


def _times(match: re.Match[str]) -> Timing | None:
    word = match["times"].lower().replace(" ", "").replace("-", "")
    times = WORDS.count(word) or WORDS.count(word.removesuffix("mal"))
    return frequency(WORDS.interval(match["n"], match["unit"]), times)


def _within(match: re.Match[str]) -> Timing | None:
    return deadline(WORDS.interval(match["n"], match["unit"]))


def _before(match: re.Match[str]) -> Timing | None:
    return deadline(WORDS.interval(match["n"], match["unit"]), before=True)


def _one(match: re.Match[str]) -> Timing | None:
    return deadline(WORDS.interval(None, match["unit"]))


def _same_day(_: re.Match[str]) -> Timing | None:
    return deadline(Interval(1, "day"))


def _kept(match: re.Match[str]) -> Timing | None:
    return retention(WORDS.interval(match["n"], match["unit"]))


WORDS = TimingWords(
    gate=_re(
        rf"\b{_NOUN}\b|\w*(?:stündlich|täglich|tägig|nächtlich|wöchentlich|monatlich|jährlich)(?:e[nrms]?)?\b|\bquartalsweise\b|"
        r"\b(?:sofort|unverzüglich|umgehend|jede[nrms]?|Montag|Freitag)\b"
    ),
    forms=(
        (
            _re(
                rf"{_SPAN}(?:\s+lang)?[^.;:]{{0,60}}?\b(?:auf(?:zu)?(?:bewahr|heb)\w*|aufgehoben|gespeichert|archiviert|"
                r"vorgehalten)\b"
            ),
            _kept,
        ),
        (
            _re(
                rf"\b(?:bewahr\w*|heb\w*|speicher\w*|archivier\w*)\b[^.;:]{{0,60}}?(?:für\s+)?(?:mindestens\s+)?{_SPAN}"
                r"(?=\s+(?:lang\s+)?auf\b|\s+lang\b)"
            ),
            _kept,
        ),
        (_re(rf"\bnach\s+{_SPAN}\s+(?:gelöscht|vernichtet)\b"), _kept),
        (
            _re(
                rf"(?<!höchstens )(?<!maximal )\b(?P<times>einmal|zweimal|dreimal|viermal|\d{{1,2}}[\s-]?mal)\s+"
                rf"(?:pro|je|im|in\s+der|am|in|alle|jede[nrms]?|innerhalb\s+von)\s+(?:{_N}\s+)?{_UNIT}\b"
            ),
            _times,
        ),
        (
            _re(
                r"\b(?P<times>einmal|zweimal|dreimal|viermal)(?P<n>)\s+"
                r"(?P<unit>täglich|wöchentlich|monatlich|jährlich)\b"
            ),
            _times,
        ),
        (_re(rf"\balle\s+{_SPAN}"), _every),
        (
            _re(
                rf"\bjede[nrms]?\s+(?P<n>)(?P<unit>{_NOUN}|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Nacht)\b"
            ),
            _every,
        ),
        (_re(r"\bpro\s+(?P<n>)(?P<unit>Quartal|Halbjahr)\b"), _every),
        (_re(rf"\bim\s+Abstand\s+von\s+(?:höchstens\s+|maximal\s+)?{_SPAN}"), _every),
        (_re(rf"\bin\s+Abständen\s+von\s+(?:höchstens\s+|maximal\s+)?{_SPAN}"), _every),
        # "innerhalb der letzten sechs Monate" looks back.
        (
            _re(
                rf"\b(?:innerhalb|binnen)\s+(?:von\s+)?(?:(?:höchstens|maximal|längstens)\s+)?(?:der\s+(?:ersten|nächsten)\s+)?{_SPAN}"
            ),
            _within,
        ),
        (
            _re(rf"\bspätestens\s+(?:(?:nach|innerhalb\s+von|binnen)\s+)?{_SPAN}\s+(?:vor|vorher|zuvor)\b"),
            _before,
        ),
        (_re(rf"\bspätestens\s+(?:(?:nach|innerhalb\s+von|binnen)\s+)?{_SPAN}"), _within),
        (
            _re(
                r"\bbis\s+(?:zum\s+)?(?:Ende|Ablauf|Schluss)\s+des\s+(?:nächsten|folgenden|selben|gleichen|laufenden)?\s*"
                rf"{_UNIT}\b"
            ),
            _one,
        ),
        (_re(r"\b(?:bis\s+zum|am)\s+(?:nächsten|folgenden)\s+(?P<unit>Arbeitstag|Werktag)\b"), _one),
        (_re(r"\bam\s+(?:selben|gleichen)\s+(?P<unit>Arbeitstag|Werktag)\b"), _one),
        (_re(r"\bnoch\s+am\s+(?:selben|gleichen)\s+Tag\b|\bam\s+selben\s+Tag\b"), _same_day),
        (_re(rf"\b{_SPAN}\s+(?:vor|vorher|zuvor|im\s+Voraus)\b"), _before),
        (_re(rf"\b{_SPAN}\s+(?:nach|nachher|danach)\b"), _within),
        (_re(r"\b(?:sofort|unverzüglich|umgehend)\b"), at_once),
        (_re(rf"\b{_ADVERB}\b"), _unit),
        (_re(rf"\b(?:eine[nmrs]?)\s+{_ADVERB}e[nrms]?\b"), _unit),
    ),
    bare=_re(rf"(?<![\w.]){_SPAN}"),
    elliptic=_re(rf"\b(?:innerhalb\s+von|binnen)\s+{_N}(?=\s*(?:$|[.,;:)!?]))"),
    numbers=_NUMBERS,
    units=_UNITS,
    working=_re(r"(?:arbeits|werk)"),
)
"""The timings of German."""
