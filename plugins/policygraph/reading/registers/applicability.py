"""applicability.yml: by framework and control, whether it applies, why, and how far it is in place."""

from __future__ import annotations

from types import MappingProxyType

from policygraph.model.applicability import Applicability, ImplementationStatus
from policygraph.model.framework import Clause, Framework
from policygraph.model.problem import Problem
from policygraph.reading.registers.register import RegisterReader
from policygraph.settings import Settings

OWN = "own"
"""The framework of the organisation's own controls: `own:F-1`."""

KEYS = ("applies", "because", "rests_on", "status")
OWN_KEYS = ("title", "text", *KEYS)


def read_applicability(
    text: str, path: str
) -> tuple[tuple[tuple[Applicability, ...], tuple[Clause, ...]], tuple[Problem, ...]]:
    """Read the entries in the order in which they stand, and the controls of the organisation's own."""
    reader = RegisterReader()
    found: dict[str, Applicability] = {}
    own: list[Clause] = []
    table = reader.open(text, path, "applicability.yml")
    for framework, controls in table.entries if table else ():
        name = framework.text.lower()
        group = reader.table(controls, framework.text)
        for control, node in group.entries if group else ():
            key = f"{name}:{control.text}"
            if key in found:
                reader.report(control.place, f"'{control.text}' stands here twice; the first one counts.")
                continue
            details = reader.table(node, control.text)
            known = OWN_KEYS if name == OWN else KEYS
            values = reader.values(details, known, "A control") if details else {}
            found[key] = Applicability(
                key,
                control.place,
                reader.flag(values.get("applies"), "applies"),
                reader.line(values, "because"),
                tuple(name for name, _ in reader.texts(values.get("rests_on"), "rests_on")),
                reader.choice(values.get("status"), "status", ImplementationStatus),
            )
            if name == OWN:
                title, words = reader.line(values, "title"), reader.line(values, "text")
                if not title:
                    reader.report(control.place, f"The control '{control.text}' of your own has no 'title'.")
                own.append(Clause(OWN, control.text, title, "control", text=words))
    return (tuple(found.values()), tuple(own)), reader.finished()


def own_framework(controls: tuple[Clause, ...], settings: Settings) -> Framework:
    """The organisation's own controls as a framework beside the others."""
    bearer = settings.organisation or settings.name
    return Framework(
        OWN,
        f"Controls of {bearer}",
        "",
        bearer,
        "",
        MappingProxyType({control.id: control for control in controls}),
        notes="Controls that the organisation has added to those of the frameworks.",
    )
