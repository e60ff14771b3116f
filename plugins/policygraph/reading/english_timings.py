"""How English says when."""

from __future__ import annotations

from policygraph.reading.pattern import Pattern
from policygraph.reading.timings import Shape, TimingWords, form

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "eighteen": 18,
    "twenty": 20, "twenty-four": 24, "thirty": 30, "forty": 40, "forty-five": 45, "forty-eight": 48,
    "sixty": 60, "seventy-two": 72, "ninety": 90, "other": 2, "second": 2, "third": 3, "fourth": 4,
    "once": 1, "twice": 2, "thrice": 3,
}  # fmt: skip
_UNITS = {
    **dict.fromkeys(("minute", "minutes", "min", "mins"), (1, "minute")),
    **dict.fromkeys(("hour", "hours", "hr", "hrs"), (1, "hour")),
    **dict.fromkeys(("day", "days", "night", "nights", "morning", "evening", "daily", "nightly"), (1, "day")),
    **dict.fromkeys(("weekday", "weekdays", "workday", "workdays"), (1, "working day")),
    **dict.fromkeys(("week", "weeks", "weekly", "weekend"), (1, "week")),
    **dict.fromkeys(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), (1, "week")
    ),
    **dict.fromkeys(("fortnight", "fortnights", "fortnightly"), (2, "week")),
    **dict.fromkeys(("month", "months", "monthly"), (1, "month")),
    **dict.fromkeys(("quarter", "quarters", "quarterly"), (3, "month")),
    **dict.fromkeys(
        ("half yearly", "semi annually", "semiannually", "biannually", "semi annual", "biannual"),
        (6, "month"),
    ),
    **dict.fromkeys(("year", "years", "yearly", "annually", "annual"), (1, "year")),
    **dict.fromkeys(
        (
            "january february march april may june july august september october november december "
            "spring summer autumn winter"
        ).split(),
        (1, "year"),
    ),
    "biennially": (2, "year"),
    "hourly": (1, "hour"),
}
_WORDS = "|".join(
    sorted((n for n in _NUMBERS if n not in ("other", "once", "twice", "thrice")), key=len, reverse=True)
)
_N = rf"(?P<n>\d{{1,4}}|{_WORDS})(?:\s*\(\d{{1,4}}\))?"
_WORKING = r"(?:(?:working|business|calendar|full|clear|consecutive|school)[\s-]+)?"
_UNIT = (
    rf"(?P<unit>{_WORKING}(?:minutes?|mins?|hours?|hrs?|days?|weeks?|fortnights?|months?|quarters?|years?))"
)
_DAY = (
    rf"(?P<unit>{_WORKING}(?:minutes?|hours?|days?|nights?|mornings?|evenings?|weekdays?|workdays?|weeks?|weekends?|"
    r"fortnights?|months?|quarters?|years?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|"
    r"june|july|august|september|october|november|december|spring|summer|autumn|winter))"
)
_SPAN = rf"{_N}[\s-]+{_UNIT}\b(?!['’]s?\s+walk)"
_ADVERB = (
    r"(?P<unit>hourly|daily|nightly|weekly|fortnightly|monthly|quarterly|half[- ]yearly|semi[- ]?annually|"
    r"biannually|yearly|annually|biennially)"
)
_ADJECTIVE = (
    r"(?P<unit>hourly|daily|nightly|weekly|fortnightly|monthly|quarterly|half[- ]yearly|semi[- ]?annual|biannual|"
    r"yearly|annual)"
)
_NOT_MORE = r"(?<!at most )(?<!more than )(?<!up to )(?<!almost )"
_DOING = (
    r"(?:perform|conduct|hold|carry\s+out|complete|undertake|run|do|undergo|attend|make|prepare|publish|organi[sz]e|"
    r"receive|schedule|execute)(?:s|es|ed)?"
)
_ENDS = r"(?=\s*(?:$|[.,;:)!?·]|(?:by|to|and|or|with|at|in|on|for|from|against|through|during|via|as|whether|that|so)\b))"


