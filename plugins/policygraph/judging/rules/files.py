"""Rules about files and front matter: what could not be read as it was meant."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.judging.case import Case
from policygraph.judging.rule import Trouble, reported, rule
from policygraph.model.finding import Severity
from policygraph.model.problem import ProblemKind


@rule("PG101", "unreadable-file", Severity.ERROR)
def unreadable_file(case: Case) -> Iterator[Trouble]:
    """A file of the handbook cannot be read, or only in part.

    Why it matters:
        A document that is not read is missing from every register, and an auditor will not find it.

    Example:
        A file saved in an old Windows encoding, or one without read permission.

    Remedy:
        Save the file as UTF-8 text and make sure that it can be read.
    """
    yield from reported(case, ProblemKind.UNREADABLE_FILE)


@rule("PG102", "file-too-large", Severity.ERROR)
def file_too_large(case: Case) -> Iterator[Trouble]:
    """A file is too large to be a policy and is not read.

    Why it matters:
        Nobody reads a policy of two megabytes; most likely something else has been saved under this name.

    Example:
        A spreadsheet export with the suffix .md.

    Remedy:
        Split the document, or keep the data elsewhere and link to it.
    """
    yield from reported(case, ProblemKind.FILE_TOO_LARGE)


@rule("PG103", "leads-outside", Severity.ERROR)
def leads_outside(case: Case) -> Iterator[Trouble]:
    """A symbolic link in the handbook leads to something outside it.

    Why it matters:
        What lies outside the handbook has no history here and may be private.

    Example:
        `policies/secret.md`, a link to a file in somebody's home folder.

    Remedy:
        Move the file into the handbook, or take the link away.
    """
    yield from reported(case, ProblemKind.LEADS_OUTSIDE)


@rule("PG104", "unsafe-name", Severity.ERROR)
def unsafe_name(case: Case) -> Iterator[Trouble]:
    """A file name holds characters that cannot be part of a link.

    Why it matters:
        The document could not be linked to, so it is not published.

    Example:
        A line break in a file name.

    Remedy:
        Rename the file: letters, digits, hyphens and dots.
    """
    yield from reported(case, ProblemKind.UNSAFE_NAME)


@rule("PG105", "broken-front-matter", Severity.ERROR)
def broken_front_matter(case: Case) -> Iterator[Trouble]:
    """The facts at the top of a document (its front matter) cannot be read; the text below them still is.

    Why it matters:
        Without front matter a document has no owner, no references and answers no clause.

    Example:
        ```yaml
        because: Results: see the report
        ```

    Remedy:
        Put the value that causes the trouble in double quotes, and close the block with a line '---'.
    """
    yield from reported(case, ProblemKind.BROKEN_FRONT_MATTER)


@rule("PG106", "missing-opening-fence", Severity.WARNING)
def missing_opening_fence(case: Case) -> Iterator[Trouble]:
    """The line '---' above the facts at the top of a document (its front matter) is missing. They are read all the same.

    Why it matters:
        Code hosts and other tools take the keys for text and print them.

    Example:
        ```yaml
        title: Access control policy
        ---
        ```

    Remedy:
        Put a line with '---' at the very top of the file.
    """
    yield from reported(case, ProblemKind.MISSING_FENCE)


@rule("PG107", "duplicate-key", Severity.ERROR)
def duplicate_key(case: Case) -> Iterator[Trouble]:
    """A key, such as `owner:`, stands twice in the same place; the first one counts.

    Why it matters:
        The author believes one value and the register shows the other.

    Example:
        ```yaml
        owner: risk-manager
        owner: head-of-data
        ```

    Remedy:
        Delete one of the two.
    """
    yield from reported(case, ProblemKind.DUPLICATE_KEY)


@rule("PG108", "invalid-value", Severity.ERROR)
def invalid_value(case: Case) -> Iterator[Trouble]:
    """A value is not of the kind its key needs.

    Why it matters:
        A date that is no date cannot be checked, and a status that nobody knows says nothing.

    Example:
        ```yaml
        effective: 2026-30-01
        ```

    Remedy:
        Write the value in the form that the message names.
    """
    yield from reported(case, ProblemKind.INVALID_VALUE)


@rule("PG109", "value-cut-short", Severity.ERROR)
def value_cut_short(case: Case) -> Iterator[Trouble]:
    """A text in the front matter or a register ends too soon: at a comma within braces, or at a '#'.

    Why it matters:
        A reason that ends in mid-sentence convinces nobody, and its author never notices.

    Example:
        ```yaml
        - {to: AI-08, because: Impact results, set the severity}
        ```

    Remedy:
        Put the text in double quotes, on a line of its own.
    """
    yield from reported(case, ProblemKind.CUT_SHORT)


@rule("PG110", "invalid-id", Severity.ERROR)
def invalid_id(case: Case) -> Iterator[Trouble]:
    """An id holds characters that an id cannot have; the file's name is used instead.

    Why it matters:
        Ids become addresses, so they must be plain and stay the same.

    Example:
        ```yaml
        id: AI/06 risk
        ```

    Remedy:
        Use letters, digits, dots, hyphens and underscores, beginning with a letter or digit.
    """
    yield from reported(case, ProblemKind.INVALID_ID)


@rule("PG111", "unknown-key", Severity.INFO)
def unknown_key(case: Case) -> Iterator[Trouble]:
    """A key at the top of a document (in its front matter) means nothing here. It is kept and shown on the audit sheet.

    Why it matters:
        A mistyped key loses what it was meant to say.

    Example:
        ```yaml
        onwer: risk-manager
        ```

    Remedy:
        Correct the key; if another tool needs it, list it under `ignore_keys` in handbook.yml.
    """
    yield from reported(case, ProblemKind.UNKNOWN_KEY)


@rule("PG112", "active-content", Severity.ERROR)
def active_content(case: Case) -> Iterator[Trouble]:
    """A document holds HTML that would run something in the reader's browser. It is published as text.

    Why it matters:
        A handbook is read by everybody and changed by pull request: it must not be a way into a browser.

    Example:
        `<script>`, `<iframe>`, or an `onclick=` in a tag.

    Remedy:
        Take the tag out, or write it as code between backticks if the text is about it.
    """
    yield from reported(case, ProblemKind.ACTIVE_CONTENT)
