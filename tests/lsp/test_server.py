"""The language server over standard input and output, as an editor meets it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from builders import TODAY, write
from cli.command_line import SMALL
from lsp.editor import editing, run
from policygraph.judging.judge import judge
from policygraph.reading.files import locate
from policygraph.reading.handbook_files import read_handbook
from policygraph.resolving.resolve import resolve

ROOT = Path(__file__).parents[2]
ASSESSMENT = "policies/risk/assessment.md"
ALONE = "policies/risk/alone.md"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    folder = tmp_path / "my project"
    write(folder, SMALL)
    return with_mention(folder)


def with_mention(folder: Path) -> Path:
    """A project in which a document names another by its id."""
    file = folder / ALONE
    file.write_text(file.read_text("utf-8").replace("See the System inventory", "See R-03"), "utf-8")
    return folder


def line_of(folder: Path, name: str, words: str) -> tuple[int, int]:
    """The position of the first occurrence of some words, from zero."""
    for number, line in enumerate((folder / name).read_text("utf-8").split("\n")):
        if words in line:
            return number, line.index(words)
    raise AssertionError(words)


def test_says_what_is_wrong_while_it_is_typed(small: Path) -> None:
    async def story() -> None:
        async with editing(small) as editor:
            editor.open(ALONE)
            await editor.until(ALONE, lambda found: "PG212" in {d.code for d in found})
            line, column = line_of(small, ALONE, "It must")
            editor.change(ALONE, (line, column), (line, column), "See [[R-09]]. ")
            found = await editor.until(ALONE, lambda found: "PG201" in {d.code for d in found})
            wrong = next(d for d in found if d.code == "PG201")
            assert wrong.range.start == lsp.Position(line, column + 4)
            assert wrong.range.end == lsp.Position(line, column + 12)
            assert wrong.severity is lsp.DiagnosticSeverity.Error
            assert "There is no document 'R-09'." in wrong.message
            editor.change(ALONE, (line, column + 8), (line, column + 10), "")
            editor.change(ALONE, (line, column + 8), (line, column + 8), "03")
            await editor.until(ALONE, lambda found: "PG201" not in {d.code for d in found})

    run(story)


def test_other_files_hear_of_what_is_wrong(small: Path) -> None:
    async def story() -> None:
        async with editing(small) as editor:
            name = "policies/risk/impact.md"
            editor.open(name)
            text = (small / name).read_text("utf-8")
            await editor.until(name, lambda _: True)
            editor.replace(name, text.replace("id: R-02", "id: R-20"))
            await editor.until(ASSESSMENT, lambda found: "PG201" in {d.code for d in found})
            editor.replace(name, text)
            await editor.until(ASSESSMENT, lambda found: "PG201" not in {d.code for d in found})

    run(story)


def test_names_are_completed(small: Path) -> None:
    async def story() -> None:
        async with editing(small) as editor:
            await editor.codes_of_opened(ALONE)
            line, column = line_of(small, ALONE, "It must")
            editor.change(ALONE, (line, column), (line, column), "[[impact")
            items = await editor.completions(ALONE, line, column + 8)
            assert [i.label for i in items] == ["R-02 Impact assessment"]
            edit = items[0].text_edit
            assert isinstance(edit, lsp.TextEdit)
            assert edit.new_text == "R-02]]"
            assert edit.range.start == lsp.Position(line, column + 2)
            editor.change(ALONE, (line, column + 2), (line, column + 8), "R-01#")
            items = await editor.completions(ALONE, line, column + 7)
            assert [i.label for i in items] == ["Risk assessment", "Rating"]

    run(story)


FRONT_MATTER = [
    ("own", "owner"),
    ("owner: ", "risk-manager"),
    ("approver: aud", "auditor"),
    ("status: ", "draft"),
    ("applies_to: [", "everyone"),
    ("replaced_by: was", "R-05 Waste"),
    ("references:\n  - to: imp", "R-02 Impact assessment"),
    ("references:\n  - to: R-02\n    relation: dep", "depends on"),
    ("references:\n  - to: R-02\n    bec", "because"),
    ('satisfies: ["iso-42001:6.1.4', "iso-42001:6.1.4"),
    ("satisfies: [impact assess", "iso-42001:6.1.4"),
    ("type: ", "policy"),
]


def test_front_matter_is_completed(small: Path) -> None:
    async def story() -> None:
        async with editing(small) as editor:
            await editor.codes_of_opened(ALONE)
            found = []
            for typed, _ in FRONT_MATTER:
                editor.replace(ALONE, f"---\nid: R-04\ntitle: Lonely\n{typed}\n---\n# Lonely\n")
                lines = f"---\nid: R-04\ntitle: Lonely\n{typed}".split("\n")
                items = await editor.completions(ALONE, len(lines) - 1, len(lines[-1]))
                found.append((typed, items[0].label if items else "nothing"))
            assert found == FRONT_MATTER

    run(story)


def test_hover_tells_what_a_name_stands_for(small: Path) -> None:
    async def story() -> None:
        async with editing(small) as editor:
            await editor.codes_of_opened(ASSESSMENT)
            line, column = line_of(small, ASSESSMENT, "[[R-02]]")
            shown = await editor.hover(ASSESSMENT, line, column + 3)
            assert "**R-02 Impact assessment**" in shown
            assert "Whom a system could hurt." in shown
            assert "Risk manager (Gareth Pugh)" in shown
            assert "Relied on by: R-01" in shown
            line, column = line_of(small, ASSESSMENT, "iso-42001:6.1.2")
            shown = await editor.hover(ASSESSMENT, line, column + 5)
            assert "Answered by: R-01 Risk assessment" in shown
            line, column = line_of(small, ASSESSMENT, "risk-manager")
            assert "Held by Gareth Pugh" in await editor.hover(ASSESSMENT, line, column + 1)
            assert await editor.hover(ASSESSMENT, 0, 0) == ""

    run(story)


def test_leads_to_what_is_named_and_back(small: Path) -> None:
    async def story() -> None:
        async with editing(small) as editor:
            await editor.codes_of_opened(ASSESSMENT)
            line, column = line_of(small, ASSESSMENT, "[[R-02]]")
            root = "policies/risk"
            assert await editor.definition(ASSESSMENT, line, column + 3) == [f"{root}/impact.md:1"]
            line, column = line_of(small, ASSESSMENT, "to: R-05")
            assert await editor.definition(ASSESSMENT, line, column + 5) == [f"{root}/waste.md:1"]
            line, column = line_of(small, ASSESSMENT, "risk-manager")
            found = await editor.definition(ASSESSMENT, line, column + 5)
            assert found == ["policies/registers/organisation.yml:2"]
            line, column = line_of(small, ASSESSMENT, "iso-42001:6.1.2")
            assert len(await editor.definition(ASSESSMENT, line, column + 5)) == 3
            line, column = line_of(small, ASSESSMENT, "[[R-02]]")
            used = await editor.references(ASSESSMENT, line, column + 3)
            assert used == [f"{root}/assessment.md:8", f"{root}/assessment.md:21"]

    run(story)


def test_shows_what_a_document_consists_of(small: Path) -> None:
    async def story() -> None:
        async with editing(small) as editor:
            await editor.codes_of_opened(ASSESSMENT)
            params = lsp.DocumentSymbolParams(lsp.TextDocumentIdentifier(editor.uri(ASSESSMENT)))
            found = await editor.client.text_document_document_symbol_async(params)
            assert found is not None
            (title,) = found
            assert isinstance(title, lsp.DocumentSymbol)
            assert title.name == "Risk assessment"
            assert title.children is not None
            (rating,) = title.children
            assert rating.children is not None
            assert [c.name for c in rating.children] == ["You must rate every risk within five days."]
            everywhere = await editor.client.workspace_symbol_async(lsp.WorkspaceSymbolParams("invent"))
            assert everywhere is not None
            assert [s.name for s in everywhere] == ["R-03 System inventory", "System inventory"]

    run(story)


def test_offers_the_fix_that_check_knows(small: Path) -> None:
    async def story() -> None:
        async with editing(small) as editor:
            await editor.codes_of_opened(ALONE)
            line, column = line_of(small, ALONE, "R-03")
            found = await editor.actions(ALONE, line)
            linking = next(a for a in found if a.title == "Link R-03")
            assert linking.is_preferred
            assert linking.edit is not None
            assert linking.edit.document_changes is not None
            (change,) = linking.edit.document_changes
            assert isinstance(change, lsp.TextDocumentEdit)
            assert change.text_document.version == 1
            (edit,) = change.edits
            assert isinstance(edit, lsp.TextEdit)
            assert edit.new_text == "[[R-03]]"
            assert edit.range.start == lsp.Position(line, column)
            editor.change(ALONE, (line, column), (line, column + 4), "the system inventory")
            assert "Link R-03" in [a.title for a in await editor.actions(ALONE, line)]

    run(story)


def test_offers_every_fix_that_check_knows(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests/fixtures/broken/policies", tmp_path / "policies")
    (tmp_path / "policies/risk").mkdir()
    (tmp_path / "policies/risk/a.md").write_text(
        '---\nid: Q-1\ntitle: Rating\nsatisfies: ["iso-42001:6.1.2"]\n---\nWe rate risks.\n', "utf-8"
    )
    (tmp_path / "policies/risk/b.md").write_text(
        '---\nid: Q-2\ntitle: Hurting\nsatisfies: ["iso-42001:6.1.4"]\n---\nWe look at harm.\n', "utf-8"
    )
    known: dict[str, set[str]] = {}
    for finding in judge(resolve(read_handbook(locate(None, tmp_path))), TODAY).findings:
        titles = [fix.title for fix in (finding.fix, *finding.others) if fix is not None]
        known.setdefault(finding.place.file, set()).update(titles)
    assert any(title.startswith("Record a decision") for title in known["policies/risk/a.md"])

    async def story() -> None:
        async with editing(tmp_path) as editor:
            missing = {}
            for name, titles in sorted(known.items()):
                if not titles or name.endswith("binary-junk.md"):  # no editor shows it as text
                    continue
                await editor.codes_of_opened(name)
                offered = {action.title for action in await editor.actions(name, 0, 10_000)}
                missing[name] = titles - offered
            assert len(missing) > 5
            assert {name: titles for name, titles in missing.items() if titles} == {}

    run(story)


def test_a_decision_is_recorded_in_the_editor(small: Path) -> None:
    async def story() -> None:
        async with editing(small) as editor:
            editor.open(ALONE)
            found = await editor.until(ALONE, lambda found: "PG220" in {d.code for d in found})
            line = next(d for d in found if d.code == "PG220").range.start.line
            offered = await editor.actions(ALONE, line)
            assert [a.title for a in offered if a.diagnostics and a.diagnostics[0].code == "PG220"] == [
                "Add a reference to R-02",
                "Record a decision: no reference to R-02 needed, because …",
            ]
            decision = next(a for a in offered if a.title.startswith("Record"))
            assert decision.edit is not None
            (change,) = decision.edit.document_changes or []
            assert isinstance(change, lsp.TextDocumentEdit)
            (edit,) = change.edits
            assert isinstance(edit, lsp.TextEdit)
            assert edit.new_text == (
                'not_related:\n  - to: R-02\n    because: "…"\n    decided: 2026-11-26\n    by: "…"\n'
            )
            start, end = edit.range.start, edit.range.end
            editor.change(ALONE, (start.line, start.character), (end.line, end.character), edit.new_text)
            after = await editor.until(ALONE, lambda found: "PG222" in {d.code for d in found})
            assert any("lacks its reason" in d.message for d in after)

    run(story)


def test_findings_lead_to_the_page_of_their_rule(small: Path) -> None:
    settings = small / "policies/handbook.yml"

    async def story() -> None:
        async with editing(small) as editor:
            await editor.codes_of_opened(ALONE)
            found = await editor.until(ALONE, lambda found: bool(found))
            assert {d.code_description for d in found} == {None}
            settings.write_text(settings.read_text("utf-8") + "url: https://book.example.org/x\n", "utf-8")
            changed = lsp.FileEvent(editor.uri("policies/handbook.yml"), lsp.FileChangeType.Changed)
            editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([changed]))
            found = await editor.until(ALONE, lambda found: any(d.code_description for d in found))
            one = next(d for d in found if d.code == "PG212")
            assert one.code_description == lsp.CodeDescription(
                "https://book.example.org/x/audit/rules/#pg212"
            )

    run(story)


@pytest.mark.parametrize("units", [None, "utf-8", "utf-16", "utf-32"])
def test_counts_columns_as_the_editor_does(small: Path, units: str | None) -> None:
    lead = "🦉 é "
    width = {"utf-8": 8, "utf-32": 4}.get(units or "", 5)

    async def story() -> None:
        async with editing(small, units) as editor:
            await editor.codes_of_opened(ALONE)
            text = f"\ufeff---\r\nid: R-04\r\n---\r\n# Lonely\r\n\r\n{lead}[[R-09]]\r\n"
            editor.replace(ALONE, text)
            found = await editor.until(ALONE, lambda found: "PG201" in {d.code for d in found})
            wrong = next(d for d in found if d.code == "PG201")
            assert wrong.range == lsp.Range(lsp.Position(5, width), lsp.Position(5, width + 8))
            editor.change(ALONE, (5, width + 2), (5, width + 6), "R-01")
            await editor.until(ALONE, lambda found: "PG201" not in {d.code for d in found})
            assert "Risk assessment" in await editor.hover(ALONE, 5, width + 4)

    run(story)


def test_a_broken_document_and_one_that_is_gone(small: Path) -> None:
    async def story() -> None:
        async with editing(small) as editor:
            await editor.codes_of_opened(ASSESSMENT)
            editor.replace(ASSESSMENT, "---\nid: [R-01\ntitle: {\n---\n[[")
            await editor.until(ASSESSMENT, lambda found: "PG105" in {d.code for d in found})
            (small / "policies/risk/impact.md").unlink()
            (small / ASSESSMENT).unlink()
            gone = lsp.FileEvent(editor.uri("policies/risk/impact.md"), lsp.FileChangeType.Deleted)
            editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([gone]))
            editor.open("policies/risk/impact.md", "# Not there\n")
            assert await editor.completions(ASSESSMENT, 4, 2) is not None
            assert await editor.hover("policies/risk/impact.md", 900, 900) == ""

    run(story)


def test_settings_that_cannot_be_used(small: Path) -> None:
    good = (small / "policies/handbook.yml").read_text("utf-8")

    async def story() -> None:
        async with editing(small) as editor:
            await editor.codes_of_opened(ALONE)
            settings = "policies/handbook.yml"
            for text, wrong in (("name: [", True), (good, False)):
                (small / settings).write_text(text, "utf-8")
                changed = lsp.FileEvent(editor.uri(settings), lsp.FileChangeType.Changed)
                editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([changed]))
                await editor.until(settings, lambda found, wrong=wrong: bool(found) is wrong)
                assert await editor.completions(ALONE, 0, 0) is not None
            assert len(editor.messages) == 1

    run(story)


def test_a_folder_without_a_handbook_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path, {"README.md": "# [[Nothing]]\n", "deep/policies/a.md": "# A\n\n[[B]]\n"})

    async def story() -> None:
        async with editing(tmp_path) as editor:
            editor.open("README.md")
            editor.open("deep/policies/a.md")
            assert "PG201" in await editor.codes("deep/policies/a.md")
            assert editor.uri("README.md") not in editor.diagnostics
            assert await editor.hover("README.md", 0, 4) == ""

    run(story)


def test_serves_the_sample(tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parents[2] / "policies", tmp_path / "policies")

    async def story() -> None:
        async with editing(tmp_path) as editor:
            name = next(p for p in sorted((tmp_path / "policies").rglob("*.md")))
            shown = name.relative_to(tmp_path).as_posix()
            editor.open(shown)
            found = await editor.until(shown, lambda _: True)
            assert not [d for d in found if d.severity is lsp.DiagnosticSeverity.Error]

    run(story)


def test_renames_across_the_handbook_as_one_change(small: Path) -> None:
    async def story() -> None:
        async with editing(small) as editor:
            await editor.codes_of_opened(ASSESSMENT)
            line, column = line_of(small, ASSESSMENT, "[[R-02]]")
            where = editor.at(ASSESSMENT, line, column + 3)
            ready = await editor.client.text_document_prepare_rename_async(lsp.PrepareRenameParams(**where))  # type: ignore[arg-type]
            assert isinstance(ready, lsp.PrepareRenamePlaceholder)
            assert ready.placeholder == "R-02"
            params = lsp.RenameParams(new_name="IM-1", **where)  # type: ignore[arg-type]
            edit = await editor.client.text_document_rename_async(params)
            assert edit is not None
            changed = {
                change.text_document.uri.rpartition("/")[2]: [e.new_text for e in change.edits]  # type: ignore[union-attr]
                for change in edit.document_changes or []
                if isinstance(change, lsp.TextDocumentEdit)
            }
            assert changed == {
                "assessment.md": ["IM-1", "IM-1"],
                "impact.md": ["IM-1", "former_ids: [R-02]\n"],
            }
            with pytest.raises(JsonRpcException, match="is or was the id of 'Waste'"):
                await editor.client.text_document_rename_async(lsp.RenameParams(new_name="R-05", **where))  # type: ignore[arg-type]

    run(story)


def test_renames_from_another_spelling(small: Path) -> None:
    async def story() -> None:
        async with editing(small) as editor:
            await editor.codes_of_opened(ASSESSMENT)
            line, column = line_of(small, ASSESSMENT, "[[R-02]]")
            editor.change(ASSESSMENT, (line, column + 2), (line, column + 6), "r\u201102")
            where = editor.at(ASSESSMENT, line, column + 3)
            edit = await editor.client.text_document_rename_async(
                lsp.RenameParams(new_name="IM-1", **where)  # type: ignore[arg-type]
            )
            assert edit is not None
            texts = [
                e.new_text
                for change in edit.document_changes or []
                if isinstance(change, lsp.TextDocumentEdit)
                for e in change.edits
            ]
            assert sorted(texts) == ["IM-1", "IM-1", "former_ids: [R-02]\n", "im\u20111"]

    run(story)
