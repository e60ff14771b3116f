"""Text for a comment on a code host, where more than Markdown has a meaning.

A name after an at sign calls a person, a number after a hash links another discussion and notifies it, an address
becomes a link, and a line that begins with a slash is an order. None of this may come from a text under review.
"""

from __future__ import annotations

import re

from policygraph.publishing.escaping import html_text, readable_markdown, shortened

MOST_OF_A_VALUE = 400
"""Characters of one title, sentence or message."""

_BREAK = "&#8203;"
"""A space without width, which the host does not show, and which keeps it from seeing a name or a number."""

_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_CALL = re.compile(
    r"@(?=[\w\\])"  # @somebody, @team/name
    r"|(?<!&)#(?=\w)"  # #12
    r"|[!%~^](?=[\w\"\\])"  # !12, %milestone, ~label
    r"|&(?=\d)"  # &12
    r"|\bGH(?=-\d)|\bgh(?=-\d)"
    r"|:(?=//)|\bwww(?=\.)"  # addresses
    r"|\[(?=\w+:)"  # [issue:12]
)
_DOLLAR = re.compile(r"\$")


def comment_text(value: str, most: int = MOST_OF_A_VALUE) -> str:
    """Return text for Markdown in a comment: no markup, no name that calls anybody, no order, no live address."""
    return defused(readable_markdown(shortened(_UNSEEN.sub("", value), most)))


def defused(markdown: str) -> str:
    """Return Markdown that is ours but holds words of others, with every call and address in it broken."""
    return _DOLLAR.sub("&#36;", _CALL.sub(lambda m: f"{m.group()}{_BREAK}", _UNSEEN.sub("", markdown)))


def comment_html(value: str, most: int = MOST_OF_A_VALUE) -> str:
    """Return text for an HTML element in a comment, such as the line of a folded part."""
    escaped = str(html_text(shortened(_UNSEEN.sub("", value), most)))
    return _DOLLAR.sub("&#36;", _CALL.sub(lambda m: f"{m.group()}{_BREAK}", escaped))


def code_text(value: str, most: int = 200) -> str:
    """Return text for a span of code: hosts look for no names in it, and nothing in it can end it."""
    return shortened(_CONTROL.sub("", _UNSEEN.sub("", value)), most).replace("`", "'")


def fenced(text: str, language: str = "") -> str:
    """Return text as a block of code that nothing in it can end."""
    text = _CONTROL.sub("", _UNSEEN.sub("", text))
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"
