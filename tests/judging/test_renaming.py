"""Renaming: every place where a name is written out, and back again to the same bytes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph.judging.fixing import fixed
from policygraph.judging.renaming import RenameError, renamed_id, renamed_title
from policygraph.judging.respelling import respelled
from policygraph.model.fix import Fix
from policygraph.model.problem import ProblemKind
from policygraph.reading.handbook_files import read_document
from policygraph.reading.registers import read_registers
from policygraph.reading.sources import Sources
from policygraph.resolving.resolve import resolve
from policygraph.settings import Settings

REGISTERS = "policies/registers/"
BOOK = {
    "policies/a.md": """\
---
id: A-1
title: Risk assessment
references:
  - to: B-2   # the plan
    because: "It says so."
  - "B-2#steps"
not_related: [{to: C-3, because: "No."}]
---
# Risk assessment

Follow [[B-2]] and [[B-2#steps|the steps]], see B-2 and [Backup plan](b.md). `B-2` is code; [[b-2]] is a variant.
""",
    "policies/b.md": """\
---
id: B-2
title: Backup plan
---
# Backup plan

## Steps

Back to [[#steps]], or [[B-2#steps]]. [[Risk assessment]] rates it.
""",
    "policies/c.md": "---\nid: C-3\ntitle: Last\nreplaced_by: B-2\nformer_ids: [OLD-3]\n---\n# Last\n",
    f"{REGISTERS}records.yml": "records:\n  - document: B-2 # here\n    what: A log\n    made: 2026-01-01\n",
    f"{REGISTERS}exceptions.yml": "exceptions:\n  - id: X-1\n    departs_from: 'B-2#steps'\n",
    f"{REGISTERS}external.yml": "documents:\n  - title: Law\n    used_by: [A-1, B-2]\n",
}
REVIEW = 'document: "B-2"\nby: "Ada"\nas: "lead"\ndate: "2026-01-01"\noutcome: "approved"\n'


def sources(texts: dict[str, str]) -> Sources:
    registers = {
        path.removeprefix(REGISTERS): (path, text.replace("\r\n", "\n"))
        for path, text in texts.items()
        if path.startswith(REGISTERS)
    }
    documents = tuple(
        read_document(text, path, Settings()) for path, text in sorted(texts.items()) if path.endswith(".md")
    )
    return Sources(Settings(), "policies", documents, read_registers(registers)[0])


def renamed(texts: dict[str, str], before: str, after: str, title: bool = False) -> dict[str, str]:
    read = sources(texts)
    handbook = resolve(read)
    document = next(d for d in handbook.documents if before in (d.id, d.title))
    edits = (renamed_title if title else renamed_id)(handbook, read, document, after)
    result = fixed(texts, [Fix("Rename", edits)])
    assert not result.left
    return {**texts, **result.texts}


def test_every_place_that_spells_the_id_follows() -> None:
    after = renamed(BOOK, "B-2", "BC-7")
    assert "id: BC-7\nformer_ids: [B-2]\n" in after["policies/b.md"]
    a = after["policies/a.md"]
    assert "- to: BC-7   # the plan" in a
    assert '- "BC-7#steps"' in a
    assert "Follow [[BC-7]] and [[BC-7#steps|the steps]], see BC-7 and [Backup plan](b.md)." in a
    assert "`B-2` is code; [[bc-7]] is a variant." in a
    assert "replaced_by: BC-7" in after["policies/c.md"]
    assert "document: BC-7 # here" in after[f"{REGISTERS}records.yml"]
    assert "'BC-7#steps'" in after[f"{REGISTERS}exceptions.yml"]
    assert "[A-1, BC-7]" in after[f"{REGISTERS}external.yml"]
    read = sources(after)
    assert not [p for p in resolve(read).problems if "B-2" in p.message or "BC-7" in p.message]


def test_every_place_that_spells_the_title_follows() -> None:
    after = renamed(BOOK, "Backup plan", "Continuity plan", title=True)
    assert "title: Continuity plan\n---\n# Continuity plan\n" in after["policies/b.md"]
    assert "[Continuity plan](b.md)" in after["policies/a.md"]
    after = renamed(after, "Risk assessment", "Rating of risks", title=True)
    assert "[[Rating of risks]] rates it." in after["policies/b.md"]


def test_reviews_stay_and_the_id_they_know_is_kept() -> None:
    book = {**BOOK, f"{REGISTERS}reviews/one.yml": REVIEW}
    after = renamed(book, "B-2", "BC-7")
    assert after[f"{REGISTERS}reviews/one.yml"] == REVIEW
    assert renamed(after, "BC-7", "B-2") == book


@pytest.mark.parametrize("new", ["A-1", "a-1", "OLD-3", "B 2", "", "-", "é"])
def test_an_id_that_is_taken_or_none_is_refused(new: str) -> None:
    with pytest.raises(RenameError):
        renamed(BOOK, "B-2", new)


words = st.from_regex(r"[A-Z][a-z]{3,9}(: [a-z]{2,5})?( [a-z]{2,8})?", fullmatch=True)


@settings(max_examples=25)
@given(
    new=st.from_regex(r"Z[A-Z]{0,3}-[0-9]{1,3}", fullmatch=True),
    title=words,
    ends=st.sampled_from(["\n", "\r\n"]),
    former=st.sampled_from(["", "former_ids: [P-1, P-2]\n", "former_ids:\n  - P-1\n  - P-2\n"]),
    quotes=st.sampled_from(["", "'", '"']),
)
def test_there_and_back_gives_the_same_bytes(
    new: str, title: str, ends: str, former: str, quotes: str
) -> None:
    own = BOOK["policies/b.md"].replace(
        "title: Backup plan\n", f"title: {quotes}Backup plan{quotes}\n{former}"
    )
    book = {path: text.replace("\n", ends) for path, text in {**BOOK, "policies/b.md": own}.items()}
    assert renamed(renamed(book, "B-2", new), new, "B-2") == book
    # Single quotation marks that nothing needs are lost on the way over a title that needs them.
    other = "Zz" + (title.replace(":", "") if quotes == "'" else title)
    assert renamed(renamed(book, "Backup plan", other, True), other, "Backup plan", True) == book


@pytest.mark.parametrize(
    ("written", "new", "wanted"),
    [
        ("b-2", "BC-7", "bc-7"),
        ("B\u20112", "BC-7", "BC\u20117"),
        ("b\u20132", "Bc-7", "bc\u20137"),
        ("b-2", "7-7", None),
        ("B\u20112", "BC7", None),
        ("b\u20112", "7-7", None),
        ("B-\u200b2", "BC-7", None),
        ("B-3", "BC-7", None),
    ],
)
def test_other_spellings_are_carried_over_where_they_can_be_had_back(
    written: str, new: str, wanted: str | None
) -> None:
    assert respelled(written, "B-2", new) == wanted
    if wanted is not None:
        assert respelled(wanted, new, "B-2") == written


ids = st.from_regex(r"[A-Za-z][A-Za-z]{0,2}[-.]?[0-9]{1,3}", fullmatch=True)


@settings(max_examples=40)
@given(
    new=ids,
    spellings=st.lists(
        st.sampled_from(["B-2", "b-2", "B\u20112", "b\u20102", "B\u20132", "B-\u200b2"]),
        min_size=1,
        max_size=5,
    ),
)
def test_spellings_of_an_id_go_there_and_back(new: str, spellings: list[str]) -> None:
    lines = "".join(f"\nSee [[{s}]], [[{s}|it]] and {s} too.\n" for s in spellings)
    front = "".join(f'  - "{s}#steps"\n' for s in spellings)
    entries = "".join(f'  - document: "{s}"\n    what: Log {n}\n' for n, s in enumerate(spellings))
    book = {
        "policies/a.md": f"---\nid: A-1\ntitle: Risk\nreferences:\n{front}---\n{lines}",
        "policies/b.md": "---\nid: B-2\ntitle: Backup plan\n---\n## Steps\n",
        f"{REGISTERS}records.yml": f"records:\n{entries}",
    }
    if new.casefold() in ("a-1", "b-2"):
        return
    after = renamed(book, "B-2", new)
    # Whatever stayed as it was still leads there.
    problems = [p for p in resolve(sources(after)).problems if p.kind is ProblemKind.UNKNOWN_TARGET]
    assert problems == []
    assert f"[[{new}]]" in after["policies/a.md"] or "B-2" not in spellings
    assert renamed(after, new, "B-2") == book
