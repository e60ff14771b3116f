"""How German says when."""

from __future__ import annotations

from policygraph.reading.pattern import Pattern
from policygraph.reading.timings import Shape, TimingWords, form

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


_FORMS = (
    form(
        "bewahr|heb|gehoben|gespeichert|archiviert|vorgehalten",
        Shape.KEPT,
        rf"{_SPAN}(?:\s+lang)?[^.;:]{{0,60}}?\b(?:auf(?:zu)?(?:bewahr|heb)\w*|aufgehoben|gespeichert|archiviert|"
        r"vorgehalten)\b",
    ),
    form(
        "bewahr|heb|speicher|archivier",
        Shape.KEPT,
        rf"\b(?:bewahr\w*|heb\w*|speicher\w*|archivier\w*)\b[^.;:]{{0,60}}?(?:für\s+)?(?:mindestens\s+)?{_SPAN}"
        r"(?=\s+(?:lang\s+)?auf\b|\s+lang\b)",
    ),
    form("gelöscht|vernichtet", Shape.KEPT, rf"\bnach\s+{_SPAN}\s+(?:gelöscht|vernichtet)\b"),
    form(
        "mal",
        Shape.TIMES,
        r"(?<!höchstens )(?<!maximal )\b(?P<times>einmal|zweimal|dreimal|viermal|\d{1,2}[\s-]?mal)\s+"
        rf"(?:pro|je|im|in\s+der|am|in|alle|jede[nrms]?|innerhalb\s+von)\s+(?:{_N}\s+)?{_UNIT}\b",
    ),
    form(
        "mal",
        Shape.TIMES,
        r"\b(?P<times>einmal|zweimal|dreimal|viermal)\s+(?P<unit>täglich|wöchentlich|monatlich|jährlich)\b",
    ),
    form("alle ", Shape.EVERY, rf"\balle\s+{_SPAN}"),
    form(
        "jede",
        Shape.EVERY,
        rf"\bjede[nrms]?\s+(?P<unit>{_NOUN}|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Nacht)\b",
    ),
    form("pro ", Shape.EVERY, r"\bpro\s+(?P<unit>Quartal|Halbjahr)\b"),
    form(
        "abst", Shape.EVERY, rf"\b(?:im\s+Abstand|in\s+Abständen)\s+von\s+(?:höchstens\s+|maximal\s+)?{_SPAN}"
    ),
    # "innerhalb der letzten sechs Monate" looks back.
    form(
        "innerhalb|binnen",
        Shape.WITHIN,
        r"\b(?:innerhalb|binnen)\s+(?:von\s+)?(?:(?:höchstens|maximal|längstens)\s+)?"
        rf"(?:der\s+(?:ersten|nächsten)\s+)?{_SPAN}",
    ),
    form(
        "spätestens",
        Shape.BEFORE,
        rf"\bspätestens\s+(?:(?:nach|innerhalb\s+von|binnen)\s+)?{_SPAN}\s+(?:vor|vorher|zuvor)\b",
    ),
    form("spätestens", Shape.WITHIN, rf"\bspätestens\s+(?:(?:nach|innerhalb\s+von|binnen)\s+)?{_SPAN}"),
    form(
        "bis ",
        Shape.WITHIN,
        r"\bbis\s+(?:zum\s+)?(?:Ende|Ablauf|Schluss)\s+des\s+(?:nächsten|folgenden|selben|gleichen|laufenden)?\s*"
        rf"{_UNIT}\b",
    ),
    form(
        "nächsten|folgenden",
        Shape.WITHIN,
        r"\b(?:bis\s+zum|am)\s+(?:nächsten|folgenden)\s+(?P<unit>Arbeitstag|Werktag)\b",
    ),
    form("selben|gleichen", Shape.WITHIN, r"\bam\s+(?:selben|gleichen)\s+(?P<unit>Arbeitstag|Werktag)\b"),
    form(
        "selben|gleichen",
        Shape.WITHIN,
        r"\b(?:noch\s+am\s+(?:selben|gleichen)|am\s+selben)\s+(?P<unit>Tag)\b",
    ),
    form(" vor|zuvor", Shape.BEFORE, rf"\b{_SPAN}\s+(?:vor|vorher|zuvor|im\s+Voraus)\b"),
    form(" nach|danach", Shape.WITHIN, rf"\b{_SPAN}\s+(?:nach|nachher|danach)\b"),
    form("sofort|unverzüglich|umgehend", Shape.AT_ONCE, r"\b(?:sofort|unverzüglich|umgehend)\b"),
    form("lich|tägig|weise", Shape.EVERY, rf"\b{_ADVERB}\b"),
    form("liche|tägige|weise", Shape.EVERY, rf"\beine[nmrs]?\s+{_ADVERB}e[nrms]?\b"),
)
WORDS = TimingWords(
    gate=tuple(
        (
            "minute|stunde|stündlich|tag|täg|nacht|nächtlich|woche|wöchentlich|monat|quartal|viertel|halbj|jahr|jährlich|"
            "sofort|unverzüglich|umgehend"
        ).split("|")
    ),
    forms=_FORMS,
    bare=Pattern(rf"(?<![\w.]){_SPAN}"),
    elliptic=Pattern(rf"\b(?:innerhalb\s+von|binnen)\s+{_N}(?=\s*(?:$|[.,;:)!?]))"),
    numbers=_NUMBERS,
    units=_UNITS,
    working=Pattern(r"(?:arbeits|werk)"),
)
"""The timings of German."""
