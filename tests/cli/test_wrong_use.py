from __future__ import annotations

import os

import pytest
from command_line import SMALL, CommandLine

from policygraph import __version__
from policygraph.cli import COMMANDS, cli

ON_A_HANDBOOK = [
    ["check"],
    ["show", "R-01"],
    ["why", "R-01", "R-02"],
    ["impact", "R-01"],
    ["export", "json"],
    ["render", "out"],
    ["build"],
    ["serve"],
]


@pytest.mark.parametrize("arguments", ON_A_HANDBOOK)
def test_without_a_handbook(empty: CommandLine, arguments: list[str]) -> None:
    result = empty(*arguments)
    assert result.code == 2
    assert result.err.startswith("policygraph: There is no handbook here")
    assert len(result.err.splitlines()) == 1


@pytest.mark.parametrize("arguments", ON_A_HANDBOOK)
def test_with_a_handbook_that_is_not_there(small: CommandLine, arguments: list[str]) -> None:
    for whole in (["-H", "nowhere", *arguments], [*arguments, "-H", "nowhere"]):
        result = small(*whole)
        assert result.code == 2
        assert result.err == "policygraph: There is no handbook at nowhere: no such folder or file.\n"


@pytest.mark.parametrize("arguments", ON_A_HANDBOOK)
def test_with_settings_that_cannot_be_used(small: CommandLine, arguments: list[str]) -> None:
    small.write({"policies/handbook.yml": "name: X\nlanguge: en\n"})
    result = small(*arguments)
    assert result.code == 2
    assert result.err == (
        "policygraph: policies/handbook.yml:2:1: handbook.yml has no key 'languge'. Did you mean 'language'?\n"
    )


@pytest.mark.parametrize(
    "settings",
    [
        b"a: [",
        b"\xff\xfe\x00",
        b"- a\n- b\n",
        b"documents: nowhere\n",
        b"x: &a [*a]\n",
        b"id_pattern: '(a+)+'\n",
        b"\x00",
    ],
)
def test_broken_settings_give_one_message(small: CommandLine, settings: bytes) -> None:
    small.write({"policies/handbook.yml": settings})
    result = small("check")
    assert result.code == 2
    assert result.err.startswith("policygraph: policies/handbook.yml")
    assert len(result.err.splitlines()) == 1


def test_a_settings_file_that_is_a_folder(empty: CommandLine) -> None:
    (empty.folder / "policies/handbook.yml").mkdir(parents=True)
    assert empty("check").code in (0, 2)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_settings_that_may_not_be_read(small: CommandLine) -> None:
    (small.folder / "policies/handbook.yml").chmod(0)
    result = small("check")
    assert result.code == 2
    assert "Permission denied" in result.err


def test_a_settings_file_names_the_handbook_as_well(small: CommandLine) -> None:
    assert small("check", "-H", "policies/handbook.yml").code == 0
    assert small("check", "-H", "policies/risk/impact.md").code == 2


def test_the_handbook_option_after_the_command_wins(small: CommandLine) -> None:
    assert small("-H", "nowhere", "check", "-H", "policies").code == 0


def test_an_unknown_command_gets_a_suggestion(empty: CommandLine) -> None:
    result = empty("chek")
    assert result.code == 2
    assert "Did you mean 'check'?" in result.err


def test_an_unknown_option_gets_a_suggestion(empty: CommandLine) -> None:
    result = empty("check", "--selct", "PG2")
    assert result.code == 2
    assert "--select" in result.err


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "2026"])
def test_a_day_that_is_none(small: CommandLine, day: str) -> None:
    assert small("export", "json", "--today", day).code == 2


def test_an_epoch_that_is_none(small: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "9" * 30)
    result = small("export", "json")
    assert result.code == 2
    assert "SOURCE_DATE_EPOCH" in result.err


def test_version(empty: CommandLine) -> None:
    assert empty("--version").out == f"policygraph {__version__}\n"


def test_help_names_every_command_and_agrees_with_them(empty: CommandLine) -> None:
    out = empty("-h").out
    for name, line in COMMANDS.items():
        assert f"  {name}" in out
        command = cli.get_command(cli.make_context("policygraph", ["check"], resilient_parsing=True), name)
        assert command is not None
        assert command.help is not None
        assert command.help.split("\n\n")[0] == line
        assert empty(name, "--help").code == 0


def test_every_option_has_a_help_text() -> None:
    context = cli.make_context("policygraph", ["check"], resilient_parsing=True)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        for parameter in command.to_info_dict(context)["params"]:
            assert parameter["param_type_name"] == "argument" or parameter["help"], (name, parameter["name"])


def test_from_inside_the_handbook_s_folder(small: CommandLine) -> None:
    assert small("show", "R-01", at="policies").code == 0


def test_an_encoding_that_lacks_characters_does_not_end_the_program(empty: CommandLine) -> None:
    empty.write({**SMALL})
    result = empty.program("why", "R-01", "R-02", environment={"PYTHONIOENCODING": "ascii"})
    assert result.code == 0
    assert "R-01 depends on R-02" in result.out
