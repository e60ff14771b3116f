from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from command_line import CommandLine

BROKEN = {
    "policies/a.md": """\
---
title: Access
owner: it
summary: Who may enter.
---
# Access

See [[B-9]].
""",
    "policies/b-8.md": "---\ntitle: Backups\nowner: it\nsummary: Copies.\n---\n# Backups\n\nSee [[a]].\n",
}


def test_a_finding_has_place_code_message_suggestion_help_and_a_summary(empty: CommandLine) -> None:
    empty.write(BROKEN)
    result = empty("check", "--select", "PG2")
    assert result.code == 1
    assert result.out == (
        "policies/a.md:8:5: PG201 There is no document 'B-9'. [error]\n"
        "    did you mean: b-8\n"
        "    help: Correct the id, or write the document.\n"
        "policies/b-8.md:1:1: PG213 No document references 'Backups' (b-8). [note]\n"
        "    help: Link it where a reader needs it, or retire it.\n"
        "2 documents, 1 error, 0 warnings, 1 note\n"
        "1 can be put right with --fix --unsafe; look first with --diff. policygraph rules PG201 explains a finding.\n"
    )
    assert result.err == ""


def test_nothing_to_report_ends_with_zero(empty: CommandLine) -> None:
    empty.write(BROKEN)
    result = empty("check", "--select", "PG3")
    assert (result.code, result.out) == (0, "2 documents, 0 errors, 0 warnings, 0 notes\n")


def test_only_errors_fail_by_default_and_everything_is_shown(empty: CommandLine) -> None:
    empty.write({"policies/a.md": "# Access\n\nOnly badges.\n"})
    result = empty("check")
    assert result.code == 0
    assert "PG403" in result.out
    assert "[note]" in result.out


@pytest.mark.parametrize(
    ("severity", "code", "shown"),
    [("error", 0, set()), ("warning", 1, {"PG403"}), ("info", 1, {"PG403", "PG404", "PG408", "PG213"})],
)
def test_severity_hides_what_is_lighter_and_fails_on_the_rest(
    empty: CommandLine, severity: str, code: int, shown: set[str]
) -> None:
    empty.write(
        {"policies/a.md": "# Access\n\nOnly badges.\n", "policies/b.md": "---\nstatus: retired\n---\n# B\n"}
    )
    result = empty("check", "--severity", severity)
    assert result.code == code
    codes = set(re.findall(r"PG\d+", result.out))
    assert codes == shown
    if severity == "error":
        assert "lighter not shown" in result.out


def test_select_and_ignore_take_beginnings_commas_names_and_repeats(empty: CommandLine) -> None:
    empty.write(BROKEN)
    assert "PG201" not in empty("check", "--ignore", "pg1,PG201", "--ignore", "PG4").out
    assert "PG201" in empty("check", "--select", "unknown-document").out


def test_an_unknown_code_is_wrong_use(empty: CommandLine) -> None:
    empty.write(BROKEN)
    result = empty("check", "--select", "PG219")
    assert result.code == 2
    assert "no rule 'PG219'" in result.err
    assert "Did you mean" in result.err


def test_json_has_files_from_here_and_counts(empty: CommandLine) -> None:
    empty.write(BROKEN)
    result = empty("check", "-H", ".", "--format", "json", "--severity", "error", at="policies")
    found = json.loads(result.out)
    assert result.code == 1
    assert found["counts"] == {"error": 1, "warning": 0, "info": 0}
    assert found["hidden"] > 0
    (finding,) = found["findings"]
    assert finding["file"] == "a.md"
    assert (finding["line"], finding["column"], finding["suggestion"]) == (8, 5, "b-8")


def test_paths_are_from_the_current_folder(small: CommandLine) -> None:
    (small.folder / "elsewhere").mkdir()
    small.write({"policies/risk/bad.md": "# Bad\n\n[[nothing at all]]\n"})
    assert (
        "\n../policies/risk/bad.md:3:1: PG201"
        in "\n" + small("check", "-H", "../policies", at="elsewhere").out
    )


def test_github_annotations(empty: CommandLine) -> None:
    empty.write(BROKEN)
    result = empty("check", "--format", "github", "--select", "PG201")
    assert result.code == 1
    assert result.out.splitlines()[0] == (
        "::error file=policies/a.md,line=8,col=5,title=PG201 unknown-document::"
        "There is no document 'B-9'.%0Adid you mean: b-8%0ACorrect the id, or write the document."
    )


