from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from command_line import CommandLine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import Files
from policygraph.cli import cli


def front(folder: Path, path: str) -> dict[str, object]:
    """The front matter of a file that was made."""
    loaded = yaml.load((folder / path).read_text(encoding="utf-8").split("---\n")[1], Loader=yaml.BaseLoader)
    assert isinstance(loaded, dict)
    return loaded


def documents(*ids: str, folder: str = "policies", stem: str = "{id}", key: str = "id") -> Files:
    """Documents with ids, in files named after them."""
    return {
        f"{folder}/{stem.format(id=id.lower())}.md": f"---\n{key}: {id}\ntitle: About {id}\n---\nText.\n"
        for id in ids
    }


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (["AI-01", "AI-24"], "AI-25"),
        (["HR-009", "HR-007"], "HR-010"),
        (["HR-099"], "HR-100"),
        (["HR-99", "HR-09"], "HR-100"),
        (["P9", "P10"], "P11"),
        (["1", "2", "100"], "101"),
        (["A-1.2", "A-1.3", "B-7"], "A-1.4"),
        (["a-1", "A-2", "ISO.5"], "A-3"),
    ],
)
def test_the_next_id_follows_the_pattern(empty: CommandLine, ids: list[str], expected: str) -> None:
    empty.write(documents(*ids, stem="about-{id}-x"))
    result = empty("new", "policy", "Remote work")
    assert result.code == 0, result.err
    assert front(empty.folder, result.out.strip())["id"] == expected


def test_ids_that_once_were_given_are_never_given_again(empty: CommandLine) -> None:
    empty.write(documents("P-1", "P-2"))
    empty.write({"policies/x.md": "---\nid: P-3\ntitle: X\nformer_ids: [P-8]\nstatus: retired\n---\nText.\n"})
    assert front(empty.folder, empty("new", "policy", "Remote work").out.strip())["id"] == "P-9"


def test_the_kind_of_id_of_the_area_goes_first(empty: CommandLine) -> None:
    empty.write(documents("HR-01", "HR-02", "HR-03", folder="policies/people"))
    empty.write(documents("IT-01", folder="policies/systems"))
    assert (
        front(empty.folder, empty("new", "policy", "Locks", "--area", "systems").out.strip())["id"] == "IT-02"
    )
    assert front(empty.folder, empty("new", "policy", "Leave").out.strip())["id"] == "HR-04"


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("{id}", "ai-03.md"),
        ("pol-{id}", "pol-ai-03.md"),
        ("{id}-of-old", "ai-03-remote-work.md"),
        ("t{id[4]}x", "remote-work.md"),
    ],
)
def test_files_are_named_as_the_others_are(empty: CommandLine, stem: str, expected: str) -> None:
    empty.write(documents("AI-01", "AI-02", stem=stem))
    assert empty("new", "policy", "Remote work").out == f"policies/{expected}\n"


def test_without_numbered_ids_the_file_s_name_is_the_id(empty: CommandLine) -> None:
    empty.write(
        {
            "policies/access/doors.md": "# Doors\n\nShut them.\n",
            "policies/access/keys.md": "# Keys\n\nHide them.\n",
        }
    )
    result = empty("new", "policy", "Über Ärger & Größe")
    assert result.out == "policies/access/uber-arger-grosse.md\n"
    assert "id" not in front(empty.folder, result.out.strip())
    assert "Über" in empty("show", "uber-arger-grosse").out


def test_what_is_written_passes_the_check_and_is_a_draft(small: CommandLine) -> None:
    result = small("new", "procedure", "Remote: work", "--area", "Risks", "--owner", "Risk manager")
    assert result.code == 0
    assert result.out == "policies/risk/remote-work.md\n"
    assert front(small.folder, result.out.strip()) == {
        "id": "R-06",
        "title": "Remote: work",
        "type": "procedure",
        "status": "draft",
        "owner": "risk-manager",
        "summary": "",
        "why": "",
    }
    checked = small("check")
    assert {line.split()[1] for line in checked.out.split("\n") if line.startswith(result.out.strip())} == {
        "PG213",
        "PG404",
        "PG408",
    }


def test_nothing_of_the_template_is_read_on_the_page(small: CommandLine) -> None:
    for type in ("policy", "procedure", "standard", "plan", "guideline", "declaration"):
        path = small("new", type, f"A {type} of ours").out.strip()
        text = (small.folder / path).read_text(encoding="utf-8")
        body = text.split("---\n", 2)[2]
        heading, _, rest = body.partition("\n\n")
        assert heading == f"# A {type} of ours"
        assert rest.startswith("<!--")
        assert rest.endswith("-->\n")
        assert rest.count("-->") == 1
        assert "must" not in small("show", f"A {type} of ours").out


