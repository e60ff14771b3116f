"""A redline in a comment: only the passages that changed, the words removed struck out and the words added underlined."""

from __future__ import annotations

from policygraph.judging.comparison import DocumentChange
from policygraph.publishing.comment_text import comment_text
from policygraph.publishing.paragraphs import ParagraphKind
from policygraph.publishing.redline import Block, FieldChange, Run, RunKind, redline

MOST_OF_A_REDLINE = 6_000
"""Characters of changed text for one document; what is left out is counted."""


def redline_lines(change: DocumentChange) -> list[str]:
    """A redline as quoted lines, one a passage. GitHub and GitLab both show `<del>` and `<ins>`."""
    found = redline(change.before.text, change.after.text, MOST_OF_A_REDLINE)
    lines = [_field(field) for field in found.fields]
    lines += [_block(block) for block in found.blocks if not block.folded]
    if found.left_out:
        lines.append(f"> … and {found.left_out} more passages changed")
    return lines


def _field(field: FieldChange) -> str:
    old = _deleted(", ".join(field.old)) if field.old else ""
    new = _inserted(", ".join(field.new)) if field.new else ""
    return f"> **{comment_text(field.name)}:** {' '.join(filter(None, (old, new)))}"


def _block(block: Block) -> str:
    text = "".join(f"{' ' if run.before else ''}{_run(run)}" for run in block.runs).strip()
    if block.kind is ParagraphKind.HEADING:
        return f"> **{text}**"
    return f"> • {text}" if block.kind is ParagraphKind.ITEM else f"> {text}"


def _run(run: Run) -> str:
    if run.kind is RunKind.REMOVED:
        return _deleted(run.text)
    if run.kind is RunKind.ADDED:
        return _inserted(run.text)
    return f"[… {comment_text(run.text)} …]" if run.kind is RunKind.FOLDED else _text(run.text)


def _deleted(text: str) -> str:
    return f"<del>{_text(text)}</del>"


def _inserted(text: str) -> str:
    return f"<ins>{_text(text)}</ins>"


def _text(text: str) -> str:
    return comment_text(text, MOST_OF_A_REDLINE)
