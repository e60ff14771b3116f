"""What a change alters beside documents: who holds which role, which rules are on, what is reviewed and permitted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policygraph.model.exception import PolicyException
from policygraph.model.finding import Severity
from policygraph.model.review import Review
from policygraph.resolving.handbook import Handbook


@dataclass(frozen=True, slots=True)
class Shift:
    """Something that had another value before: "the role", "Risk manager", "Ada", "Bob"."""

    kind: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Arrangements:
    """What differs: `shifts` in roles and rules, `reviews` and `exceptions` that are new."""

    shifts: tuple[Shift, ...]
    reviews: tuple[Review, ...]
    exceptions: tuple[PolicyException, ...]

    @property
    def nothing(self) -> bool:
        """Whether all is as it was."""
        return not (self.shifts or self.reviews or self.exceptions)


def arrangements(before: Handbook, after: Handbook) -> Arrangements:
    """Compare two states of a handbook's settings and registers."""
    known = {review.place.file for reviews in before.reviews.values() for review in reviews}
    granted = {exception.id.casefold() for exception in before.exceptions}
    return Arrangements(
        (*_roles(before, after), *_rules(before, after)),
        tuple(r for d in after.documents for r in after.reviews.get(d.path, ()) if r.place.file not in known),
        tuple(one for one in after.exceptions if one.id.casefold() not in granted),
    )


def _roles(before: Handbook, after: Handbook) -> Iterator[Shift]:
    old, new = before.organisation.roles, after.organisation.roles
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        title = (now or was or new[key]).title
        held = ", ".join(was.holders) or "nobody" if was else "not a role"
        holds = ", ".join(now.holders) or "nobody" if now else "not a role"
        if held != holds:
            yield Shift("role", title, held, holds)


def _rules(before: Handbook, after: Handbook) -> Iterator[Shift]:
    old, new = before.settings.rules, after.settings.rules
    for code in sorted(old.keys() | new.keys()):
        was, now = _severity(old, code), _severity(new, code)
        if was != now:
            yield Shift("rule", code, was, now)


def _severity(rules: Mapping[str, Severity | None], code: str) -> str:
    if code not in rules:
        return "as policygraph has it"
    severity = rules[code]
    return severity.value if severity else "off"
