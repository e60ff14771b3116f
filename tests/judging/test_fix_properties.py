"""Fixes leave nothing to fix, raise no finding, and touch nothing where nothing is wrong."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import TODAY, write
from policygraph.cli.mending import Mended, mended
from policygraph.cli.mending import write as write_back
from policygraph.cli.opening import Files, Opened
from policygraph.judging.judge import judge
from policygraph.judging.judgement import Judgement
from policygraph.model.finding import Finding
from policygraph.reading.files import locate
from policygraph.reading.handbook_files import read_handbook
from policygraph.resolving.resolve import resolve

ROOT = Path(__file__).parents[2]


def opened(root: Path) -> Opened:
    location = locate(None, root)
    sources = read_handbook(location)
    files = Files(root, root / "policies", location, root)
    return Opened(sources, resolve(sources), files, TODAY, root)


def everything(judgement: Judgement) -> tuple[Finding, ...]:
    return judgement.findings


def counted(found: Opened) -> Counter[tuple[str, str]]:
    return Counter((f.code, f.place.file) for f in judge(found.handbook, TODAY).findings)


def contents(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def fix(root: Path, *, unsafe: bool) -> Mended:
    before = counted(opened(root))
    result = mended(opened(root), everything, unsafe=unsafe)
    write_back(result, result.opened.files)
    after = counted(opened(root))
    # That others must look again at what a text now says is no mistake, and is said only where the author agreed.
    follows = {"PG430", "PG432"} if unsafe else set()
    more = {key for key, count in after.items() if count > before[key]}
    assert {key for key in more if key[0] not in follows} == set()
    # What was judged in memory is what is on disk.
    assert after == Counter((f.code, f.place.file) for f in result.judgement.findings)
    written = contents(root)
    again = mended(opened(root), everything, unsafe=unsafe)
    assert again.changed == ()
    assert again.applied == 0
    assert contents(root) == written
    return result


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("handbook", ["tests/fixtures/broken/policies", "policies"])
def test_handbooks_that_we_have(tmp_path: Path, handbook: str, unsafe: bool) -> None:
    shutil.copytree(ROOT / handbook, tmp_path / "policies")
    before = contents(tmp_path)
    result = fix(tmp_path, unsafe=unsafe)
    after = contents(tmp_path)
    assert {name for name in before if before[name] != after[name]} == set(result.changed)
    for name in result.changed:
        assert (b"\r\n" in before[name]) == (b"\r\n" in after[name])
        assert before[name].startswith(b"\xef\xbb\xbf") == after[name].startswith(b"\xef\xbb\xbf")


KEYS = st.sampled_from(
    [
        "title: Backup plan",
        "title:   'Access control policy'   # as printed",
        'title: "Keys: and locks"',
        "title: Keys: and locks",
        "id: AI-06",
        "id: AI/08",
        "onwer: ciso",
        "Owner: ciso",
        "owner: ciso",
        "owner: csio",
        "owner: CISO",
        "owner:\tciso",
        "status: actve",
        "status: retired",
        "effective: 2025-30-01",
        "applies_to: [staf, everyone]",
        "applies_to:\n- staf\n- everyone",
        "satisfies: [\"iso-42001:6.1.22\", 'iso-42001:A52']",
        "satisfies:\n    - iso-42001: 6.1.2\n    - iso-4201:6.1.2",
        "satisfies: [\n  iso-42001:6.1.44\n]",
        "references: [AI-6, b]",
        "references:\n- AI-6\n- to: access control policy\n  relation: dependson\n  because: Results # 1",
        "references:\n  - {to: a, because: Results, set the tone, and more}",
        "references: a, AI-6",
        "why: Because ticket #4711 says so",
        "why: |\n  Because #4711\n  says so",
        "# a comment",
        "",
        "allow: {PG213: \"Never linked.\", PG299: 'Who knows.'}",
        'not_related:\n  - to: AI-8\n    because: "Other matter."',
        "replaced_by: AI-6",
        "basis: standard",
    ]
)
LINES = st.sampled_from(
    [
        "# Access",
        "## When to redo it",
        "See [[AI-6]] and [[AI-06|the risks]].",
        "See [[access control policy#when_to_redo-it]].",
        "As the Access control policy says, you must lock up. See the backup plan.",
        "| a | b |\n|---|---|\n| [[AI-06|the risks]] | The Access control policy, too |",
        "[here](x/a.md), [there](/b.html#top), ![it](c.png), [so](<old dir/a.md>)",
        "`[[AI-6]]` and **Backup plan** and AI-06.",
        "```\nAI-06\n```",
        "",
        "- item AI-06\n\n  more",
        "##5 Access control policy AI-06",
        "Über AI-06\u00a0und\u200b AI‑06.",
    ]
)
DOCUMENTS = st.builds(
    lambda fence, keys, close, lines, bom, ends: (
        ("\ufeff" if bom else "") + "\n".join([*fence, *keys, *close, *lines, ""])
    ).replace("\n", ends),
    st.sampled_from([["---"], ["---"], ["---"], [], ["", "---"]]),
    st.lists(KEYS, max_size=6),
    st.sampled_from([["---"], ["---"], ["---"], [], [""]]),
    st.lists(LINES, max_size=6),
    st.booleans(),
    st.sampled_from(["\n", "\n", "\r\n", "\r"]),
)
REGISTERS = {
    "policies/registers/organisation.yml": "roles:\n  ciso: {holders: [Ada]}\naudiences:\n  everyone: {}\n  staff: {}\n",
    "policies/registers/records.yml": (
        "records:\n  # a comment\n  - what: Log\n    document: AI-6  # the log\n  - {document: 'bb', what: Log}\n"
    ),
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(DOCUMENTS, min_size=1, max_size=4), st.booleans())
def test_handbooks_of_all_kinds(documents: list[str], unsafe: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name).resolve()
        names = ["a.md", "b.md", "AI-06.md", "deep/er/d.md"]
        files = {f"policies/{n}": text.encode() for n, text in zip(names, documents, strict=False)}
        write(root, {**REGISTERS, **files})
        result = fix(root, unsafe=unsafe)
        for file in result.changed:
            old, new = result.before[file], result.after[file]
            assert old.startswith(b"\xef\xbb\xbf") == new.startswith(b"\xef\xbb\xbf")
            if b"\r" in old and b"\n" not in old:
                assert b"\n" not in new
            if b"\r\n" in old and b"\n" not in old.replace(b"\r\n", b""):
                assert b"\n" not in new.replace(b"\r\n", b"")
            assert old.count(b"# a comment") == new.count(b"# a comment")
            assert (b"# as printed" in old) == (b"# as printed" in new)


def test_where_nothing_is_wrong_nothing_changes(tmp_path: Path) -> None:
    text = b"\xef\xbb\xbf---\r\ntitle: 'A'  # odd\r\nowner:   \"ciso\"\r\nsummary: It.\r\n---\r\n# A\r\n\r\nText."
    write(tmp_path, {**REGISTERS, "policies/a.md": text})
    (tmp_path / "policies/registers/records.yml").unlink()
    result = mended(opened(tmp_path), everything, unsafe=True)
    assert (result.changed, result.applied) == ((), 0)
    assert (tmp_path / "policies/a.md").read_bytes() == text
