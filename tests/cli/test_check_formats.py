"""The findings for build servers and comments."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from command_line import CommandLine

FILES = {
    "policies/a.md": "---\ntitle: A\nowner: it\nsummary: S.\nwhy: A guest came to harm.\n---\n# A\n\nSee [[nowhere]] twice: [[nowhere]].\n",
    "policies/b.md": "---\ntitle: B\nowner: it\nsummary: S.\nwhy: A guest came to harm.\n---\nSee [[a]].\n",
    "policies/c.md": "# C\n\nSee [[b]].\n",
}
HOSTILE = {
    "policies/x|y & <z>.md": "# T\n\n[[a|b]] [[<img src=x onerror=alert(1)>]] [[@everyone]] [[]]>]] [[https://evil.example]]\n",
    "policies/b.md": '---\ntitle: "\\x07\\ufffe\\e[2J`code` | *x*"\n"k]]>\\"\'": 1\n---\n[[]]\n\n[[a\x0bb]]\n',
}


def test_gitlab_has_what_its_report_needs(empty: CommandLine) -> None:
    empty.write(FILES)
    result = empty("check", "--format", "gitlab", "--select", "PG201")
    found = json.loads(result.out)
    assert result.code == 1
    assert [(f["check_name"], f["severity"], f["location"]) for f in found] == [
        ("PG201", "major", {"path": "policies/a.md", "lines": {"begin": 9}})
    ] * 2
    assert found[0]["description"].startswith("There is no document 'nowhere'.")
    assert len({f["fingerprint"] for f in found}) == 2
    assert json.loads(empty("check", "--format", "gitlab", "--select", "PG3").out) == []


def test_fingerprints_stay_when_lines_move(empty: CommandLine) -> None:
    empty.write(FILES)
    before = json.loads(empty("check", "--format", "gitlab", "--select", "PG201").out)
    empty.write({"policies/a.md": FILES["policies/a.md"].replace("# A\n", "# A\n\nMore.\n")})
    after = json.loads(empty("check", "--format", "gitlab", "--select", "PG201").out)
    assert [f["fingerprint"] for f in before] == [f["fingerprint"] for f in after]
    assert before != after


def test_junit_has_a_case_for_each_document(empty: CommandLine) -> None:
    empty.write(FILES)
    suites = ElementTree.fromstring(empty("check", "--format", "junit", "--ignore", "PG213").out)
    cases = {case.get("name"): case for case in suites.iter("testcase")}
    assert set(cases) == set(FILES)
    failure = cases["policies/a.md"].find("failure")
    assert failure is not None
    assert failure.get("type") == "unknown-document"
    assert (failure.text or "").count("PG201") == 2
    assert list(cases["policies/b.md"]) == []
    assert cases["policies/c.md"].find("failure") is None
    assert "PG403" in (cases["policies/c.md"].findtext("system-out") or "")
    assert (suites.get("tests"), suites.get("failures")) == ("3", "1")


def test_junit_fails_on_what_counts(empty: CommandLine) -> None:
    empty.write(FILES)
    suites = ElementTree.fromstring(empty("check", "--format", "junit", "--severity", "warning").out)
    failed = {case.get("name") for case in suites.iter("testcase") if case.find("failure") is not None}
    assert failed == {"policies/a.md", "policies/c.md"}


def test_markdown_is_a_table_heaviest_first(empty: CommandLine) -> None:
    empty.write(FILES)
    lines = empty("check", "--format", "markdown").out.splitlines()
    assert lines[0] == "**policygraph check**: 3 documents, 2 errors, 1 warning, 3 notes"
    assert lines[2:4] == ["| | Where | What | How to put it right |", "| --- | --- | --- | --- |"]
    assert lines[4].startswith("| error PG201 | policies/a.md:9 | There is no document 'nowhere'. |")
    assert [line.split()[1] for line in lines[4:]] == ["error", "error", "warning", "note", "note", "note"]
    assert empty("check", "--format", "markdown", "--select", "PG3").out.count("\n") == 1


def test_markdown_leads_to_the_page_of_a_rule(empty: CommandLine) -> None:
    empty.write({**FILES, "policies/handbook.yml": "url: https://book.example.org/\n"})
    out = empty("check", "--format", "markdown").out
    assert "| error [PG201](https://book.example.org/audit/rules/#pg201) | policies/a.md:9 |" in out


def test_a_long_table_is_cut(empty: CommandLine) -> None:
    empty.write({f"policies/d{number}.md": f"# D{number}\n\nText.\n" for number in range(60)})
    out = empty("check", "--format", "markdown").out
    assert len(out) < 60_000
    assert "more are not shown here" in out


@pytest.mark.parametrize("form", ["gitlab", "junit", "markdown"])
def test_hostile_names_stay_text(empty: CommandLine, form: str) -> None:
    empty.write(HOSTILE)
    out = empty("check", "--format", form).out
    assert "\x1b" not in out
    assert "\x07" not in out
    if form == "gitlab":
        assert json.loads(out)
    elif form == "junit":
        assert ElementTree.fromstring(out).tag == "testsuites"
    else:
        assert "<img" not in out.replace("\\<", "")
        assert "@everyone" not in out
        assert "https://" not in out
        rows = [line for line in out.splitlines() if line.startswith("| ") and "---" not in line]
        assert all(row.replace("\\|", "").count("|") == 5 for row in rows)


def test_a_finding_leads_to_its_rule_where_the_handbook_is_published(empty: CommandLine) -> None:
    address = "https://handbook.example/audit/rules/#pg201"
    text = "# Access\n\nSee [[nowhere]] and [[nobody]].\n"
    empty.write({"policies/a.md": text, "policies/handbook.yml": "url: https://handbook.example/\n"})
    select = ("check", "--select", "PG201")
    assert empty(*select).out.count(f"    more: {address}\n") == 1
    for form in ("github", "gitlab", "junit", "markdown", "sarif"):
        assert address in empty(*select, "--format", form).out, form
    empty.write({"policies/handbook.yml": "name: Unpublished\n"})
    assert "more:" not in empty(*select).out
