"""Write a handbook of N documents: about 250 words and five references each, the same for the same seed.

With `--revisions R` each document gets a history of R states in a git repository, five documents a commit.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

WORDS = (
    "access account agree answer approve archive assess ask assign audit backup board build change check "
    "choose clear close collect contract control copy customer data decide delete deploy describe design "
    "document draft employee evidence explain feature find follow form group handle help host improve inform "
    "keep key know label lead learn limit list log manager mark measure meet member model monitor move name "
    "need note notice office open order owner own part pass people person place plan point problem process "
    "product project protect question read reason record release remove report request result review risk "
    "role rule run save schedule score secure send service share show sign software staff start state step "
    "stop store supplier support system table task team test text tool train update use user value version "
    "visit wait warn week work write year"
).split()
TOPICS = (
    "Access Backup Change Cloud Conduct Contract Credit Data Device Email Energy Expense Facility Fraud Hiring "
    "Identity Incident Inventory Key Laptop Licence Log Mail Model Network Office Patch Payment Privacy Project "
    "Recovery Release Remote Retention Risk Safety Security Sourcing Storage Supplier Tax Test Training Travel "
    "Vendor Visitor"
).split()
QUALITIES = "annual central common daily external general global internal joint local minor monthly regional shared".split()
TYPES = ("policy", "procedure", "standard", "plan")
RELATIONS = ("depends on", "implements", "references", "see also")
CLAUSES = (
    "iso-42001:4.1",
    "iso-42001:6.1.2",
    "iso-42001:7.2",
    "iso-42001:A.5.2",
    "iso-42001:A.7.4",
    "iso-42001:9.1",
)
AREAS = 10
BATCH = 5

SETTINGS = """\
name: Benchmark handbook
organisation: Benchmark
frameworks: [iso-42001]
"""

ORGANISATION = """\
roles:
  risk-manager: {title: Risk manager, holders: ["A. Person"]}
  head-of-data: {title: Head of data, holders: ["B. Person"]}
audiences:
  everyone: {title: Everyone}
