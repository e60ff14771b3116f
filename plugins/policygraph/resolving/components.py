"""Groups of things that all lead to one another.

networkx finds them too, and takes longer to import than `check` takes to read a handbook that it knows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator


def strongly_connected(edges: Iterable[tuple[str, str]]) -> Iterator[set[str]]:
    """The groups of nodes of which each leads to each, also those of a single node (Kosaraju's algorithm)."""
    onward: defaultdict[str, list[str]] = defaultdict(list)
    back: defaultdict[str, list[str]] = defaultdict(list)
    for source, target in edges:
        onward[source].append(target)
        back[target].append(source)
    seen: set[str] = set()
    for start in reversed(_left(onward)):
        group: set[str] = set()
        waiting = [start]
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                group.add(node)
                waiting += back[node]
        if group:
            yield group


def _left(onward: defaultdict[str, list[str]]) -> list[str]:
    """The nodes in the order in which a walk into the depth leaves them for good."""
    left: list[str] = []
    seen: set[str] = set()
    for start in list(onward):
        if start in seen:
            continue
        seen.add(start)
        path = [(start, iter(onward[start]))]
        while path:
            node, targets = path[-1]
            for target in targets:
                if target not in seen:
                    seen.add(target)
                    path.append((target, iter(onward[target])))
                    break
            else:
                left.append(node)
                path.pop()
    return left