def test_github_paths_are_from_the_checkout(empty: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    empty.write({f"handbook/{name}": text for name, text in BROKEN.items()})
    monkeypatch.setenv("GITHUB_WORKSPACE", str(empty.folder))
    result = empty("check", "--format", "github", "--select", "PG201", at="handbook/policies")
    assert result.out.startswith("::error file=handbook/policies/a.md,")


def test_sarif_has_what_was_selected_and_paths_from_the_checkout(
    empty: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty.write({f"handbook/{name}": text for name, text in BROKEN.items()})
    monkeypatch.setenv("GITHUB_WORKSPACE", str(empty.folder))
    for arguments in (("check", "--format", "sarif", "--select", "PG201"), ("export", "sarif")):
        results = json.loads(empty(*arguments, at="handbook").out)["runs"][0]["results"]
        found = [r for r in results if r["ruleId"] == "PG201"]
        place = found[0]["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "handbook/policies/a.md"
        assert place["region"] == {"startLine": 8, "startColumn": 5}
        assert (len(found) == len(results)) == (arguments[0] == "check")


def test_hostile_names_and_texts_give_no_orders(empty: CommandLine) -> None:
    empty.write(
        {
            "policies/::error ::x, y%0A::.md": "# T\n\n[[\x1b[31mred]] [[##[add-mask]x]]\n",
            "policies/b.md": '---\ntitle: "\\e[2J\\u202Egnp.exe"\n"##[error]x": 1\n---\n[[%0A::warning::boo]]\n',
        }
    )
    for form in ("text", "github"):
        out = empty("check", "--format", form).out
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "##[" not in out
        for line in out.splitlines():
            if line.lstrip().startswith("::"):
                assert form == "github"
                head, _, message = line[2:].partition("::")
                assert re.fullmatch(r"(error|warning|notice) file=[^:,]+,line=\d+,col=\d+,title=[^:,]+", head)
                assert "%0A::" not in message.replace("%250A::", "")


def test_a_name_that_begins_with_colons_begins_no_line(empty: CommandLine) -> None:
    empty.write({"policies/::stop-commands::x.md": "# T\n"})
    out = empty("check", "-H", ".", at="policies").out
    assert not any(line.startswith("::") for line in out.splitlines())


def test_an_allowed_finding_is_counted_apart(empty: CommandLine) -> None:
    empty.write(
        {"policies/a.md": '---\nallow:\n  PG403: "Nobody owns the weather."\n---\n# Weather\n\nIt rains.\n'}
    )
    result = empty("check", "--select", "PG403")
    assert result.out == "1 document, 0 errors, 0 warnings, 0 notes, 1 allowed by their authors\n"


def test_an_empty_handbook_is_said_to_be_empty(empty: CommandLine) -> None:
    (empty.folder / "policies").mkdir()
    result = empty("check")
    assert result.code == 2
    assert "policies holds no Markdown file" in result.err


def test_colour_only_on_a_terminal(small: CommandLine) -> None:
    assert "\x1b" not in small("check").out
    assert "\x1b" not in small.program("check", environment={"NO_COLOR": ""}).out


def test_check_loads_no_engine() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from policygraph.cli import cli; import policygraph.cli.check;"
        "print([m for m in sys.modules if m.split('.')[0] in ('mkdocs', 'material', 'jinja2', 'markdown')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_sample_handbook_has_no_error(empty: CommandLine) -> None:
    sample = Path(__file__).parents[2] / "policies"
    assert empty("check", "-H", str(sample), "--severity", "error").code == 0


def test_the_handbook_may_be_named_without_an_option(small: CommandLine) -> None:
    assert small("check", "policies").out == small("check", "-H", "policies").out == small("check").out
    assert small("check", "nowhere").code == 2


def test_a_projects_folder_stands_for_the_handbook_in_it(small: CommandLine) -> None:
    small.write({"mkdocs.yml": "site_name: X\n", "docs/other.md": "# No document\n"})
    assert small("check", "-H", ".").out == small("check").out


def test_the_same_help_is_said_once(empty: CommandLine) -> None:
    empty.write({f"policies/{name}.md": f"# {name}\n\nSee [[nowhere-{name}]].\n" for name in "abc"})
    out = empty("check", "--select", "PG201").out
    assert out.count("PG201 There is no document") == 3
    assert out.count("help: Correct the id, or write the document.") == 1
