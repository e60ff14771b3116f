from __future__ import annotations

import json
import os
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from command_line import CommandLine

from policygraph.cli import cli
from policygraph.cli.starting.starters import STARTERS, Wishes, project_files

ROOT = Path(__file__).parents[2]
HOSTILE = """A "B" & Söhne: [x] #1 @@name@@ {{ 7*7 }} <b> 'c' \\ %"""


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("starter", STARTERS)
@pytest.mark.parametrize("name", ["Blue Lake Ltd", HOSTILE, "true", "42", None])
def test_what_a_starter_writes_passes_the_check(empty: CommandLine, starter: str, name: str | None) -> None:
    named = [] if name is None else ["--name", name]
    assert empty("init", "project", "--starter", starter, *named, "--yes").code == 0
    result = empty("check", at="project")
    assert result.code == 0, result.out
    assert " 0 errors" in result.out
    settings = yaml.safe_load((empty.folder / "project/policies/handbook.yml").read_text(encoding="utf-8"))
    site = yaml.safe_load((empty.folder / "project/mkdocs.yml").read_text(encoding="utf-8"))
    assert settings["name"] == site["site_name"]
    assert (name or "andbook") in settings["name"]


@pytest.mark.parametrize("starter", STARTERS)
def test_what_a_starter_writes_builds_strictly(empty: CommandLine, starter: str) -> None:
    empty("init", ".", "--starter", starter, "--name", HOSTILE, "--keeper", 'Nia "N" Ö')
    done = empty.program("build", "--strict")
    assert done.code == 0, done.err
    home = (empty.folder / "site/index.html").read_text(encoding="utf-8")
    assert "49" not in re.sub(r"<svg.*?</svg>|<script.*?</script>|#\w+", "", home, flags=re.S)
    assert (empty.folder / "site/audit/index.html").exists()


def test_the_blank_starter_has_nothing_to_complain_of_once_somebody_keeps_it(empty: CommandLine) -> None:
    empty("init", "--keeper", "Nia Grant")
    assert "1 document, 0 errors, 0 warnings, 0 notes" in empty("check").out


def test_nothing_of_the_sample_s_company_is_left() -> None:
    organisation = yaml.safe_load((ROOT / "policies/registers/organisation.yml").read_text(encoding="utf-8"))
    people = {holder for role in organisation["roles"].values() for holder in role["holders"]}
    people |= {name.rpartition(" ")[2] for name in people}
    text = b"\n".join(project_files(Wishes(starter="aims")).values()).decode("utf-8")
    names = "Fernway|Smart Triage|Reply Draft|Photo Hint|Quillon|Pairwright|Minutekeeper|Support Search|Tender Helper"
    more = "Twin Finder|Applicant Sorter|Theo Lambert|Leila Haddad|Bristol|Rotterdam|smart-triage|117 496"
    found = re.findall(
        rf"\b(?:{'|'.join(map(re.escape, sorted(people)))}|{names}|{more})\b", text, re.IGNORECASE
    )
    assert not found


def test_nothing_of_the_sample_s_trade_is_left() -> None:
    files = project_files(Wishes(starter="aims"))
    text = b"\n".join(files[name] for name in files if name.startswith("policies/")).decode("utf-8")
    words = "tenants?|landlords?|housing|repair (?:requests?|safety)|repairs|gas|boilers?|flats?|estates?|emergenc(?:y|ies)"
    more = "triage|heating|carbon monoxide|leaks?|homes|floods?|rent|damp|mould|plumbers?"
    found = re.findall(rf"\b(?:{words}|{more})\b", text, re.IGNORECASE)
    assert not found
    assert "[what you make, and for whom]" in text


