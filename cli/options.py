"""What several commands have in common: their options."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from .help import Spoken
from .language import of_computer

Command = TypeVar("Command", bound=Callable[..., Any])

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

command = partial(click.command, cls=Spoken, context_settings=SETTINGS)


def day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    """A calendar day from `2012-08-20`."""
    try:
        return None if value is None else date.fromisoformat(value.strip())
    except ValueError:
        from .words import word

        raise click.BadParameter(word("option.day", of_computer(), value=value)) from None


def ruleset_names(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """The rulesets at hand, for the shell to complete."""
    from civicrules import shipped

    return [name for name in shipped().names("ruleset") if name.startswith(begun)]


def plan(command: Command) -> Command:
    """The plan, and where its ruleset is looked for."""
    for decorate in (
        click.option(
            "--ruleset",
            metavar="NAME",
            shell_complete=ruleset_names,
            help="The ruleset to apply, instead of the one that the plan names.",
        ),
        rules,
        click.argument("plan", type=click.Path(path_type=Path)),
    ):
        command = decorate(command)
    return command


rules = click.option(
    "--rules",
    metavar="FOLDER|FILE",
    type=click.Path(path_type=Path),
    help="Look for rulesets here first: a folder with rulesets, or one file.",
)
language = click.option(
    "--lang",
    type=click.Choice(["en", "zh"]),
    help="The language to answer in. [default: the plan's, else the ruleset's, else the computer's]",
)
personal = click.option(
    "--show-personal",
    "personal",
    is_flag=True,
    help="Show personal values, such as dates of birth, instead of how they compare with what is asked.",
)
plain_language = click.option(
    "--lang", type=click.Choice(["en", "zh"]), help="The language to answer in. [default: the computer's]"
)
report_format = click.option(
    "--format",
    "format",
    metavar="FORMAT",
    default="text",
    show_default=True,
    help="text, json, html (a page to print), or a format that a plugin brings (civicrules list names them).",
)
plain_format = click.option(
    "--format", "format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to answer."
)


def decisions(command: Command) -> Command:
    """Answers to the questions of an earlier count."""
    for decorate in (
        click.option(
            "--decisions",
            "file",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="A file with such answers, one a line; what follows # says who decided and how.",
        ),
        click.option(
            "--decision",
            "given",
            metavar="ID=NAME,...",
            multiple=True,
            help="The answer to a question that an earlier count asked. May be repeated.",
        ),
    ):
        command = decorate(command)
    return command
