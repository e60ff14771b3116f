"""Whatever is done to files, the history of each, taken together, is every state of the folder."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph.model.history import History
from policygraph.reading.history import read_history
from repositories import Repo

PATHS = ("a.md", "b.md", "deep/a.md", "deep/er/c.md")
TEXTS = tuple(
    "".join(f"Text {name}, line {number}: something must be done.\n" for number in range(8)) for name in "ABC"
)
Tree = dict[str, str]
Step = tuple[str, str, str]


@st.composite
def steps(draw: st.DrawFn) -> list[list[Step]]:
    """Commits, each of a few steps: write a file, extend it, remove it, move it."""
    step = st.one_of(
        st.tuples(st.just("write"), st.sampled_from(PATHS), st.sampled_from(TEXTS)),
        st.tuples(st.just("extend"), st.sampled_from(PATHS), st.sampled_from("xyz")),
        st.tuples(st.just("remove"), st.sampled_from(PATHS), st.just("")),
        st.tuples(st.just("move"), st.sampled_from(PATHS), st.sampled_from(PATHS)),
    )
    return draw(st.lists(st.lists(step, min_size=1, max_size=3), min_size=1, max_size=8))


def done(tree: Tree, step: Step) -> Tree:
    kind, path, other = step
    tree = dict(tree)
    if kind == "write":
        tree[path] = other
    elif path not in tree:
        return tree
    elif kind == "extend":
        tree[path] += f"More {other}.\n"
    elif kind == "remove":
        del tree[path]
    else:
        tree[other] = tree.pop(path)
    return tree


def stream(trees: list[Tree]) -> bytes:
    parts = []
    for number, tree in enumerate(trees):
        message = str(number).encode()
        parts.append(b"commit refs/heads/main\ncommitter A <a@b> %d +0000\n" % (1_700_000_000 + number))
        parts.append(b"data %d\n%s\ndeleteall\n" % (len(message), message))
        parts.append(b"M 644 inline keep.txt\ndata 0\n\n")
        for path, text in tree.items():
            parts.append(
                b"M 644 inline policies/%s\ndata %d\n%s\n" % (path.encode(), len(text), text.encode())
            )
    return b"".join(parts)


def states(history: History) -> dict[int, Tree]:
    """The folder at each commit, put together from the history of each file."""
    found: dict[int, Tree] = {}
    for commit in history.commits:
        tree = found[int(commit.subject)] = {}
        for line in (*history.revisions.values(), *history.displaced):
            then = [revision for revision in line if revision.commit.order <= commit.order]
            if then and not then[-1].deleted:
                path = then[-1].path.removeprefix("policies/")
                assert path not in tree
                assert then[-1].text is not None
                tree[path] = then[-1].text
    return found


@given(steps())
@settings(max_examples=60, deadline=None)
def test_the_histories_together_are_every_state(commits: list[list[Step]]) -> None:
    trees: list[Tree] = []
    tree: Tree = {}
    for commit in commits:
        for step in commit:
            tree = done(tree, step)
        trees.append(tree)
    with tempfile.TemporaryDirectory() as folder:
        repo = Repo(Path(folder))
        repo.git("fast-import", "--quiet", "--date-format=raw", data=stream(trees))
        repo.git("reset", "--quiet", "--hard")
        (repo.folder / "policies").mkdir(exist_ok=True)
        history = read_history(repo.folder, "policies")
    changed = [n for n, tree in enumerate(trees) if tree != (trees[n - 1] if n else {})]
    found = states(history)
    assert list(found) == changed
    assert found == {number: trees[number] for number in changed}
    for path, line in history.revisions.items():
        assert [revision.commit.order for revision in line] == sorted({r.commit.order for r in line})
        assert line[-1].path == path
    live = {path for path, line in history.revisions.items() if not line[-1].deleted}
    assert live == {f"policies/{path}" for path in trees[-1]}
    assert history.uncommitted == frozenset()
