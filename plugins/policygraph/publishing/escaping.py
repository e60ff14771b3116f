"""Everything hostile stops here: text made safe for HTML, for Markdown, for titles and for links."""

from __future__ import annotations

import html
import json
import re
from posixpath import normpath
from urllib.parse import urlsplit

from markupsafe import Markup, escape

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_BRACE_IN_HTML = Markup("&#123;")
_IN_HTML = {"{": "&#123;", "\n": "&#10;", "\r": "", "\t": " "}
_NEEDS_CARE = re.compile(r"[{\n\r\t]")
_PUNCTUATION = re.compile(r"[!\"#$%&'*+:;<=>?@\[\\\]^_`{|}~]|(?<=-)-|^[-.]|(?<=\d)[.)]")
_MARKUP = re.compile(r"[\\`*\[\]<>|~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|(?<!\w)#(?=\s|#|$)|!(?=\[)|^[-+=]")
_NUMBERED = re.compile(r"^(\d+)([.)])")
_SPACE = re.compile(r"\s+")
_BRACE = re.compile(r"\{(?=[{%#])")
_ENTITY = re.compile(r"&(?=#|\w+;|(?i:lt|gt|quot|amp))")
_LOOKALIKES = str.maketrans({"<": "‹", ">": "›", '"': "”", "'": "’"})
_ADDRESS = re.compile(r"[^@\s/:?#<>\"]+@[^@\s/:?#<>\"]+\.[^@\s/:?#<>\".]+")
_HOST = re.compile(r"[\w.\-\[\]:%]+", re.ASCII)


def html_text(value: object) -> Markup:
    """Return a value as HTML text on one line, fit for content and for quoted attributes.

    A line break becomes a character reference, since a blank line would end an HTML block; a brace too,
    since other plugins of a site read `{{` before we are rendered.
    """
    if isinstance(value, Markup):
        return value
    text = value if isinstance(value, str) else str(value)
    if text.isprintable():
        safe = escape(text)
        # Asked of every value of every page, so what is usual comes first.
        return safe if "{" not in text else Markup(safe.replace("{", _BRACE_IN_HTML))  # noqa: S704 - escaped
    safe = escape(_CONTROL.sub("", text))
    return Markup(_NEEDS_CARE.sub(lambda m: _IN_HTML[m.group()], str(safe)))  # noqa: S704 - escaped


def markdown_text(value: str) -> Markup:
    """Return text for a Markdown heading or paragraph in which nothing is markup, neither HTML nor Markdown."""
    line = _SPACE.sub(" ", _CONTROL.sub("", value)).strip()
    return Markup(_PUNCTUATION.sub(lambda m: f"&#{ord(m.group())};", line))  # noqa: S704 - escaped here


def readable_markdown(value: str) -> str:
    """Return text for Markdown that is also read as it stands: a backslash only before what would be markup."""
    line = _SPACE.sub(" ", _CONTROL.sub("", value)).strip()
    return _NUMBERED.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", line))


def title_text(value: str) -> str:
    """Return a title for front matter and navigation.

    Engines print titles unescaped, escaped, or unescaped after stripping tags, so nothing may be left in it
    that any of these could take for markup: what could, gives way to its typographic likeness.
    """
    line = _SPACE.sub(" ", _CONTROL.sub("", value)).strip().translate(_LOOKALIKES)
    line = _BRACE.sub("{ ", line)
    if html.unescape(line) != line:
        line = _ENTITY.sub("＆", line)
    return line


def yaml_text(value: str) -> str:
    """Return a one-line string quoted for YAML."""
    return json.dumps(title_text(value), ensure_ascii=False)


def script_json(data: object) -> str:
    """JSON that may also stand inside a script element."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def shortened(text: str, limit: int = 180) -> str:
    """Return the text, cut at a word with an ellipsis where it is longer than `limit`."""
    text = _SPACE.sub(" ", text).strip()
    if len(text) <= limit:
        return text
    cut = text.rfind(" ", limit // 2, limit)
    return text[: cut if cut > 0 else limit].rstrip(" ,;:–-") + " …"


def safe_url(value: str) -> str | None:
    """Return what a pointer typed by an author may link to: a web page, a mail address, a path of this host.

    None where it is anything else, such as the name of a cabinet.
    """
    text = value.strip()
    if not text or any(c.isspace() or ord(c) < 32 or c == "\\" for c in text):
        return None
    if _ADDRESS.fullmatch(text):
        return f"mailto:{text}"
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme in ("http", "https"):
        return text if _HOST.fullmatch(parts.netloc.rpartition("@")[2]) else None
    if scheme == "mailto":
        return text if _ADDRESS.match(parts.path) else None
    return text if not scheme and text.startswith("/") and not text.startswith("//") else None


def relative_file(value: str, folder: str) -> str | None:
    """Return the path from the project's root that `./x.md` or `../x.md` means in `folder`, if it is such."""
    text = value.strip()
    if not text.startswith(("./", "../")) or any(c.isspace() or c in "?#\\" for c in text):
        return None
    path = normpath(f"{folder}/{text}")
    return None if path.startswith("..") else path
