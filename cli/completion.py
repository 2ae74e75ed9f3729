"""`civicrules completion`: names that complete themselves in the shell."""

from __future__ import annotations

import click

from . import options

EPILOG = """\
\b
Install it (then open a new terminal)
  bash:  civicrules completion bash >> ~/.bashrc
  zsh:   civicrules completion zsh >> ~/.zshrc
  fish:  civicrules completion fish > ~/.config/fish/completions/civicrules.fish
"""


@options.command(epilog=EPILOG)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@options.plain_format
@click.pass_context
def completion(context: click.Context, shell: str, format: str) -> int:
    """Complete commands and names with the Tab key."""
    from click.shell_completion import get_completion_class

    from .output import put, put_json

    kind = get_completion_class(shell)
    assert kind is not None  # the choices are those that click has
    script = kind(context.find_root().command, {}, "civicrules", "_CIVICRULES_COMPLETE").source()
    if format == "json":
        put_json({"format": "civicrules-completion/1", "shell": shell, "script": script})
    else:
        put(script)
    return 0
