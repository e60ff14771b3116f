"""Clauses: which item of which framework a qualified id means."""

from __future__ import annotations

import re
from collections.abc import Mapping

from policygraph.model.framework import Clause, Framework
from policygraph.model.place import Place
from policygraph.model.problem import Problem, ProblemKind
from policygraph.reading.catalogs import SHIPPED
from policygraph.reading.corrections import surely_meant
from policygraph.reading.text import plain_characters
from policygraph.reading.values import nearest

_SPACES = re.compile(r"\s+")
_EDITION = re.compile(r"(?P<id>.+?)[-:@](?P<edition>(?:v|rev\.?\s?)?\d[\w.]*)$", re.IGNORECASE)


def _key(id: str) -> str:
    return _SPACES.sub(" ", plain_characters(id)).strip().casefold()


def _short(edition: str) -> str:
    """An edition without the remarks in brackets that a catalog may have."""
    return edition.partition(" (")[0]


class Clauses:
    """Looks up clauses, and explains what is wrong with an id that names none."""

    def __init__(self, frameworks: Mapping[str, Framework]) -> None:
        self._frameworks = frameworks
        self._ids = {
            name: {_key(id): clause for id, clause in framework.clauses.items()}
            for name, framework in frameworks.items()
        }

    def looks_like_one(self, text: str) -> bool:
        """Whether a wiki link is meant for a clause rather than for a document."""
        prefix, colon, id = text.partition(":")
        if not colon or not id.strip():
            return False
        name = self._framework(prefix)[0]
        return name in self._frameworks or nearest(prefix, self._known()) is not None

    def resolve(
        self, text: str, place: Place, problems: list[Problem], group_allowed: bool = False
    ) -> Clause | None:
        """Return the clause that a qualified id means, or note in `problems` why there is none."""
        # An edition may stand with the framework: `iso-27001:2013:A.9.1` or `iso-27001-2013:A.9.1`.
        prefix, colon, id = text.rpartition(":")
        if not colon:
            self._unqualified(text, place, problems)
            return None
        name, edition = self._framework(prefix)
        framework = self._frameworks.get(name)
        if framework is None:
            message = f"There is no framework '{prefix}' here."
            mend = f"Known frameworks: {', '.join(self._known())}."
            suggestion = nearest(prefix, self._known())
            problems.append(
                Problem(
                    ProblemKind.UNKNOWN_FRAMEWORK,
                    place,
                    message,
                    suggestion,
                    mend,
                    typed=prefix,
                    sure=surely_meant(prefix, suggestion, self._known()),
                )
            )
            return None
        clause = self._ids[name].get(_key(id))
        if edition and not re.search(
            rf"(?<!\d){re.escape(edition.lstrip('rev. '))}(?!\d)", framework.edition
        ):
            message = f"'{text}' names edition {edition}; this handbook holds {framework.id} in edition {_short(framework.edition)}."
            suggestion = clause.key if clause else None
            problems.append(Problem(ProblemKind.OTHER_VERSION, place, message, suggestion, typed=text))
            return None
        if clause is None:
            self._unknown(framework, text, id, place, problems)
            return None
        if clause.group and not group_allowed:
            leaves = [c.key for c in framework.clauses.values() if c.parent == clause.id and not c.group]
            message = f"'{clause.key}' is a heading over several clauses and cannot be answered itself."
            mend = f"Name the clause: {', '.join(leaves)}." if leaves else "Name one of the clauses below it."
            suggestion = leaves[0] if len(leaves) == 1 else None
            problems.append(Problem(ProblemKind.CLAUSE_GROUP, place, message, suggestion, mend, typed=text))
            return None
        return clause

    def _known(self) -> list[str]:
        return sorted({*SHIPPED, *self._frameworks})

    def _framework(self, prefix: str) -> tuple[str, str | None]:
        name = _key(prefix)
        if name in self._frameworks:
            return name, None
        match = _EDITION.match(name)
        if match and match["id"] in self._frameworks:
            return match["id"], match["edition"]
        return name, None

    def _unqualified(self, text: str, place: Place, problems: list[Problem]) -> None:
        bearers = [name for name, ids in self._ids.items() if _key(text) in ids]
        message = f"'{text}' does not say which framework it belongs to; the same number means something else in another."
        suggestion = f"{bearers[0]}:{self._ids[bearers[0]][_key(text)].id}" if len(bearers) == 1 else None
        mend = (
            f"Write one of: {', '.join(f'{name}:{text}' for name in bearers)}." if len(bearers) > 1 else None
        )
        problems.append(Problem(ProblemKind.UNKNOWN_FRAMEWORK, place, message, suggestion, mend, typed=text))

    def _unknown(
        self, framework: Framework, text: str, id: str, place: Place, problems: list[Problem]
    ) -> None:
        for earlier in framework.earlier:
            if re.fullmatch(earlier.ids, plain_characters(id).strip(), re.IGNORECASE):
                message = f"'{id}' is an id of edition {earlier.edition}; this handbook holds {framework.id} in edition {_short(framework.edition)}."
                mend = f"Look up its successor on the page of {framework.id}."
                problems.append(Problem(ProblemKind.OTHER_VERSION, place, message, None, mend))
                return
        suggestion = nearest(id, framework.clauses)
        message = f"There is no clause '{id}' in {framework.id}."
        problems.append(
            Problem(
                ProblemKind.UNKNOWN_CLAUSE,
                place,
                message,
                f"{framework.id}:{suggestion}" if suggestion else None,
                typed=text,
                sure=surely_meant(id, suggestion, framework.clauses),
            )
        )
