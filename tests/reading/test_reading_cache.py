"""What is kept in the user's cache folder changes nothing but the time that reading takes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zlib
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from test_scan_properties import ANY_TEXT, MARKDOWN

from bakery import make
from builders import TODAY, source, write
from policygraph.judging.judge import judge
from policygraph.model.change import Change, ChangeKind, Phrase, Quote, QuotedWord
from policygraph.model.history import History, Keeping
from policygraph.publishing.publication import Publication, SiteStyle
from policygraph.publishing.site import publish
from policygraph.reading import git_answers, handbook_files, history, store
from policygraph.reading.comparisons import Comparisons
from policygraph.reading.files import locate
from policygraph.reading.git import Blob, Repository
from policygraph.reading.handbook_files import load_settings, read_document, read_handbook
from policygraph.reading.history import read_history
from policygraph.reading.history_log import Change as LogChange
from policygraph.reading.history_log import Entry, moment
from policygraph.reading.readings import NOT_OF_READING, Readings, readings_of
from policygraph.reading.settings_file import read_settings
from policygraph.reading.sources import DocumentSource, Sources
from policygraph.reading.store import VARIABLE, Store, store_of
from policygraph.resolving.resolve import resolve
from policygraph.settings import Settings

ROOT = Path(__file__).parents[2]
quick = hypothesis_settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
KEYS = st.sampled_from(
    """\
