"""`civicrules fmt`: rulesets and vocabularies as they should stand, or in the other language."""

from __future__ import annotations

from pathlib import Path

import click

from . import options

EPILOG = """\
\b
Examples
  civicrules fmt rules.en.civic
      format one text where it stands
  civicrules fmt my-rules
      format all texts (*.civic) in a folder and the folders in it
  civicrules fmt my-rules --check
      change nothing; exit status 1 when a text is not as it should stand
  civicrules fmt rules.en.civic --diff
      change nothing; show what would change
  civicrules fmt rules.en.civic --lang zh -o rules.zh.civic
      write the text in Chinese; without -o it is shown
  civicrules fmt my-rules --lang zh
      the ruleset of a folder, where one text in it is not Chinese yet
  civicrules fmt - < rules.en.civic
      from the standard input to the standard output

\b
Exit status
  0  all texts stand as they should, or do so now
  1  with --check or --diff: a text would change
  2  a text was not understood whole; what was understood is formatted all the same
"""


@options.command(epilog=EPILOG)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--check", is_flag=True, help="Change nothing; say which texts would change.")
@click.option("--diff", is_flag=True, help="Change nothing; show what would change.")
@click.option(
    "--lang", "into", type=click.Choice(["en", "zh"]), help="Show the text in this language; the file stays as it is."
)
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="With --lang: write the text to this file."
)
@click.option("--force", is_flag=True, help="With -o: overwrite a file that is there.")
@options.rules
@options.plain_format
def fmt(
    paths: tuple[Path, ...],
    check: bool,
    diff: bool,
    into: str | None,
    output: Path | None,
    force: bool,
    rules: Path | None,
    format: str,
) -> int:
    """Format rulesets and vocabularies, or translate them.

    Indentation, spaces, signs and the columns of tables are put in order. The words stay the author's, comments and
    single blank lines stay, and so does every line that is not understood; the messages say why it is not.

    --lang prints a text in the other language: keywords, numbers and the order of words, the names with their forms
    there, and the two forms of “in Chinese: …” lines change places. Comments, and texts without another form, stay.

    With --format json: an object with the files, whether each would change, and its diagnostics with their places.
    """
    from .formatted import Order, formatted
    from .language import of_computer
    from .words import word

    if into is None and output is not None:
        raise click.UsageError(word("fmt.output", of_computer()))
    if into is not None and (len(paths) != 1 or check or diff):
        raise click.UsageError(word("fmt.one text", of_computer()))
    return formatted(Order(paths, check, diff, into, output, force, rules, format))