def test_a_handbook_s_own_words_and_keys_are_used(empty: CommandLine) -> None:
    empty.write(
        {
            "policies/handbook.yml": "types: [charter]\nfields: {id: {from: eip, prefix: EIP-}, title: name, owner: by}\n"
            "statuses: {Final: active, Idea: draft, Pending: draft}\n",
            "policies/eip-1.md": "---\neip: 1\nname: One\nstatus: Final\n---\nText.\n",
        }
    )
    result = empty("new", "CHARTER", "Two", "--owner", "Ann")
    assert result.out == "policies/eip-2.md\n"
    assert front(empty.folder, "policies/eip-2.md") == {
        "eip": "2",
        "name": "Two",
        "type": "charter",
        "status": "idea",
        "by": "Ann",
        "summary": "",
        "why": "",
    }
    assert "EIP-2 Two" in empty("show", "EIP-2").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("polcy", "X"), "Did you mean 'policy'?"),
        (("novel", "X"), "There are: policy,"),
        (("policy", " \n "), "needs a title"),
        (("policy", "x" * 201), "longer than 200"),
        (("policy", "WASTE"), "There is a document 'Waste' already: policies/risk/waste.md"),
        (("policy", "X", "--id", "r-05"), "belongs to policies/risk/waste.md"),
        (("policy", "X", "--id", "../x"), "cannot be an id"),
        (("policy", "X", "--owner", "risk-manger"), "Did you mean 'risk-manager'?"),
        (("policy", "X", "--owner", "nobody at all"), "There are: risk-manager, auditor."),
        (("policy", "X", "--area", "rsk"), "Did you mean 'risk'?"),
        (("policy", "X", "--area", "../.."), "There is no area"),
        (("policy", "Inventory"), "inventory.md is there already"),
    ],
)
def test_wrong_use(small: CommandLine, arguments: tuple[str, ...], message: str) -> None:
    before = sorted(small.folder.rglob("*"))
    result = small("new", *arguments)
    assert result.code == 2
    assert message in " ".join(result.err.split())
    assert sorted(small.folder.rglob("*")) == before


def test_an_id_of_one_s_own(small: CommandLine) -> None:
    path = small("new", "policy", "X", "--id", "HR.7").out.strip()
    assert front(small.folder, path)["id"] == "HR.7"


def test_what_the_settings_leave_out_is_not_written(empty: CommandLine) -> None:
    empty.write(
        {"policies/handbook.yml": "exclude: [old*]\nareas: {old: Old}\n", "policies/a.md": "# A\n\nB.\n"}
    )
    assert "leaves out old/x.md" in empty("new", "policy", "X", "--area", "old").err


def test_the_first_document_and_the_first_of_an_area(empty: CommandLine) -> None:
    empty.write({"policies/handbook.yml": "areas: {people: People}\n"})
    assert empty("new", "policy", "Leave").out == "policies/people/leave.md\n"
    assert empty("new", "policy", "Pay", "--area", "PEOPLE").out == "policies/people/pay.md\n"
    assert empty("check").code == 0


def test_a_terminal_is_asked_for_area_and_owner(small: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.folder)
    monkeypatch.setattr("policygraph.cli.new._somebody_answers", lambda: True)
    result = CliRunner().invoke(cli, ["new", "policy", "Remote work"], input="auditor\n\n")
    assert result.exit_code == 0, result.output
    assert front(small.folder, "policies/risk/remote-work.md")["owner"] == "auditor"
    result = CliRunner().invoke(cli, ["new", "policy", "Far work"], input="\nRisks\n")
    assert result.exit_code == 0
    assert front(small.folder, "policies/risk/far-work.md")["owner"] == ""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=40))
def test_any_title_is_read_back(small: CommandLine, title: str) -> None:
    for path in (small.folder / "policies").glob("*.md"):
        path.unlink()
    known = set((small.folder / "policies").rglob("*.md"))
    result = small("new", "policy", title)
    made = set((small.folder / "policies").rglob("*.md")) - known
    if result.code == 0:
        (path,) = made
        meant = " ".join("".join(c if c.isprintable() else " " for c in title).split())
        assert front(small.folder, str(path.relative_to(small.folder)))["title"] == meant
        assert small("check").code == 0
        path.unlink()
    else:
        assert result.code == 2
        assert not made


def test_two_branches_may_take_the_same_id_and_the_check_says_so(small: CommandLine) -> None:
    def git(*arguments: str) -> None:
        name = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *name, *arguments], cwd=small.folder, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "Start")
    for branch, title in (("one", "Remote work"), ("two", "Travel")):
        git("checkout", "-q", "-b", branch, "main")
        assert small("new", "policy", title, "--owner", "auditor").code == 0
        git("add", "-A")
        git("commit", "-qm", title)
    git("checkout", "-q", "main")
    git("merge", "-q", "one")
    git("merge", "-q", "--no-edit", "two")
    result = small("check", "--select", "PG401")
    assert result.code == 1
    assert "R-06" in result.out
    assert "policies/risk/travel.md" in result.out
