"""What the handbook's own words for its things are in the language of the pages: kinds, states, relations."""

from __future__ import annotations

from policygraph.words import NP_, spoken

_CONTEXT = "name"

_KINDS = (
    NP_("name", "policy"),
    NP_("name", "standard"),
    NP_("name", "procedure"),
    NP_("name", "plan"),
    NP_("name", "guideline"),
    NP_("name", "declaration"),
    NP_("name", "document"),
)
_STATES = (
    NP_("name", "draft"),
    NP_("name", "active"),
    NP_("name", "retired"),
    NP_("name", "open"),
    NP_("name", "closed"),
    NP_("name", "expired, not closed"),
    NP_("name", "not yet granted"),
    NP_("name", "planned"),
    NP_("name", "in part"),
    NP_("name", "in place"),
    NP_("name", "answered by a reference"),
    NP_("name", "answered by a decision"),
    NP_("name", "answered indirectly"),
    NP_("name", "approved"),
    NP_("name", "approved with changes"),
    NP_("name", "confirmed unchanged"),
    NP_("name", "rejected"),
)
_SEVERITIES = (NP_("name", "error"), NP_("name", "warning"), NP_("name", "info"))
_VISIBILITIES = (NP_("name", "public"), NP_("name", "internal"), NP_("name", "auditor"))
_MODALITIES = (NP_("name", "must"), NP_("name", "must not"), NP_("name", "may"))
_ORIGINS = (
    NP_("name", "front matter"),
    NP_("name", "wiki link"),
    NP_("name", "Markdown link"),
    NP_("name", "id pattern"),
)
_RELATIONS = (
    NP_("name", "references"),
    NP_("name", "referenced by"),
    NP_("name", "depends on"),
    NP_("name", "relied on by"),
    NP_("name", "implements"),
    NP_("name", "implemented by"),
    NP_("name", "supersedes"),
    NP_("name", "superseded by"),
    NP_("name", "see also"),
)
_PROMISES = (
    NP_("name", "frequency"),
    NP_("name", "deadline"),
    NP_("name", "retention"),
    NP_("name", "stated"),
)
_CHANGES = (
    NP_("name", "editorial"),
    NP_("name", "substance"),
    NP_("name", "removed"),
    NP_("name", "brought back"),
    NP_("name", "moved"),
    NP_("name", "text unchanged"),
    NP_("name", "first version"),
    NP_("name", "oldest known here"),
    NP_("name", "not readable as text"),
    NP_("name", "cannot be compared"),
)
_LANDINGS = (NP_("name", "merge"), NP_("name", "squash merge"), NP_("name", "bot"))
_RUNGS = (
    NP_("name", "unanswered"),
    NP_("name", "mentioned"),
    NP_("name", "answered"),
    NP_("name", "owned"),
    NP_("name", "evidenced"),
    NP_("name", "fresh"),
    NP_("name", "not applicable"),
)
_DECISIONS = (NP_("name", "yes"), NP_("name", "no"), NP_("name", "not decided"))
_CHECKS = (
    NP_("name", "checked"),
    NP_("name", "check overdue"),
    NP_("name", "dated ahead"),
    NP_("name", "checked, no interval"),
    NP_("name", "not recorded"),
)
_USES = (
    NP_("name", "says the register"),
    NP_("name", "answers its clauses"),
    NP_("name", "mentions its clauses"),
    NP_("name", "names it"),
)
_STRENGTHS = (NP_("name", "direct"), NP_("name", "related"))
_MENTIONS = (NP_("name", "strong"), NP_("name", "weak"))
_EASES = (
    NP_("name", "very easy"),
    NP_("name", "easy"),
    NP_("name", "medium"),
    NP_("name", "hard"),
    NP_("name", "very hard"),
)


def name_of(value: str) -> str:
    """The name of a kind, state or relation. One of an organisation's own is left as it is written."""
    return spoken().message(str(value), _CONTEXT)
