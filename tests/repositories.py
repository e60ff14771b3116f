"""Real git repositories for tests: fixed people, fixed dates, nothing of this machine's configuration."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from builders import Files, write

ANNE = "Anne Author <anne@example.org>"
BOB = "Bob Builder <bob@example.org>"


class Repo:
    """A repository in a folder. Every commit is dated; days are midday in UTC."""

    def __init__(self, folder: Path, branch: str = "main") -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch", branch)

    def git(self, *arguments: str | bytes, data: bytes = b"", **environment: str) -> str:
        """Run git and return what it prints."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        identity = {
            "GIT_AUTHOR_NAME": "Anne Author",
            "GIT_AUTHOR_EMAIL": "anne@example.org",
            "GIT_COMMITTER_NAME": "Anne Author",
            "GIT_COMMITTER_EMAIL": "anne@example.org",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        options = (
            "-c",
            "commit.gpgSign=false",
            "-c",
            "core.autocrlf=false",
            "-c",
            "protocol.file.allow=always",
        )
        done = subprocess.run(
            ["git", *options, *arguments],
            cwd=self.folder,
            input=data,
            capture_output=True,
            env={**kept, **identity, **environment},
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        return done.stdout.decode("utf-8", "replace").strip()

    def write(self, files: Files) -> None:
        """Write files without committing them."""
        write(self.folder, files)

    def commit(
        self,
        day: str,
        files: Files | None = None,
        message: str | bytes = "Change",
        *,
        author: str = ANNE,
        committer: str = ANNE,
        remove: tuple[str, ...] = (),
        move: dict[str, str] | None = None,
    ) -> str:
        """Commit changes and return the commit's id. `day` is a date, or a time as git reads it."""
        for old, new in (move or {}).items():
            (self.folder / new).parent.mkdir(parents=True, exist_ok=True)
            self.git("mv", "-f", old, new)
        for name in remove:
            self.git("rm", "--quiet", name)
        self.write(files or {})
        self.git("add", "--all")
        text = message if isinstance(message, bytes) else message.encode()
        self.git(
            "commit", "--quiet", "--allow-empty", "--file=-", data=text, **_people(author, committer, day)
        )
        return self.head()

    def merge(
        self, day: str, branch: str, message: str = "", *, author: str = ANNE, committer: str = ANNE
    ) -> str:
        """Merge a branch with a merge commit."""
        self.git(
            *("merge", "--quiet", "--no-ff", branch, "-m", message or f"Merge branch '{branch}'"),
            **_people(author, committer, day),
        )
        return self.head()

    def branch(self, name: str) -> None:
        """Make a branch here and go to it."""
        self.git("switch", "--quiet", "--create", name)

    def switch(self, name: str) -> None:
        """Go to a branch."""
        self.git("switch", "--quiet", name)

    def head(self) -> str:
        """The id of the commit that is checked out."""
        return self.git("rev-parse", "HEAD")

    def raw_commit(self, headers: bytes, message: bytes) -> str:
        """Store a commit as it stands, however odd, with HEAD's tree and parent, and go to it."""
        tree = self.git("rev-parse", "HEAD^{tree}").encode()
        data = b"tree %s\nparent %s\n%s\n%s" % (tree, self.head().encode(), headers, message)
        id = self.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", data=data)
        self.git("reset", "--quiet", "--hard", id)
        return id


def _people(author: str, committer: str, day: str) -> dict[str, str]:
    when = f"{day}T12:00:00+0000" if len(day) == 10 else day
    people = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    for who, person in (("AUTHOR", author), ("COMMITTER", committer)):
        name, _, address = person.partition(" <")
        people |= {f"GIT_{who}_NAME": name, f"GIT_{who}_EMAIL": address.rstrip(">")}
    return people
