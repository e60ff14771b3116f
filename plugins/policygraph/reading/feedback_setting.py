"""`feedback` in handbook.yml: how a reader tells the owner that a passage is no longer true."""

from __future__ import annotations

import re

from policygraph.reading.values import Reader, nearest
from policygraph.reading.yaml_tree import Node, Scalar
from policygraph.settings import FEEDBACK_WORDS, OWNER, Feedback, FeedbackKind

MAIL_ADDRESS = re.compile(r"[\w.!#$%&'*+/=^`|~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
WEB_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:[/?](?:[\w.~%!$&'()*+,;=:@/?-]|\{[a-z]+\})*)?", re.ASCII
)
_BRACES = re.compile(r"\{([a-z]+)\}")
_HOW = (
    "Write 'mail: owner', 'mail:' with an address, or 'issue:' or 'form:' with an address such as "
    '"https://code.example.org/new?title={title}&body={body}".'
)


def feedback_setting(reader: Reader, node: Node | None) -> Feedback:
    """Read the setting; what is wrong with it is reported."""
    if isinstance(node, Scalar) and not node.empty:
        if node.text.lower() not in ("none", "off", "false", "no"):
            reader.report(node.place, f"'feedback' is '{node.text}', which says no way.", mend=_HOW)
        return Feedback(FeedbackKind.NONE, "")
    table = reader.table(node, "feedback")
    if table is None:
        return Feedback()
    kinds = [kind.value for kind in FeedbackKind if kind is not FeedbackKind.NONE]
    found = reader.keys(table, kinds, "'feedback'")
    if len(found) != 1:
        if found or not table.entries:
            words = "several ways" if found else "no way"
            reader.report(
                table.place, f"'feedback' says {words}, and a link can lead to one place.", mend=_HOW
            )
        return Feedback()
    ((name, (_, value)),) = found.items()
    kind = FeedbackKind(name)
    text = reader.text(value, name)
    if text is None:
        reader.report(value.place, f"'{name}' is empty.", mend=_HOW)
        return Feedback()
    if kind is FeedbackKind.MAIL:
        if text.lower() == OWNER:
            return Feedback()
        if not MAIL_ADDRESS.fullmatch(text):
            reader.report(value.place, f"'{text}' is no mail address, and not the word 'owner'.", mend=_HOW)
        return Feedback(kind, text)
    if not WEB_ADDRESS.fullmatch(text):
        reader.report(
            value.place,
            f"'{name}' is '{text}', but must be a web address that begins with https:// or http://.",
            mend=_HOW,
        )
    for word in _BRACES.findall(text):
        if word not in FEEDBACK_WORDS:
            reader.report(
                value.place,
                f"'{name}' asks for '{{{word}}}'; there is {', '.join(f'{{{w}}}' for w in FEEDBACK_WORDS)}.",
                suggestion=nearest(word, FEEDBACK_WORDS),
            )
    return Feedback(kind, text)
