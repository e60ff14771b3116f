"""Failures the user can do something about: one clear message, exit code 2, no traceback."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click

from policygraph.cli.terminal import plain

EXIT_FINDINGS = 1
EXIT_WRONG_USE = 2


class Refusal(click.ClickException):
    """Wrong use, broken settings, or a file that cannot be read or written."""

    exit_code = EXIT_WRONG_USE

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message."""
        head = click.style("policygraph:", fg="red", bold=True)
        click.echo(f"{head} {plain(self.message)}", file=file, err=file is None)


class Stopped(Refusal):
    """Work that was stopped by what it found."""

    exit_code = EXIT_FINDINGS


@contextmanager
def translated() -> Iterator[None]:
    """Turn what can go wrong outside this program into a refusal."""
    from policygraph.reading.git import GitError
    from policygraph.reading.moment import MomentError
    from policygraph.settings import SettingsError

    try:
        yield
    except SettingsError as error:
        place = error.place
        where = f"{_near(place.file)}:{place.line}:{place.column}: " if place else ""
        raise Refusal(f"{where}{error.message}") from None
    except (MomentError, GitError) as error:
        text = str(error)
        raise Refusal(text if text.endswith(".") else f"{text[:1].upper()}{text[1:]}.") from None
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Refusal(_reason(error)) from None


def _near(file: str) -> str:
    """A file's path from here, where it lies below."""
    try:
        return Path(file).relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return file


def _reason(error: OSError) -> str:
    reason = error.strerror or str(error) or type(error).__name__
    name = error.filename
    if name is None:
        return f"{reason}."
    text = os.fsdecode(name) if isinstance(name, str | bytes) else str(name)
    return f"{_near(text)}: {reason}."