def test_the_starter_s_documents_are_the_sample_s_and_all_drafts(empty: CommandLine) -> None:
    empty("init", "--starter", "aims", "--name", "Blue Lake Ltd", "--keeper", "Nia Grant")
    documents = sorted((empty.folder / "policies").rglob("*.md"))
    assert [path.relative_to(empty.folder / "policies").as_posix() for path in documents] == sorted(
        path.relative_to(ROOT / "policies").as_posix()
        for path in (ROOT / "policies").rglob("*.md")
        if "." not in path.stem
    )
    assert all("\nstatus: draft\n" in path.read_text(encoding="utf-8") for path in documents)
    assert "Nobody at Blue Lake Ltd may" in (empty.folder / "policies/governance/ai-policy.md").read_text(
        "utf-8"
    )
    roles = yaml.safe_load((empty.folder / "policies/registers/organisation.yml").read_text("utf-8"))["roles"]
    assert {name: role["holders"] for name, role in roles.items() if role["holders"]} == {
        "ai-governance-lead": ["Nia Grant"]
    }
    assert not (empty.folder / "policies/registers/reviews").exists()


@pytest.mark.parametrize("starter", STARTERS)
def test_everything_written_is_well_formed(starter: str) -> None:
    files = project_files(Wishes(HOSTILE, starter, HOSTILE))
    schemas = {}
    for name, content in files.items():
        text = content.decode("utf-8")
        assert name == "docs/.gitkeep" or text.endswith("\n")
        if name.startswith(".policygraph/"):
            schemas[f"./{name}"] = schema = json.loads(text)
            jsonschema.Draft202012Validator.check_schema(schema)
        elif name.endswith((".yml", ".yaml")):
            yaml.safe_load(text)
    wired = json.loads(files[".vscode/settings.json"])["yaml.schemas"]
    assert set(wired) <= set(schemas)
    for schema, file in wired.items():
        if file in files:
            jsonschema.validate(
                yaml.load(files[file], Loader=yaml.BaseLoader)
                if "applicability" not in file
                else yaml.safe_load(files[file]),
                schemas[schema],
            )


def test_the_workflows_check_without_and_with_the_calendar_and_know_the_history() -> None:
    files = {name: content.decode() for name, content in project_files(Wishes()).items()}
    github = yaml.safe_load(files[".github/workflows/handbook.yml"])
    assert github["permissions"] == {"contents": "read"}
    steps = github["jobs"]["check"]["steps"]
    assert steps[0]["with"]["fetch-depth"] == 0
    runs = {step["run"]: step.get("if") for step in steps if "run" in step}
    assert runs["policygraph check --no-calendar --format github"] == "github.event_name != 'schedule'"
    assert runs["policygraph check --format github"] == "github.event_name == 'schedule'"
    gitlab = yaml.safe_load(files[".gitlab-ci.yml"])
    assert gitlab["variables"]["GIT_DEPTH"] == 0
    assert gitlab["check"]["script"] == "policygraph check --no-calendar"
    assert gitlab["nightly"]["script"] == "policygraph check"
    hook = yaml.safe_load(files[".pre-commit-config.yaml"])["repos"][0]["hooks"][0]
    assert hook["entry"] == "policygraph check --no-calendar"


def test_nothing_is_overwritten_and_nothing_half_written(empty: CommandLine) -> None:
    empty.write({"project/mkdocs.yml": "mine", "project/policies/registers": "a file"})
    before = everything(empty.folder)
    result = empty("init", "project")
    assert result.code == 2
    assert "nothing was written:\n  project/mkdocs.yml\n  project/policies/registers\n" in result.err
    assert everything(empty.folder) == before


def test_what_a_repository_has_already_stays(empty: CommandLine) -> None:
    empty.write({"README.md": "mine", ".gitignore": "mine"})
    result = empty("init")
    assert result.code == 0
    assert "README.md was there already and stays as it is." in result.out
    assert (empty.folder / "README.md").read_text() == "mine"
    assert empty("check").code == 0


def test_a_second_start_is_refused(empty: CommandLine) -> None:
    empty("init")
    before = everything(empty.folder)
    result = empty("init")
    assert result.code == 2
    assert "There is a handbook already: policies/handbook.yml." in result.err
    assert everything(empty.folder) == before