"""

MKDOCS = """\
site_name: Benchmark handbook
docs_dir: docs
theme: {name: material, font: false, features: [navigation.prune]}
plugins: [search, policygraph]
markdown_extensions: [attr_list, tables, footnotes, toc: {permalink: true}]
"""


def sentence(rng: random.Random, length: int) -> str:
    """A sentence of plain words."""
    words = [rng.choice(WORDS) for _ in range(length)]
    return " ".join(words).capitalize() + "."


def document(number: int, count: int, rng: random.Random) -> tuple[str, str]:
    """The path and the text of one document."""
    area = number % AREAS
    kind = rng.choice(TYPES)
    title = f"{rng.choice(QUALITIES).capitalize()} {rng.choice(TOPICS).lower()} {kind} {number}"
    targets = rng.sample(range(count), k=min(5, count - 1) + 1)
    targets = [target for target in targets if target != number][:5]
    declared = targets[:3]
    lines = [
        "---",
        f"id: P-{number:04d}",
        f"title: {title}",
        f"type: {kind}",
        f"owner: {rng.choice(('risk-manager', 'head-of-data'))}",
        f"summary: {sentence(rng, 12)}",
        f'satisfies: ["{rng.choice(CLAUSES)}"]',
        "references:",
    ]
    for target in declared:
        # References to lower numbers rely, so that the graph has no circles.
        relation = rng.choice(RELATIONS[:2]) if target < number else rng.choice(RELATIONS[2:])
        lines += [
            f"  - to: P-{target:04d}",
            f"    relation: {relation}",
            f'    because: "{sentence(rng, 8)}"',
        ]
    lines += ["---", f"# {title}", "", sentence(rng, 14), ""]
    for section, chosen in enumerate((targets[:2], targets[2:4], targets[4:])):
        lines += [f"## {rng.choice(TOPICS)} {section + 1}", ""]
        for _ in range(2):
            lines += [f"{sentence(rng, 13)} You must {sentence(rng, 9).lower()} {sentence(rng, 11)}", ""]
        for target in chosen:
            lines += [
                f"- Before you {rng.choice(WORDS)}, follow [[P-{target:04d}|the {rng.choice(WORDS)} rules]] here."
            ]
        lines.append("")
    return f"area-{area:02d}/p-{number:04d}.md", "\n".join(lines)


def earlier(text: str, age: int, rng: random.Random) -> str:
    """A text as it was some revisions ago: a few sentences said something else, so that most is alike."""
    lines = text.split("\n")
    body = [number for number, line in enumerate(lines) if line.endswith(".") and " You must " in line]
    for number in rng.sample(body, k=min(len(body), 1 + age % 3)):
        lines[number] = f"{sentence(rng, 13)} You must {sentence(rng, 9).lower()} {sentence(rng, 11)}"
    return "\n".join(lines)


def commits(texts: dict[str, str], others: dict[str, str], revisions: int, seed: int) -> Iterator[bytes]:
    """The history as `git fast-import` reads it."""
    rng = random.Random(seed)
    names = sorted(texts)
    rounds = [
        (age, names[at : at + BATCH])
        for age in reversed(range(revisions))
        for at in range(0, len(names), BATCH)
    ]
    start = dt.datetime(2020, 1, 6, 9, tzinfo=dt.UTC)
    step = dt.timedelta(days=2000) / max(len(rounds), 1)
    for number, (age, batch) in enumerate(rounds):
        person = f"{rng.choice(('A. Person', 'B. Person'))} <person@example.org>"
        when = int((start + number * step).timestamp())
        message = f"{sentence(rng, 6)} (#{number + 1})".encode()
        yield b"commit refs/heads/main\ncommitter %s %d +0000\n" % (person.encode(), when)
        yield b"data %d\n%s\n" % (len(message), message)
        changed = {name: earlier(texts[name], age, rng) if age else texts[name] for name in batch}
        for name, text in {**(others if number == 0 else {}), **changed}.items():
            data = text.encode()
            yield b"M 100644 inline %s\ndata %d\n%s\n" % (name.encode(), len(data), data)


def keep_history(folder: Path, texts: dict[str, str], revisions: int, seed: int) -> None:
    """Make a repository of the project, with `revisions` states of each document; the last is the one on disk."""
    names = ("mkdocs.yml", "policies/handbook.yml", "policies/registers/organisation.yml")
    others = {name: (folder / name).read_text(encoding="utf-8") for name in names}
    subprocess.run(["git", "init", "--quiet", "--initial-branch", "main"], cwd=folder, check=True)
    with subprocess.Popen(
        ["git", "fast-import", "--quiet", "--date-format=raw"], cwd=folder, stdin=subprocess.PIPE
    ) as git:
        assert git.stdin is not None
        git.stdin.writelines(commits(texts, others, revisions, seed))
    assert git.returncode == 0
    subprocess.run(["git", "reset", "--quiet"], cwd=folder, check=True)


def generate(folder: Path, count: int, seed: int = 42001, revisions: int = 0) -> None:
    """Write a project with `count` documents into `folder`; with `revisions`, also its history."""
    rng = random.Random(seed)
    policies = folder / "policies"
    texts = {}
    for number in range(count):
        path, text = document(number, count, rng)
        texts[f"policies/{path}"] = text
        file = policies / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (policies / "registers").mkdir(exist_ok=True)
    (policies / "registers" / "organisation.yml").write_text(ORGANISATION, encoding="utf-8")
    (policies / "handbook.yml").write_text(SETTINGS, encoding="utf-8")
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    if revisions:
        keep_history(folder, texts, revisions, seed)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=42001)
    parser.add_argument("--revisions", type=int, default=0, help="states of each document in git")
    arguments = parser.parse_args()
    generate(arguments.folder, arguments.count, arguments.seed, arguments.revisions)
