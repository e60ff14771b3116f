"""handbook.yml and the registers, as they are being written in an editor."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lsprotocol import types as lsp

from builders import write
from cli.command_line import SMALL
from lsp.editor import Editor, editing, run

REGISTERS = "policies/registers"
ALONE = "policies/risk/alone.md"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    folder = tmp_path / "my project"
    recorded = SMALL["policies/risk/assessment.md"]
    assert isinstance(recorded, str)
    write(
        folder,
        {
            **SMALL,
            "policies/risk/assessment.md": recorded.replace(
                "not_related:", "records:\n  - what: Signed rating\n    where: The safe\nnot_related:"
            ),
        },
    )
    return folder


async def offered(editor: Editor, name: str, text: str) -> list[str]:
    """What is offered where a bar stands in a text; labels, the first six."""
    before = text.partition("|")[0]
    editor.replace(name, text.replace("|", "", 1))
    items = await editor.completions(name, before.count("\n"), len(before) - before.rfind("\n") - 1)
    return [item.label for item in items[:6]]


COMPLETED = [
    ("records.yml", "records:\n  - doc|", ["document"]),
    ("records.yml", "records:\n  - document: impact|", ["R-02 Impact assessment"]),
    ("records.yml", "records:\n  - document: R-01\n    what: |", ["Signed rating"]),
    ("records.yml", "records:\n  - document: R-01\n    by: gar|", ["Gareth Pugh"]),
    ("exceptions.yml", "exceptions:\n  - departs_from: R-01#rat|", ["Rating"]),
    ("exceptions.yml", "exceptions:\n  - id: X\n    owner: risk|", ["risk-manager"]),
    ("applicability.yml", "iso-4|", ["iso-42001"]),
    ("applicability.yml", "iso-42001:\n  A.2.|", ["A.2.2", "A.2.3", "A.2.4"]),
    ("applicability.yml", "iso-42001:\n  A.2.2:\n    sta|", ["status"]),
    ("applicability.yml", "iso-42001:\n  A.2.2:\n    status: in p|", ["in part", "in place"]),
    ("applicability.yml", "iso-42001:\n  A.2.2: {applies: t|", ["true"]),
    ("applicability.yml", "iso-42001:\n  A.2.2:\n    rests_on: [waste|", ["R-05 Waste"]),
    ("expectations.yml", 'expectations:\n  - from: "iso-42001:6.1.4|', ["iso-42001:6.1.4"]),
    ("reviews/a.yml", "document: R-02\noutcome: conf|", ["confirmed unchanged"]),
    ("reviews/a.yml", "document: R-02\nas: aud|", ["auditor"]),
    ("organisation.yml", "roles:\n  ciso:\n    hol|", ["holders"]),
    ("terms.yml", "terms:\n  - term: x\n    def|", ["definition"]),
    ("external.yml", "documents:\n  - title: x\n    used_by:\n      - R-05|", ["R-05 Waste"]),
]


def test_registers_are_completed(small: Path) -> None:
    async def story() -> None:
        async with editing(small) as editor:
            await editor.codes_of_opened(ALONE)
            found = []
            for file, text, _ in COMPLETED:
                name = f"{REGISTERS}/{file}"
                (small / name).parent.mkdir(exist_ok=True)
                if editor.uri(name) not in editor.texts:
                    editor.open(name, "")
                found.append((file, text, await offered(editor, name, text)))
            assert found == COMPLETED

    run(story)


SETTINGS = [
    ("name: x\nwo|", ["word_budget"]),
    ("frameworks: [nist|", ["nist-ai-rmf", "nist-csf"]),
    ("rules:\n  PG22|", ["PG220", "PG221", "PG222", "PG223"]),
    ("rules:\n  PG220: |", ["error", "warning", "info", "off"]),
    ("relations:\n  owns:\n    in|", ["inverse"]),
    ("declare_relations: |", ["true", "false"]),
]


def test_settings_are_completed(small: Path) -> None:
    async def story() -> None:
        async with editing(small) as editor:
            await editor.codes_of_opened(ALONE)
            name = "policies/handbook.yml"
            editor.open(name)
            assert [(text, await offered(editor, name, text)) for text, _ in SETTINGS] == SETTINGS

    run(story)


def test_registers_are_judged_while_they_are_typed(small: Path) -> None:
    name = f"{REGISTERS}/organisation.yml"

    async def story() -> None:
        async with editing(small) as editor:
            await editor.codes_of_opened(ALONE)
            await editor.until(ALONE, lambda found: "PG406" not in {d.code for d in found})
            text = (small / name).read_text("utf-8")
            editor.open(name)
            editor.replace(
                name, text.replace("risk-manager:", "risk-lead:").replace("title: Aud", "tilte: Aud")
            )
            found = await editor.until(name, lambda found: "PG501" in {d.code for d in found})
            wrong = next(d for d in found if d.code == "PG501")
            assert wrong.range.start == lsp.Position(5, 4)
            await editor.until(ALONE, lambda found: "PG406" in {d.code for d in found})
            editor.replace(name, text)
            await editor.until(name, lambda found: "PG501" not in {d.code for d in found})
            await editor.until(ALONE, lambda found: "PG406" not in {d.code for d in found})

    run(story)


def test_settings_are_judged_while_they_are_typed(small: Path) -> None:
    name = "policies/handbook.yml"

    async def story() -> None:
        async with editing(small) as editor:
            await editor.codes_of_opened(ALONE)
            text = (small / name).read_text("utf-8")
            editor.open(name)
            editor.replace(name, text + "rules:\n  PG213: errror\n")
            found = await editor.until(name, bool)
            assert (found[0].range.start, found[0].severity) == (
                lsp.Position(4, 9),
                lsp.DiagnosticSeverity.Error,
            )
            editor.replace(name, text + "rules:\n  PG213: error\n  PG999: off\n")
            found = await editor.until(name, lambda found: "PG503" in {d.code for d in found})
            await editor.until(
                ALONE,
                lambda found: (
                    (lsp.DiagnosticSeverity.Error, "PG213") in {(d.severity, d.code) for d in found}
                ),
            )
            assert editor.messages == []

    run(story)


def test_a_framework_that_nobody_has_named_yet_is_known_at_once(small: Path) -> None:
    async def story() -> None:
        async with editing(small) as editor:
            await editor.codes_of_opened(ALONE)
            text = (small / ALONE).read_text("utf-8")
            assert "nist-csf" in await offered(
                editor, ALONE, text.replace('["iso-42001:6.1.2"]', '["nist-c|')
            )
            named = text.replace('["iso-42001:6.1.2"]', '["nist-csf:GV.OC-01|"]')
            assert await offered(editor, ALONE, named) == ["nist-csf:GV.OC-01"]
            line = named.split("\n").index('satisfies: ["nist-csf:GV.OC-01|"]')
            # The framework is read in the background, however long this machine takes for it.
            async with asyncio.timeout(60):
                while not (shown := await editor.hover(ALONE, line, 20)):
                    await asyncio.sleep(0.05)
            assert "Answered by" in shown or "GV.OC-01" in shown
            wrong = {d.code for d in editor.diagnostics[editor.uri(ALONE)]}
            assert "PG301" not in wrong

    run(story)


def test_names_in_registers_lead_to_what_they_name(small: Path) -> None:
    name = f"{REGISTERS}/exceptions.yml"
    text = "exceptions:\n  - id: X-1\n    departs_from: R-01#rating\n    owner: risk-manager\n"

    async def story() -> None:
        async with editing(small) as editor:
            await editor.codes_of_opened(ALONE)
            editor.open(name, text)
            assert await editor.definition(name, 2, 20) == ["policies/risk/assessment.md:22"]
            assert await editor.definition(name, 3, 14) == [f"{REGISTERS}/organisation.yml:2"]
            assert "Risk assessment" in await editor.hover(name, 2, 20)

    run(story)