def test_documents_that_exist_are_to_be_adopted(empty: CommandLine) -> None:
    empty.write({"my docs/policies/a.md": "# A\n"})
    result = empty("init", "my docs")
    assert result.code == 2
    assert "policygraph init 'my docs' --adopt" in " ".join(result.err.split())


def test_a_dry_run_lists_and_writes_nothing(empty: CommandLine) -> None:
    result = empty("init", "new/handbook", "--dry-run")
    assert result.code == 0
    assert "new/handbook/policies/everyone/keeping-this-handbook.md" in result.out.split("\n")
    assert not (empty.folder / "new").exists()
    empty("init", "new/handbook")
    assert set(result.out.split()) == {
        f"new/handbook/{name}" for name in everything(empty.folder / "new/handbook")
    }


def test_a_failure_half_way_leaves_nothing(empty: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.open

    def full(self: Path, mode: str = "r", *more: object, **named: object) -> object:
        if self.name == "requirements.txt" and "x" in mode:
            raise OSError(28, "No space left on device", str(self))
        return real(self, mode, *more, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", full)
    result = empty("init", "deep/new")
    assert result.code == 2
    assert "No space left on device" in result.err
    assert not (empty.folder / "deep").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_nobody_may_write_to(empty: CommandLine) -> None:
    locked = empty.folder / "locked"
    locked.mkdir(mode=0o555)
    result = empty("init", "locked/new")
    assert result.code == 2
    assert "Permission denied" in result.err


def test_a_file_is_no_folder(empty: CommandLine) -> None:
    empty.write({"here": "x"})
    assert "here is a file" in empty("init", "here").err
    assert empty("init", "here/below").code == 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--name", "  "), "--name is empty"),
        (("--name", "x" * 101), "longer than 100"),
        (("--framework", "iso-42002"), "Did you mean 'iso-42001'?"),
        (("--adopt", "--starter", "aims"), "leave --starter"),
        (("--starter", "aims", "--framework", "iso-27001"), "leave --framework out"),
    ],
)
def test_wrong_use(empty: CommandLine, options: tuple[str, ...], message: str) -> None:
    result = empty("init", "new", *options)
    assert result.code == 2
    assert message in " ".join(result.err.split())
    assert not (empty.folder / "new").exists()


def test_a_framework_is_shown_from_the_start(empty: CommandLine) -> None:
    empty("init", "--framework", "ISO-27001", "--framework", "nist-csf")
    settings = yaml.safe_load((empty.folder / "policies/handbook.yml").read_text())
    assert settings["frameworks"][0] == "iso-27001"
    assert empty("check").code == 0


