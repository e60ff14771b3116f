"""What reading and resolving stumbled over; judging turns each into a finding."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from policygraph.model.fix import Fix
from policygraph.model.place import Place


class ProblemKind(StrEnum):
    """What went wrong. Each kind has one rule that explains it (see `policygraph.judging.rules`)."""

    UNREADABLE_FILE = "unreadable file"
    FILE_TOO_LARGE = "file too large"
    LEADS_OUTSIDE = "leads outside the handbook"
    UNSAFE_NAME = "unsafe name"
    BROKEN_FRONT_MATTER = "broken front matter"
    MISSING_FENCE = "missing opening fence"
    UNKNOWN_KEY = "unknown key"
    DUPLICATE_KEY = "duplicate key"
    INVALID_VALUE = "invalid value"
    CUT_SHORT = "value cut short"
    ACTIVE_CONTENT = "active content"
    INVALID_ID = "invalid id"
    INVALID_REGISTER = "invalid register"
    DUPLICATE_ID = "duplicate id"
    AMBIGUOUS_NAME = "ambiguous name"
    UNKNOWN_TARGET = "unknown document"
    MISSING_FILE = "link to a missing file"
    BROKEN_WIKI_LINK = "broken wiki link"
    UNSAFE_LINK = "unsafe link"
    SITE_ADDRESS = "link to an address of the site"
    MISSING_ANCHOR = "link to a missing heading"
    UNKNOWN_RELATION = "unknown relation"
    UNKNOWN_ROLE = "unknown role"
    UNKNOWN_AUDIENCE = "unknown audience"
    UNKNOWN_FRAMEWORK = "unknown framework"
    UNKNOWN_CLAUSE = "unknown clause"
    OTHER_VERSION = "clause of another version"
    CLAUSE_GROUP = "clause group"
    SELF_REFERENCE = "self reference"
    UNKNOWN_IN_REGISTER = "register names an unknown document"
    STATEMENT_NOT_FOUND = "statement not found"
    INCOMPLETE_REVIEW = "incomplete review"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that could not be read or resolved.

    `message` says what is wrong in words an author understands; `suggestion` is the text that would be
    right where one is known; `mend` says how to put it right where the rule's own remedy is too general.

    `typed` is what stands there, where putting the suggestion in its place is all that is needed; `sure` says that
    the two differ in form only, so that nothing else can be meant. The `fix` follows from them.
    """

    kind: ProblemKind
    place: Place
    message: str
    suggestion: str | None = None
    mend: str | None = None
    fix: Fix | None = None
    typed: str = ""
    sure: bool = False