_FORMS = (
    # Kept for so long: before all else, since "kept for at least one year" holds no frequency.
    form(
        " for ",
        Shape.KEPT,
        r"\b(?:keep|kept|keeps|keeping|retain\w*|store[sd]?|archived?|preserved?|stay|stays)\b[^.;:]{0,60}?"
        rf"\bfor\s+(?:(?:at\s+least|a\s+minimum\s+of|up\s+to|at\s+most)\s+)?{_SPAN}",
    ),
    form(" after ", Shape.KEPT, rf"\b(?:delete|erase|destroy|purge)[ds]?\s+after\s+{_SPAN}"),
    form(
        "once|twice|thrice|times",
        Shape.TIMES,
        rf"{_NOT_MORE}\b(?P<times>once|twice|thrice|(?:\d{{1,3}}|{_WORDS})\s+times)\s+"
        r"(?:a|an|per|each|every|in(?:\s+(?:a|an|any|every|each))?|within|during(?:\s+(?:a|each|every))?)\s+"
        rf"(?:{_N}[\s-]+)?{_UNIT}\b",
    ),
    form(
        "once|twice",
        Shape.TIMES,
        r"\b(?P<times>once|twice)[\s-](?P<unit>daily|weekly|monthly|yearly|annually)\b",
    ),
    form(
        "every",
        Shape.EVERY,
        rf"\bevery\s+(?:(?P<n>\d{{1,4}}|other|{_WORDS})(?:\s*\(\d{{1,4}}\))?[\s-]+)?{_DAY}\b",
    ),
    form("each", Shape.EVERY, rf"(?<!\bfor )\beach\s+{_DAY}\b"),
    form("interval", Shape.EVERY, rf"\bat\s+intervals\s+of\s+(?:[a-z ]{{0,30}}?\s)?{_SPAN}"),
    form("interval", Shape.EVERY, rf"\bat\s+{_N}[\s-]+{_UNIT}\s+intervals?\b"),
    form("interval", Shape.EVERY, rf"\bat\s+{_ADJECTIVE}\s+intervals\b"),
    form("basis", Shape.EVERY, rf"\bon\s+an?\s+{_ADJECTIVE}\s+basis\b"),
    # "within the last six months" looks back.
    form(
        "within",
        Shape.WITHIN,
        r"\bwithin\s+(?:(?:a\s+maximum\s+of|at\s+most|no\s+more\s+than|the\s+(?:first|next|following))\s+)?"
        rf"{_SPAN}",
    ),
    form("within", Shape.WITHIN, r"\bwithin\s+the\s+(?:same\s+)?(?P<unit>(?:working\s+)?day|hour|week)\b"),
    form(
        " than ",
        Shape.BEFORE,
        rf"\b(?:no|not)\s+(?:later|more)\s+than\s+{_SPAN}\s+(?:before|ahead\s+of|prior\s+to)\b",
    ),
    form(
        "later",
        Shape.WITHIN,
        rf"\b(?:no|not)\s+later\s+than\s+(?:within\s+)?{_SPAN}(?:\s+(?:after|from|following))?",
    ),
    form("latest", Shape.WITHIN, rf"\b(?:at\s+the\s+)?latest\s+(?:within\s+|after\s+)?{_SPAN}"),
    form(
        "most|more",
        Shape.WITHIN,
        rf"\b(?:at\s+most|no\s+more\s+than)\s+{_SPAN}\s+(?:after|from|following)\b",
    ),
    form("latest", Shape.WITHIN, rf"\b{_SPAN}\s+at\s+the\s+latest\b"),
    form(
        "by the end|close of",
        Shape.WITHIN,
        r"\bby\s+(?:the\s+end|close)\s+of\s+(?:the\s+)?(?:next|same|following|current|that)?\s*"
        r"(?P<unit>(?:working|business)?\s*(?:day|week|month|quarter|year))\b",
    ),
    form(
        "next|following",
        Shape.WITHIN,
        r"\b(?:by|on)\s+(?:the\s+)?(?:next|following)\s+(?P<unit>(?:working|business)\s+day)\b",
    ),
    form("same", Shape.WITHIN, r"\b(?:on\s+the\s+|the\s+)?same\s+(?P<unit>(?:working|business)\s+day)\b"),
    # "on the same day" mostly means together.
    form("same", Shape.WITHIN, r"(?<!\bon )\bthe\s+same\s+(?P<unit>day)\b"),
    form("same", Shape.WITHIN, r"\bin\s+the\s+same\s+(?P<unit>week|month)\b"),
    form(
        "before|ahead|advance|prior",
        Shape.BEFORE,
        rf"\b{_SPAN}\s+(?:before|beforehand|ahead|in\s+advance|prior\s+to)\b",
    ),
    form(" after| following", Shape.WITHIN, rf"\b{_SPAN}\s+(?:after|following)\b"),
    form(
        "at once|immediately|straight|delay|forthwith",
        Shape.AT_ONCE,
        r"(?<!\ball )\bat\s+once\b|\bstraight\s*away\b|\bwithout\s+(?:undue\s+|any\s+)?delay\b|\bforthwith\b|"
        r"\bimmediately\b(?!\s+(?:above|below|adjacent|before|behind|next|preced\w+|follow\w+))",
    ),
    form("ly", Shape.EVERY, rf"\b{_ADVERB}\b{_ENDS}"),
    form(
        "ly|annual",
        Shape.EVERY,
        rf"\b(?:{_DOING}\s+(?:an?\s+)?|(?:must|shall)\s+\w+\s+an?\s+)(?P<start>){_ADJECTIVE}\s+(?=[a-z])",
    ),
)
WORDS = TimingWords(
    gate=tuple(
        (
            "day|every|each|year|hour|minute|month|week|quarter|annual|daily|night|fortnight|mins|biennial|at once|"
            "immediately|straight|delay|forthwith"
        ).split("|")
    ),
    forms=_FORMS,
    bare=Pattern(rf"(?<![\w.]){_SPAN}"),
    elliptic=Pattern(rf"\bwithin\s+{_N}(?=\s*(?:$|[.,;:)!?]|(?:if|when|for)\b))"),
    numbers=_NUMBERS,
    units=_UNITS,
    working=Pattern(r"\b(?:working|business)\b"),
)
"""The timings of English."""