def test_at_most_three_questions_and_enter_is_an_answer(
    empty: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(empty.folder)
    monkeypatch.setattr("policygraph.cli.init._somebody_answers", lambda: True)
    result = CliRunner().invoke(cli, ["init", "a"], input="\n\n\n")
    assert result.exit_code == 0
    assert result.stderr.count("?") == 3
    result = CliRunner().invoke(cli, ["init", "b"], input="Blue Lake Ltd\nblank\nNia Grant\n")
    assert result.exit_code == 0
    assert 'holders: ["Nia Grant"]' in (empty.folder / "b/policies/registers/organisation.yml").read_text()
    assert 'name: "Blue Lake Ltd handbook"' in (empty.folder / "b/policies/handbook.yml").read_text()
    assert CliRunner().invoke(cli, ["init", "c", "--yes"]).exit_code == 0
    assert everything(empty.folder / "c") == everything(empty.folder / "a")


def test_schemas_are_written_all_at_once(empty: CommandLine) -> None:
    assert empty("schema", "--all", "forms/here").code == 0
    written = everything(empty.folder / "forms/here")
    assert {"settings.json", "front-matter.json", "reviews.json", "organisation.json"} <= set(written)
    assert empty("schema", "settings", "--all", "forms").code == 2
    empty.write({"file": ""})
    assert "file is a file" in empty("schema", "--all", "file").err


ADOPTED = {
    "policies/acme-001.md": "---\nnumber: 1\nname: Passwords\nlifecycle: x\nstate: Final\nneeds: 2, 3\n---\nSee ACME-2.\n",
    "policies/acme-002.md": "---\nnumber: 2\nname: Doors\nstate: Final\nneeds: [3]\nother: [x]\n---\nSee ACME-1, ACME-3.\n",
    "policies/acme-003.md": "---\nnumber: 3\nname: Keys\nstate: Zombie\nneeds:\n---\nSee ACME-1 and UTF-8.\n",
}


def test_adopting_proposes_a_mapping_and_touches_no_document(empty: CommandLine) -> None:
    empty.write(ADOPTED)
    result = empty("init", "--adopt", "--name", "Acme rules")
    assert result.code == 0
    assert "3 Markdown files, 3 with front matter." in result.out
    assert "not understood: Zombie" in result.out
    assert "3 documents, 5 references (3 declared in front matter)" in " ".join(result.out.split())
    settings = yaml.safe_load((empty.folder / "policies/handbook.yml").read_text())
    assert settings["name"] == "Acme rules"
    assert settings["fields"] == {
        "id": "number",
        "title": "name",
        "status": "state",
        "references": {"from": "needs", "relation": "depends on"},
    }
    assert settings["id_pattern"] == r"ACME-(\d+)"
    assert settings["statuses"] == {"Final": "active"}
    assert settings["ignore_keys"] == ["lifecycle", "other"]
    after = everything(empty.folder)
    assert {name: content.decode() for name, content in after.items() if name.endswith(".md")} == ADOPTED
    assert set(after) == {*ADOPTED, "policies/handbook.yml"}


def test_what_lies_beside_documents_is_left_out(empty: CommandLine) -> None:
    empty.write({"CHANGELOG.md": "# C\n", "node_modules/x/README.md": "# X\n"})
    assert "only CHANGELOG.md, node_modules/" in empty("init", "--adopt").err
    empty.write({"a.md": "# A\n\nText.\n"})
    assert empty("init", "--adopt").code == 0
    assert "1 document, 0 errors, 1 warning, 2 notes" in empty("check").out
    path = empty.folder / "handbook.yml"
    path.write_text(path.read_text().replace("# rules:", "rules:"))
    assert "1 document, 0 errors, 0 warnings, 0 notes" in empty("check").out


def test_adopting_again_or_nothing_is_refused(empty: CommandLine) -> None:
    assert "holds no Markdown file" in empty("init", "--adopt").err
    assert "There is no folder nowhere" in empty("init", "nowhere", "--adopt").err
    empty.write(ADOPTED)
    assert empty("init", "--adopt", "--dry-run").code == 0
    assert not (empty.folder / "policies/handbook.yml").exists()
    empty("init", "--adopt")
    assert "There is a handbook already" in empty("init", "--adopt").err


def test_hostile_front_matter_does_no_harm(empty: CommandLine) -> None:
    keys = [
        "a: &x [*x]",
        '"k\\n\\u202e: #": 1',
        "]: [",
        "'- x': {a: b}",
        "true: no",
        "id: {a: b}",
        "? [a]\n: b",
    ]
    empty.write({f"d/{n}.md": f'---\n{key}\nstate: "- #: {{{{"\n---\n# T\n' for n, key in enumerate(keys)})
    empty.write(
        {"d/bytes.md": b"---\nid: \xff\n---\n", "d/empty.md": b"", "d/toml.md": "+++\nid = 3\n+++\n# X\n"}
    )
    result = empty("init", "d", "--adopt")
    assert result.code == 0, result.err
    assert "\u202e" not in result.out
    assert empty("check", "d").code in (0, 1)


def test_adopting_the_broken_fixtures(empty: CommandLine) -> None:
    for folder in sorted((ROOT / "tests/fixtures").iterdir()):
        if any(folder.rglob("*.md")) and not any(folder.rglob("handbook.yml")):
            result = empty("init", str(folder), "--adopt", "--dry-run")
            assert result.code == 0, result.err