id: AI-1
title: "Risk: \\U0001F600 \\ud800"
status: active
visibility: public
review_every: 6 months
review_every: 99999999999999999999999 years
effective: 2026-02-01
expires: 2025-30-01
satisfies: ["iso-42001:6.1.2", "iso-42001: 8.2"]
references: [AI-02, {to: AI-03, relation: depends on, because: "so"}]
not_related: [{to: AI-04, because: "no", decided: 2026-01-01, by: Board}]
records: [{what: Log, where: "https://x.example", every: 3 months}]
allow: [{PG201: "why"}]
replaced_by: AI-9#part
titel: wrong
aliases: [one, two]
on: off
tags: [
""".splitlines()
)
FRONT = st.lists(KEYS, max_size=8).map("\n".join)
FILES = st.one_of(
    ANY_TEXT,
    st.builds("---\n{}\n---\n{}".format, FRONT, MARKDOWN),
    st.builds("{}\n---\n{}".format, FRONT, MARKDOWN),
    MARKDOWN.map(lambda text: "\ufeff" + text.replace("\n", "\r\n")),
)
SETTINGS = read_settings(
    "language: de\nid_pattern: AI-(\\d+)\nfields: {id: number}\n", "policies/handbook.yml"
)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache's folder, empty and switched on."""
    folder = tmp_path / "cache"
    monkeypatch.setenv(VARIABLE, str(folder))
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    write(
        folder, {"policies/a.md": "---\nid: A\n---\n# A\n\nYou must see [[B]].\n", "policies/b.md": "# B\n"}
    )
    return folder


def read(project: Path) -> Sources:
    return read_handbook(locate(None, project))


def files(cache: Path) -> list[Path]:
    return sorted(cache.glob("*.entries"))


def no_reading(*_: object) -> Any:
    raise LookupError("this is not in the cache")


def keep(readings: Readings, text: str, found: DocumentSource) -> None:
    assert readings.of(text, found.path, lambda: found) is found


def knows(readings: Readings, text: str, path: str) -> bool:
    try:
        readings.of(text, path, no_reading)
    except LookupError:
        return False
    return True


class _InMemory(Store):
    """A store that is on, and has no file to write."""

    def __init__(self) -> None:
        super().__init__(Path("nowhere"))


@quick
@given(FILES, st.sampled_from([Settings(), SETTINGS]))
def test_what_is_kept_is_equal_to_what_was_read(text: str, settings: Settings) -> None:
    readings = Readings(_InMemory(), settings)
    fresh = read_document(text, "policies/a.de.md", settings)
    keep(readings, text, fresh)
    kept = readings.of(text, "policies/a.de.md", no_reading)
    assert kept == read_document(text, "policies/a.de.md", settings)
    assert repr(kept) == repr(read_document(text, "policies/a.de.md", settings))


@pytest.mark.parametrize("odd", ["\ud800", 2**70])
def test_what_the_format_cannot_hold_is_read_each_time(odd: object) -> None:
    readings = Readings(_InMemory(), Settings())
    keep(readings, "# A\n", replace(source("# A\n"), lang=odd))  # type: ignore[arg-type]
    assert not knows(readings, "# A\n", "policies/a.md")


def test_another_text_path_or_setting_is_another_reading() -> None:
    kept = _InMemory()
    keep(Readings(kept, Settings()), "# A\n", source("# A\n"))
    assert knows(Readings(kept, Settings()), "# A\n", "policies/a.md")
    assert knows(Readings(kept, Settings(rules={"PG101": None})), "# A\n", "policies/a.md")
    assert not knows(Readings(kept, Settings()), "# A \n", "policies/a.md")
    assert not knows(Readings(kept, Settings()), "# A\n", "policies/b.md")
    assert not knows(Readings(kept, Settings(language="de")), "# A\n", "policies/a.md")


def test_only_settings_that_change_nothing_are_left_out() -> None:
    known = {field.name for field in fields(Settings)}
    assert known >= NOT_OF_READING
    assert not NOT_OF_READING & {"language", "fields", "statuses", "ignore_keys", "id_patterns", "relations"}
    rich = "---\nid: A\nstatus: activ\nnumber: 3\n---\n# A\n\nYou must see [[B]] and AI-3.\n"
    for name in NOT_OF_READING:
        other = replace(Settings(), **{name: "other"})
        assert read_document(rich, "policies/a.md", other) == read_document(rich, "policies/a.md", Settings())


def test_long_patterns_that_differ_at_their_end_are_told_apart() -> None:
    kept = _InMemory()
    one, other = (Settings(id_patterns=(re.compile("x" * 400 + end),)) for end in "AB")
    keep(Readings(kept, one), "# A\n", source("# A\n"))
    assert not knows(Readings(kept, other), "# A\n", "policies/a.md")


@pytest.mark.parametrize("name", ["policies", "tests/fixtures/broken/policies"])
def test_a_whole_handbook_is_the_same_from_the_cache(
    name: str, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / name, tmp_path / "project" / "policies", symlinks=True)
    monkeypatch.setenv(VARIABLE, "off")
    afresh = read(tmp_path / "project")
    monkeypatch.setenv(VARIABLE, str(cache))
    cold = read(tmp_path / "project")
    monkeypatch.setattr(handbook_files, "read_document", no_reading)
    warm = read(tmp_path / "project")
    assert afresh == cold == warm
    assert judge(resolve(afresh), TODAY).findings == judge(resolve(warm), TODAY).findings


def test_the_published_pages_are_the_same_to_the_last_character(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path / "bakery")

    def published() -> Publication:
        history._committed.cache_clear()
        handbook = resolve(read(tmp_path / "bakery"))
        made = publish(judge(handbook, TODAY), SiteStyle("policies"))
        handbook.comparisons.save()
        return made

    monkeypatch.setenv(VARIABLE, "off")
    afresh = published()
    monkeypatch.setenv(VARIABLE, str(cache))
    assert published() == afresh
    monkeypatch.setattr(handbook_files, "read_document", no_reading)
    monkeypatch.setattr("policygraph.judging.texts.differences", no_reading)
    assert published() == afresh


def history_of(folder: Path) -> History:
    history._committed.cache_clear()
    return read_history(folder, "policies")


def test_history_is_the_same_from_the_cache_and_asks_git_for_nothing_it_knows(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = make(tmp_path / "bakery")
    monkeypatch.setenv(VARIABLE, "off")
    afresh = history_of(repo.folder)
    monkeypatch.setenv(VARIABLE, str(cache))
    assert history_of(repo.folder) == afresh
    logs, texts = watched(monkeypatch)
    assert history_of(repo.folder) == afresh
    assert (logs, texts) == ([], [])
    repo.commit("2026-10-01", {"policies/new.md": "# New\n", "src/x.py": "x"}, "One more\n\nAnd beside.")
    after = history_of(repo.folder)
    assert len(texts) == 1
    assert after.of("policies/new.md")[-1].text == "# New\n"
    assert (after.commits[-1].inside, after.commits[-1].beside) == (1, 1)
    monkeypatch.setenv(VARIABLE, "off")
    assert history_of(repo.folder) == after


def watched(monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], list[str]]:
    """The logs and the texts that git is asked for from now on."""
    logs: list[str] = []
    texts: list[str] = []
    ask, blobs = Repository.ask, Repository.blobs

    def asked(self: Repository, *arguments: str) -> bytes:
        logs.extend(
            word for word in arguments if word == "--diff-merges=first-parent" and "-1" not in arguments
        )
        return ask(self, *arguments)

    def texts_of(self: Repository, ids: list[str], most: int) -> Iterator[Blob]:
        texts.extend(ids)
        return blobs(self, ids, most)

    monkeypatch.setattr(Repository, "ask", asked)
    monkeypatch.setattr(Repository, "blobs", texts_of)
    return logs, texts


def test_a_shallow_clone_is_asked_each_time(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = make(tmp_path / "bakery")
    clone = tmp_path / "clone"
    subprocess.run(
        ["git", "clone", "-q", "--depth", "3", repo.folder.as_uri(), str(clone)],
        check=True,
        capture_output=True,
    )
    shallow = history_of(clone)
    assert shallow.keeping is Keeping.SHALLOW
    subprocess.run(["git", "-C", str(clone), "fetch", "-q", "--unshallow"], check=True, capture_output=True)
    whole = history_of(clone)
    monkeypatch.setenv(VARIABLE, "off")
    assert history_of(clone) == whole != shallow


ENTRIES = st.builds(
    Entry,
    st.text(max_size=5),
    st.lists(st.text(max_size=3), max_size=2).map(tuple),
    st.integers(-(10**13), 10**13).map(str).map(moment),
    *[st.text(max_size=5)] * 5,
    st.lists(
        st.builds(
            LogChange,
            st.text(max_size=1),
            st.binary(max_size=5),
            st.none() | st.text(max_size=4),
            st.booleans(),
            st.none() | st.binary(max_size=4),
        ),
        max_size=2,
    ).map(tuple),
)


@given(st.lists(ENTRIES, max_size=3))
def test_every_log_is_kept_as_it_was_read(log: list[Entry]) -> None:
    assert git_answers._LOG.decode(msgspec.msgpack.encode(log)) == log


def test_an_edit_is_seen_and_reads_one_document(
    project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(project)
    again: list[str] = []

    def counted(text: str, path: str, *rest: object) -> DocumentSource:
        again.append(path)
        return read_document(text, path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(handbook_files, "read_document", counted)
    write(project, {"policies/b.md": "# Bee\n"})
    found = read(project)
    assert again == ["policies/b.md"]
    assert found.documents[1].scan.headings[0].text == "Bee"
    assert read(project) == found
    assert again == ["policies/b.md"]


def test_a_change_is_known_again(tmp_path: Path, cache: Path) -> None:
    quote = Quote((QuotedWord("b"), QuotedWord("b.md", link=True)))
    phrase = Phrase("%(num)s word added", (("num", "1"),), "%(num)s words added", 1)
    change = Change(
        ChangeKind.SUBSTANCE, ((phrase, Phrase("%(old)s became %(new)s", (("old", "a"), ("new", quote)))),)
    )
    one = Comparisons(tmp_path / "project")
    assert one.of("old", "new", lambda *_: change) is change
    one.save()
    assert Comparisons(tmp_path / "project").of("old", "new", no_reading) == change
    other = Change(ChangeKind.NONE)
    assert Comparisons(tmp_path / "project").of("new", "old", lambda *_: other) is other
    assert Comparisons().of("old", "new", lambda *_: other) is other


def test_it_lies_in_a_folder_and_files_of_the_user_alone(project: Path, cache: Path) -> None:
    read(project)
    assert cache.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in cache.iterdir()} == {0o600}
    assert not [*project.rglob("*.entries")]


def test_off_means_off(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv(VARIABLE, "Off")
    read(project)
    assert not (tmp_path / "xdg").exists()


@pytest.mark.skipif(os.uname().sysname != "Linux", reason="other systems have other rules")
def test_without_a_wish_it_lies_where_the_system_keeps_caches(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.delenv(VARIABLE)
    read(project)
    assert files(tmp_path / "xdg" / "policygraph")


@pytest.mark.parametrize("where", ["policies/.cache", ".", "../link"])
def test_no_cache_is_taken_from_the_repository(
    project: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / ".git").mkdir()
    (project.parent / "link").symlink_to(project / "policies")
    monkeypatch.setenv(VARIABLE, str(project / where))
    read(project)
    assert not [*project.rglob("*.entries")]


def test_a_folder_that_others_may_write_to_is_not_trusted(project: Path, cache: Path) -> None:
    cache.mkdir()
    cache.chmod(0o777)
    read(project)
    assert not [*cache.iterdir()]


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    for place in (
        str(tmp_path / "file"),
        str(tmp_path / "file" / "below"),
        "/dev/null/cache",
        "~nobody-here/x",
    ):
        monkeypatch.setenv(VARIABLE, place)
        assert len(read(project).documents) == 2


@quick
@given(st.binary(max_size=80), st.integers(0, 9999), st.sampled_from(["other", "cut", "changed"]))
def test_a_broken_or_foreign_file_is_an_empty_cache(
    project: Path, cache: Path, bytes_: bytes, where: int, how: str
) -> None:
    shutil.rmtree(cache, ignore_errors=True)
    afresh = read(project)
    (file,) = files(cache)
    good = file.read_bytes()
    at = where % len(good)
    broken = {"other": bytes_, "cut": good[:at], "changed": good[:at] + bytes_ + good[at + len(bytes_) :]}
    file.write_bytes(broken[how])
    assert read(project) == afresh


ANYTHING = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-(2**63), 2**64 - 1), st.text(max_size=5), st.binary(max_size=5)
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=9), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
)


@quick
@given(st.one_of(st.binary(max_size=60), ANYTHING.map(msgspec.msgpack.encode)))
def test_an_entry_of_another_kind_is_no_reading_and_no_change(tmp_path: Path, data: bytes) -> None:
    kept = _InMemory()
    readings = Readings(kept, Settings())
    keep(readings, "# A\n", source("# A\n"))
    (key,) = kept._entries
    kept.put(key, data)
    assert not knows(readings, "# A\n", "policies/a.md")


def test_an_entry_that_does_not_keep_its_checksum_is_not_used() -> None:
    kept = _InMemory()
    kept.put(b"key", b"data")
    assert kept.get(b"key") == b"data"
    kept._entries[b"key"].data = b"dart"
    assert kept.get(b"key") is None
    assert zlib.crc32(b"data") != zlib.crc32(b"dart")


def test_a_symbolic_link_is_not_followed(project: Path, cache: Path, tmp_path: Path) -> None:
    afresh = read(project)
    (file,) = files(cache)
    other = file.rename(tmp_path / "other")
    before = other.read_bytes()
    file.symlink_to(other)
    assert read(project) == afresh
    assert other.read_bytes() == before
    assert not file.is_symlink()


def test_two_at_once_leave_a_whole_file(tmp_path: Path, cache: Path) -> None:
    one, two = store_of(tmp_path / "project", "x"), store_of(tmp_path / "project", "x")
    one.put(b"one", b"1")
    two.put(b"two", b"2")
    one.save()
    two.save()
    assert store_of(tmp_path / "project", "x").get(b"two") == b"2"
    assert len([*cache.iterdir()]) == 1


def test_what_nobody_asks_for_leaves_after_a_month(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = store.time.time()
    one = store_of(tmp_path / "project", "x")
    one.put(b"old", b"1")
    one.put(b"used", b"2")
    one.save()
    monkeypatch.setattr(store.time, "time", lambda: now + 20 * 86_400)
    two = store_of(tmp_path / "project", "x")
    two.get(b"used")
    two.save()
    monkeypatch.setattr(store.time, "time", lambda: now + 40 * 86_400)
    three = store_of(tmp_path / "project", "x")
    assert three.get(b"used") == b"2"
    three.put(b"new", b"3")
    three.save()
    assert store_of(tmp_path / "project", "x").get(b"old") is None
    assert store_of(tmp_path / "project", "x").get(b"used") == b"2"


def test_one_store_and_all_stores_have_their_bounds(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MOST_BYTES", 1000)
    one = store_of(tmp_path / "project", "x")
    for number in range(20):
        one.put(bytes([number]), bytes(100))
    one.save()
    assert (
        sum(store_of(tmp_path / "project", "x").get(bytes([number])) is not None for number in range(20))
        == 10
    )
    (file,) = files(cache)
    os.utime(file, (1_000_000_000, 1_000_000_000))
    monkeypatch.setattr(store, "MOST_IN_ALL", 1000)
    other = store_of(tmp_path / "project", "y")
    other.put(b"y", b"y")
    other.save()
    assert not file.exists()
    assert store_of(tmp_path / "project", "y").get(b"y") == b"y"


def test_what_was_never_finished_is_taken_away(tmp_path: Path, cache: Path) -> None:
    cache.mkdir(mode=0o700)
    for name in ("old.unfinished", "new.unfinished", "foreign.txt"):
        (cache / name).write_text("")
    os.utime(cache / "old.unfinished", (1_000_000_000, 1_000_000_000))
    os.utime(cache / "foreign.txt", (1_000_000_000, 1_000_000_000))
    one = store_of(tmp_path / "project", "x")
    one.put(b"x", b"x")
    one.save()
    assert sorted(file.name for file in cache.iterdir() if file.suffix != ".entries") == [
        "foreign.txt",
        "new.unfinished",
    ]


def test_another_program_has_another_cache(
    project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings(locate(None, project))
    one = readings_of(project, settings)
    keep(one, "# A\n", source("# A\n"))
    one.save()
    assert knows(readings_of(project, settings), "# A\n", "policies/a.md")
    monkeypatch.setattr(store, "_code", lambda: "another")
    assert not knows(readings_of(project, settings), "# A\n", "policies/a.md")
