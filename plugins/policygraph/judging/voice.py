"""Whether a sentence tells what is done to its subject ("it must be kept") or what the subject does."""

from __future__ import annotations

import re

_IRREGULAR = (
    "born borne bought brought built caught chosen cut done drawn driven fed felt found given gone got held hidden "
    "kept known laid led left lent let lost made meant met paid put read run said seen sent set shown shut sold "
    "spent split spoken stolen stuck sworn taken taught thought told understood undertaken withdrawn won worn "
    "written rewritten overseen undergone forbidden"
).replace(" ", "|")
_PASSIVE = re.compile(
    r"\s+(?:not\s+|never\s+|also\s+|always\s+|then\s+|therefore\s+|first\s+|only\s+)*be\s+"
    rf"(?:not\s+|\w+ly\s+|also\s+|always\s+|never\s+|first\s+)*(?P<done>\w{{2,}}ed|{_IRREGULAR})(?![\w-])",
    re.IGNORECASE,
)
# What looks like a participle and tells how a thing is, not what somebody does to it.
STATES = frozenset(
    (
        "allowed permitted required supposed entitled obliged expected aware agreed authorised authorized based "
        "bored certified concerned committed complicated dated dedicated detailed dressed experienced gifted "
        "interested involved limited located married met need needed proportionate qualified red related "
        "satisfied seated situated skilled tired trained used worried"
    ).split()
)
PERSONAL_STATES = STATES & frozenset(
    (
        "aware bored certified committed concerned dedicated dressed entitled expected experienced gifted interested "
        "involved married obliged qualified satisfied seated skilled supposed tired trained worried"
    ).split()
)
"""Of these what is said of persons: "engineers must be trained", where "lists must be used" is done to the lists."""

# A German main clause ends with its participle and "werden".
_WERDEN = re.compile(r"\bwerden\s*(?:[.,;:!?)]|$|\bund\b|\boder\b)", re.IGNORECASE)


def passive(sentence: str, verb_end: int, states: frozenset[str] = STATES) -> int | None:
    """Where "be done" ends that follows an English "must" or "shall", or None.

    What tells how something is (`states`: "must be trained") is not passive.
    """
    match = _PASSIVE.match(sentence, verb_end)
    return None if match is None or match["done"].lower() in states else match.end()


def german_passive(after: str) -> bool:
    """Whether what follows a German "muss" says what is done to something: "… geprüft werden"."""
    return _WERDEN.search(after) is not None
