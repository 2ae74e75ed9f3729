"""What commands say of themselves, and of a command line that they do not understand, in the language of the computer.

English stands in the commands, where their authors read it; other languages in a table beside this file.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import click

from .language import of_computer

_TABLE = "help.{language}.yaml"
_WIDEST = 26


class Spoken(click.Command):
    """A command that explains itself in the language of the computer."""

    def get_help(self, ctx: click.Context) -> str:
        """The page of `--help`."""
        table = _table()
        return super().get_help(ctx) if table is None else "\n".join(_page(self, ctx, table))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it, which says in English only what is wrong when more is given than is taken."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as problem:
            table = _table()
            if table is None or type(problem) is not click.UsageError:
                raise
            raise click.UsageError(table["refused"]["too much"], ctx) from None


class SpokenGroup(Spoken, click.Group):
    """The group of all commands. They are listed in the order in which they are first needed, not by the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.commands]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, with near names in the language of the computer."""
        table = _table()
        if table is not None and args[0] not in self.commands:
            from civicrules.suggest import nearest

            said = table["refused"]
            raise click.UsageError(
                said["command"].format(name=args[0]) + _meant(nearest(args[0], self.commands), said), ctx
            )
        return super().resolve_command(ctx, args)


def refusal(problem: click.UsageError) -> str | None:
    """What is wrong with a command line, in words; nothing where click says it in the language of the computer."""
    table = _table()
    if table is None or isinstance(problem, _IS_NO_REFUSAL):
        return None
    if problem.ctx is None:
        return _wrong(problem, table)
    usage = _usage(problem.ctx.command, problem.ctx, table)
    hint = table["refused"]["try"].format(command=problem.ctx.command_path)
    return f"{usage}\n{hint}\n\n{_wrong(problem, table)}"


# Where click has it, a group without a command shows its help as if that were a mistake.
_IS_NO_REFUSAL: Any = getattr(click.exceptions, "NoArgsIsHelpError", ())


# ---------------------------------------------------------------- the table


def _table() -> Mapping[str, Any] | None:
    """The words of the computer's language; nothing for English, or where its signs could not be shown."""
    language = of_computer()
    return None if language == "en" or not _can_be_shown(language) else _read(language)


def _can_be_shown(language: str) -> bool:
    from civicrules.report.terminal import encoding

    sign = _read(language)["words"]["usage"]
    try:
        return bool(sign.encode(encoding(sys.stdout)))
    except UnicodeEncodeError:
        return False


@cache
def _read(language: str) -> Mapping[str, Any]:
    from civicrules.source import read_table

    file = Path(__file__).with_name(_TABLE.format(language=language))
    table: Mapping[str, Any] = read_table(file.read_text(encoding="utf-8"))
    return table


# ---------------------------------------------------------------- the page of a command


def _page(of: click.Command, ctx: click.Context, table: Mapping[str, Any]) -> Iterator[str]:
    about, words = _about(of, table), table["words"]
    yield _usage(of, ctx, table)
    for paragraph in (about["short"], *about.get("about", "").strip().split("\n\n")):
        yield from ("", *_wrapped(paragraph, "  ")) if paragraph else ()
    yield from ("", words["options"], *_rows(_options(of, ctx, table)))
    if isinstance(of, click.Group):
        named = ((name, _about(one, table)["short"]) for name, one in of.commands.items())
        yield from ("", words["commands"], *_rows(named))
    yield ""
    for line in about.get("epilog", "").rstrip().split("\n"):
        yield from _as_printed(f"  {line}" if line else "")


def _about(of: click.Command, table: Mapping[str, Any]) -> Mapping[str, Any]:
    about: Mapping[str, Any] = table["commands"][of.name]
    return about


def _usage(of: click.Command, ctx: click.Context, table: Mapping[str, Any]) -> str:
    pieces = (_valued(piece, table) for piece in of.collect_usage_pieces(ctx))
    return " ".join((table["words"]["usage"] + ctx.command_path, *pieces))


def _options(of: click.Command, ctx: click.Context, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    own = _about(of, table).get("options", {})
    for one in of.get_params(ctx):
        if isinstance(one, click.Option) and (record := one.get_help_record(ctx)) is not None:
            called = max(one.opts, key=len)
            yield _valued(record[0], table), own.get(called) or table["options"][called] + _default(one, ctx, table)


def _default(of: click.Option, ctx: click.Context, table: Mapping[str, Any]) -> str:
    words = table["words"]
    if of.required:
        return f"（{words['required']}）"
    return f"（{words['default']}{of.get_default(ctx)}）" if of.show_default else ""


def _valued(text: str, table: Mapping[str, Any]) -> str:
    """What stands for a value, in the language of the table."""
    values = table["values"]
    return re.sub("[A-Z]{2,}", lambda found: values.get(found[0], found[0]), text)


def _rows(rows: Iterator[tuple[str, str]]) -> Iterator[str]:
    from .stock import table

    return table(rows)


def _as_printed(line: str) -> list[str]:
    """A line as it stands, unless the terminal is narrower."""
    from civicrules.report.terminal import columns
    from civicrules.source import width

    text = line.lstrip(" ")
    return [line] if width(line) <= columns() else _wrapped(text, line[: -len(text)])


def _wrapped(text: str, indent: str) -> list[str]:
    from civicrules.report.layout import wrap
    from civicrules.report.terminal import columns

    return wrap(text, columns(), indent)


# ---------------------------------------------------------------- what is wrong with a command line


def _wrong(problem: click.UsageError, table: Mapping[str, Any]) -> str:
    said, ctx = table["refused"], problem.ctx
    match problem:
        case click.NoSuchOption(option_name=name, possibilities=near):
            return str(said["option"]).format(name=name) + _meant(near or (), said)
        case click.BadOptionUsage(option_name=name):
            return str(said["option value"].format(name=name))
        case click.MissingParameter(param=click.Argument() as one) if ctx is not None:
            return str(said["missing argument"].format(name=_valued(one.make_metavar(ctx), table)))
        case click.MissingParameter(param=click.Option() as one):
            return str(said["missing option"].format(name=max(one.opts, key=len)))
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=choices)) as one):
            asked = said["choice"].format(choices=said["or"].join(map(str, choices)))
            return str(said["value"].format(name=_named(one), asked=asked))
        case click.BadParameter(param=click.Parameter() as one):
            return str(said["value"].format(name=_named(one), asked=problem.message))
        case _:
            return problem.format_message()


def _named(of: click.Parameter) -> str:
    return max(of.opts, key=len)


def _meant(near: Iterable[str], said: Mapping[str, str]) -> str:
    names = said["or"].join(near)
    return str(said["meant"]).format(names=names) if names else ""
