"""What a document's own text makes is found near the keystroke, the same as when the whole handbook is judged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from builders import TODAY
from policygraph.judging.judge import judge
from policygraph.judging.near import NEAR, near_findings
from policygraph.reading.files import locate
from policygraph.reading.handbook_files import read_document, read_handbook
from policygraph.resolving.one_document import with_document
from policygraph.resolving.resolve import resolution

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("project", [ROOT, ROOT / "tests" / "fixtures" / "broken"])
def test_near_findings_are_those_of_the_whole_handbook(project: Path) -> None:
    sources = read_handbook(locate(None, project))
    whole = resolution(sources)
    findings = judge(whole.handbook, TODAY).findings
    for source in sources.documents:
        again = read_document(source.text, source.path, sources.settings)
        near = near_findings(with_document(whole, again), source.path, TODAY)
        expected = [f for f in findings if f.place.file == source.path and f.code in NEAR]
        assert list(near) == expected


def test_a_changed_document_is_judged_as_it_is_now() -> None:
    sources = read_handbook(locate(None, ROOT))
    before = resolution(sources)
    source = sources.documents[0]
    text = f"{source.text}\nSee [[AI-999]] and [[#nowhere]].\n"
    changed = read_document(text, source.path, sources.settings)
    near = near_findings(with_document(before, changed), source.path, TODAY)
    documents = tuple(changed if one is source else one for one in sources.documents)
    whole = judge(resolution(replace(sources, documents=documents)).handbook, TODAY).findings
    assert list(near) == [f for f in whole if f.place.file == source.path and f.code in NEAR]
    assert {"PG201", "PG203"} <= {f.code for f in near}
