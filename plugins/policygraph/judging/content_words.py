"""Content words: what a sentence is about, so that two ways of saying one thing can be told."""

from __future__ import annotations

import re

from policygraph.reading import english_timings, german_timings
from policygraph.reading.text import folded

_WORD = re.compile(r"[^\W_][\w'-]*")
_STOP = frozenset(
    (
        "a about above after again against all also although always am an and another any anybody anyone are as "
        "at be because been before being below between both but by can cannot could did do does doing done down "
        "during each either else ever every everybody everyone everything few for from further get gets go goes "
        "had has have having he her here him his how if in into is it its itself just last least less let like "
        "made make makes many may me might more most much must my name need needs never next no nobody none nor "
        "not nothing now of off often on once one only onto or other our out over own per rather s same shall she "
        "should since so some somebody something still such take takes than that the their them then there these "
        "they this those through time times to together too under until up us use used very was we were what when "
        "where whether which while who whole whoever whom whose why will with within without would you your "
        "later latest soon end start first second working business calendar day week hour least once twice who "
        "der die das den dem des ein eine einen einem einer eines und oder aber ist sind wird werden muss müssen "
        "soll sollen darf dürfen von vom zu zum zur im in an am auf aus bei mit nach vor für über unter durch "
        "nicht kein keine alle jede jeder jedes jeden auch als wie wenn dass es sie er wir ihr man sich mindestens "
        "spätestens innerhalb binnen mal"
    ).split()
) | {
    word
    for words in (english_timings.WORDS, german_timings.WORDS)
    for names in (words.numbers, words.units)
    for name in names
    for word in name.split()
}


def content_words(text: str) -> frozenset[str]:
    """The words that carry a text's meaning, each cut down so that its forms agree."""
    return frozenset(
        stem(word)
        for word in _WORD.findall(folded(text))
        if word not in _STOP and (len(word) > 2 or word.isdecimal())
    )


def stem(word: str) -> str:
    """A word without the endings of number and tense; rough, and the same for both words compared."""
    word = word.removesuffix("'s").removesuffix("'")
    if word.isdecimal() or len(word) < 4:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed", "en"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word
