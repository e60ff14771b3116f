"""`build` and `serve` run the engine as a program of its own: engines warn about what is not ours."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request

from command_line import CommandLine

CONFIGURATION = """\
site_name: Mine
theme: {name: material, font: false}
plugins: [search, {policygraph: {handbook: policies}}]
"""


def _ready(line: CommandLine) -> None:
    line.write({"mkdocs.yml": CONFIGURATION, "docs/about.md": "# About\n\nSee [[R-01]].\n"})


def test_build_uses_the_project_s_configuration(small: CommandLine) -> None:
    _ready(small)
    result = small.program("build")
    assert result.code == 0, result.err
    assert result.out == ""
    assert "MkDocs 2.0" not in result.err
    assert "\r" not in result.err
    assert (small.folder / "site/about/index.html").is_file()
    assert (small.folder / "site/policies/risk/impact/index.html").is_file()
    assert (small.folder / "site/handbook.json").is_file()


def test_build_needs_no_configuration(small: CommandLine) -> None:
    result = small.program("build", "--today", "2026-05-06")
    assert result.code == 0, result.err
    assert "The site is in site" in result.err
    assert "Small handbook" in (small.folder / "site/index.html").read_text()
    assert '"date": "2026-05-06"' in (small.folder / "site/handbook.json").read_text()
    assert {p.name for p in small.folder.iterdir()} == {"policies", "site"}


def test_build_anywhere(small: CommandLine) -> None:
    result = small.program("build", "-H", "policies", "-d", "public")
    assert result.code == 0, result.err
    assert (small.folder / "public/index.html").is_file()


def test_strict_fails_on_an_error_of_the_handbook(small: CommandLine) -> None:
    _ready(small)
    small.write({"policies/risk/bad.md": "# Bad\n\n[[nothing there]]\n"})
    assert small.program("build").code == 0
    result = small.program("build", "--strict")
    assert result.code == 1
    assert "policies/risk/bad.md:3:1: PG201" in result.err
    assert "Traceback" not in result.err


def test_settings_that_break_are_wrong_use(small: CommandLine) -> None:
    _ready(small)
    small.write({"policies/handbook.yml": "nme: x\n"})
    result = small.program("build")
    assert result.code == 2
    assert "has no key 'nme'" in result.err
    assert "Traceback" not in result.err


def test_a_broken_configuration_is_wrong_use(small: CommandLine) -> None:
    small.write({"mkdocs.yml": "site_name: [\n"})
    result = small.program("build")
    assert result.code == 2
    assert "Traceback" not in result.err


def test_a_site_without_the_plugin_is_not_built(small: CommandLine) -> None:
    small.write({"mkdocs.yml": "site_name: Other\n", "docs/index.md": "# Other\n"})
    result = small.program("build")
    assert result.code == 2
    assert "does not use the plugin policygraph" in result.err
    assert not (small.folder / "site").exists()


def test_building_never_empties_a_folder_of_the_user_s(small: CommandLine) -> None:
    (small.folder / "photos").mkdir()
    (small.folder / "photos/cat.jpg").write_text("cat")
    for target in (".", "policies", "policies/risk/site", "photos", "..", "policies/handbook.yml"):
        result = small.program("build", "-d", target)
        assert result.code == 2, target
        assert "Traceback" not in result.err
    assert (small.folder / "photos/cat.jpg").read_text() == "cat"
    assert (small.folder / "policies/risk/impact.md").is_file()


def test_a_site_may_be_built_again(small: CommandLine) -> None:
    assert small.program("build").code == 0
    assert small.program("build").code == 0


def test_two_ways_to_name_the_handbook_are_refused(small: CommandLine) -> None:
    _ready(small)
    result = small.program("-H", "policies", "build", "-f", "mkdocs.yml")
    assert result.code == 2
    assert small.program("build", "-f", "nowhere.yml").code == 2


def test_serve_shows_the_handbook(small: CommandLine) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "policygraph", "serve", "-a", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, cwd=small.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        text = ""
        for _ in range(100):
            time.sleep(0.2)
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                    text = answer.read().decode()
                break
            except OSError:
                assert process.poll() is None
        assert "Small handbook" in text
        taken = small.program("serve", "-a", f"127.0.0.1:{port}")
        assert taken.code == 2
        assert "--dev-addr" in taken.err
    finally:
        process.terminate()
        process.communicate(timeout=30)
