"""The text of a new document: its front matter, and questions that a reader of the page never sees."""

from __future__ import annotations

from policygraph.cli.starting.yaml_values import typed
from policygraph.model.document import Status
from policygraph.publishing.escaping import readable_markdown
from policygraph.reading.values import nearest
from policygraph.settings import Settings

_QUESTIONS = {
    "policy": (
        "What is the rule, and for whom does it hold?",
        'Who must do what, and by when? Write "The owner must …", not "It must be …".',
        "What may nobody do? Is there an exception, and who may allow it?",
        "Whom does a reader ask?",
    ),
    "procedure": (
        "What is done here, when, and by whom?",
        "What are the steps, in order? A numbered list, one step a line.",
        "What if a step fails? Who is told?",
        "What is written down, and where is it kept?",
    ),
    "standard": (
        "For what does this standard hold?",
        "What must each thing have or be, so that somebody else can test it? Numbers and limits.",
        "Who may allow less, and for how long?",
    ),
    "plan": (
        "What is to be reached, and by when?",
        "Who does what, with which money and people?",
        "How will you see that it has worked?",
    ),
    "guideline": (
        "Whom does this help, and with what?",
        "What works well? Give an example.",
        "What goes wrong often?",
    ),
    "declaration": (
        "What do you declare, to whom?",
        "For what does it hold, and for what not?",
    ),
}
_NOTE = "Answers to these questions make a good start. Nobody sees this note on the page; delete it when you are done."


def document_text(settings: Settings, title: str, type: str, id: str | None, owner: str, area: str) -> str:
    """The new document, with its keys named as this handbook names them. What is empty is left out or asked for."""
    values = {
        "id": _without_prefix(settings, id) if id is not None else None,
        "title": typed(title),
        "type": typed(type),
        "status": typed(_draft(settings)),
        "area": typed(area) if area else None,
        "owner": typed(owner) if owner else "",
        "summary": "",
        "why": "",
    }
    lines = [
        f"{settings.sources_of(field)[0].key}: {value}".rstrip()
        for field, value in values.items()
        if value is not None
    ]
    front = "\n".join(lines)
    questions = "\n".join(f"- {question}" for question in _QUESTIONS.get(type, _QUESTIONS["policy"]))
    return f"---\n{front}\n---\n# {readable_markdown(title)}\n\n<!--\n{_NOTE}\n\n{questions}\n-->\n"


def _without_prefix(settings: Settings, id: str) -> str:
    prefix = settings.sources_of("id")[0].prefix
    bare = id[len(prefix) :] if prefix and id.casefold().startswith(prefix.casefold()) else id
    return typed(bare)


def _draft(settings: Settings) -> str:
    """The word for a draft that this handbook uses."""
    words = [word for word, status in settings.statuses.items() if status is Status.DRAFT]
    near = nearest(Status.DRAFT.value, words)
    return near or (words[0] if words else Status.DRAFT.value)
