"""'Is this still true?': the link by which a reader tells the owner, with the passage quoted."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from policygraph.model.document import Document
from policygraph.publishing.escaping import safe_url, shortened
from policygraph.publishing.index import Index
from policygraph.settings import OWNER, Feedback, FeedbackKind
from policygraph.words import _

PASSAGE = "~passage~"
ANCHOR = "~anchor~"
ADDRESS = "~address~"
"""What the page's script puts a passage, its anchor and, where the settings know none, the page's address in
the place of; made of signs that stay as they are in a link."""
_LONGEST_TITLE = 160


@dataclass(frozen=True, slots=True)
class StillTrue:
    """The link: for the document as a whole, and `pattern` for one passage of it. `whom` it tells, in words."""

    href: str
    pattern: str
    whom: str


def still_true(
    index: Index, document: Document, asked: Document, whom: str, contact: str
) -> StillTrue | None:
    """The link below a document; None where nobody can be told.

    `asked` is the document that counts, where `document` is a translation of it; `contact` is how to
    reach its owner, who is `whom` in words. What was true once is nobody's question.
    """
    feedback = index.handbook.settings.feedback
    if feedback.kind is FeedbackKind.NONE or index.handbook.history.moment is not None:
        return None
    to = contact if feedback.to == OWNER else feedback.to
    if feedback.kind is FeedbackKind.MAIL and not (safe_url(to) or "").startswith("mailto:"):
        return None
    page = index.web_address(index.pages[document.path])
    told = whom if feedback.kind is FeedbackKind.MAIL and feedback.to == OWNER else ""
    title = shortened(document.title, _LONGEST_TITLE)
    name = f"{asked.id} {title}".replace("~", "-")
    return StillTrue(
        _href(feedback, to, asked.id, title, name, page, ""),
        _href(feedback, to, asked.id, title, name, f"{page}#{ANCHOR}" if page else ADDRESS, PASSAGE),
        told,
    )


def _href(feedback: Feedback, to: str, id: str, title: str, name: str, url: str, passage: str) -> str:
    quoted = f"> {passage}" if passage else ""
    asked = _("Is this still true? What has changed:") + "\r\n"
    subject = _("Is this still true? %(name)s", name=name)
    body = "\r\n\r\n".join(part for part in (name, quoted, url, asked) if part)
    if feedback.kind is FeedbackKind.MAIL:
        address = (safe_url(to) or "").removeprefix("mailto:").partition("?")[0]
        return f"mailto:{quote(address, safe='@,')}?subject={_value(subject)}&body={_value(body)}"
    values = {"id": id, "title": subject, "url": url, "passage": passage, "body": body}
    href = to
    for word, value in values.items():
        href = href.replace(f"{{{word}}}", _value(value))
    return href


def _value(text: str) -> str:
    return quote(text.encode("utf-8", "replace"), safe="~")
