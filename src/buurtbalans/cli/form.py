"""The form of every command: one style of help, and a wrong call answered with a sentence and where the help is."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Annotated, Any, Final, NoReturn

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text
from typer._click import Command as ClickCommand
from typer._click import Context, HelpFormatter
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import _get_params_name_from_function

from buurtbalans.cli.console import FAULT, REFUSED, err, volume
from buurtbalans.cli.language import in_language, terminal_language
from buurtbalans.figures.text import gettext as _
from buurtbalans.figures.text import gettext_noop as noop

NAME: Final = "buurtbalans"

HELP_WIDTH: Final = 100  # characters: a line that can be read at once
NAMES_WIDTH: Final = 38  # characters: the most that names of options take from their explanations


def command_group(help: str = "") -> typer.Typer:
    """Return a group of commands in the form of this house."""
    return typer.Typer(
        cls=Group,
        help=help,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


class _House(ClickCommand):
    """What a command and a group of commands have in common."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        formatter.write(help_text(self, ctx))

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> NoReturn:
        """Run the command in the language of the terminal and exit with its code; a wrong call is a sentence."""
        volume.quiet = False
        with in_language(terminal_language()):
            try:
                code = super().main(args, NAME, complete_var, False, windows_expand_args, **extra)  # type: ignore[safe-super]
            except NoArgsIsHelpError as error:
                err.print(error.message, markup=False, soft_wrap=True)
                code = REFUSED
            except UsageError as error:
                err.print(usage_sentence(error), style="bold", markup=False, soft_wrap=True)
                path = error.ctx.command_path if error.ctx else NAME
                err.print(_("Uitleg: %(command)s") % {"command": f"{path} -h"}, markup=False, soft_wrap=True)
                code = REFUSED
            except typer.Abort:
                err.print(_("Afgebroken. Er is niets gewijzigd."))
                code = FAULT
        sys.exit(code or 0)


class Command(_House, TyperCommand):
    """A command, which can be quiet; words that it has no argument for are refused in our words."""

    def __init__(self, name: str | None, *, params: list[Any] | None = None, **attributes: Any) -> None:
        shared, _context = _get_params_name_from_function(_shared_options)
        for option in shared:
            option.expose_value = False
        super().__init__(name, params=[*(params or []), *shared], **attributes)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except BadOptionUsage as error:
            error.ctx = error.ctx or ctx  # the parser does not say in which command an option lacks its value
            raise
        if rest:
            raise UsageError(_("Dit is te veel: %(words)s.") % {"words": " ".join(rest)}, ctx)
        return rest


def _set_quiet(quiet: bool) -> None:
    volume.quiet = quiet


def _shared_options(
    quiet: Annotated[
        bool,
        typer.Option(
            "--quiet", "-q", callback=_set_quiet, help=noop("Toon alleen de uitkomst en wat er wordt geweigerd")
        ),
    ] = False,
) -> None:
    """Declare the options that every command has."""


class Group(_House, TyperGroup):
    """A group of commands; one that it does not have is refused in our words, with what looks like it."""

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, ClickCommand | None, list[str]]:
        name = args[0]
        if name in self.commands or name.startswith("-"):
            return super().resolve_command(ctx, args)
        sentence = _("Deze opdracht is er niet: %(name)s.") % {"name": name}
        raise UsageError(_with_suggestion(sentence, get_close_matches(name, self.commands)), ctx)


def usage_sentence(error: UsageError) -> str:
    """Return what is wrong with a call, in a sentence."""
    if isinstance(error, NoSuchOption):
        sentence = _("Deze optie is er niet: %(name)s.") % {"name": error.option_name}
        return _with_suggestion(sentence, error.possibilities or ())
    if isinstance(error, BadOptionUsage):
        return _option_sentence(error)
    if isinstance(error, MissingParameter):
        return _("%(name)s ontbreekt.") % {"name": _called(error.param)}
    if isinstance(error, BadParameter) and error.param is not None:
        return _value_sentence(error)
    return _("Geef een opdracht.") if error.message == "Missing command." else error.message


def _option_sentence(error: BadOptionUsage) -> str:
    """Return that an option lacks its value, or has one that it does not take."""
    params = error.ctx.command.params if error.ctx else []
    option = next((param for param in params if error.option_name in param.opts), None)
    if isinstance(option, TyperOption) and not option.is_flag:
        return _("Bij %(name)s hoort een waarde: %(value)s.") % {"name": error.option_name, "value": metavar(option)}
    return _("Bij %(name)s hoort geen waarde.") % {"name": error.option_name}


def _value_sentence(error: BadParameter) -> str:
    """Return which value does not fit which option or argument, and what would."""
    param = error.param
    if isinstance(error.__cause__, ValueError) and hasattr(error.__cause__, "errors"):
        value = str(error.__cause__.errors()[0].get("input", ""))
        sentence = _("“%(value)s” past niet bij %(name)s.") % {"value": value, "name": _called(param)}
        return f"{sentence} {_fitting(param)}"
    return error.message


def _fitting(param: Any) -> str:
    """Return which values fit an option or argument."""
    choices = param.type_descriptor.choices
    if choices:
        return _("Kies uit: %(choices)s.") % {"choices": ", ".join(str(choice.value) for choice in choices)}
    if param.min is not None and param.max is not None:
        return _("Geef een getal van %(low)s tot en met %(high)s.") % {"low": param.min, "high": param.max}
    if param.min is not None:
        return _("Geef een getal van %(low)s of hoger.") % {"low": param.min}
    return _("Geef een heel getal.")


def _with_suggestion(sentence: str, possible: Iterable[str]) -> str:
    close = ", ".join(sorted(possible))
    return f"{sentence} {_('Bedoelt u %(names)s?') % {'names': close}}" if close else sentence


def _called(param: Any) -> str:
    """Return how a person calls an option or argument: by its long name, or by what stands in its place."""
    return metavar(param).removesuffix("|-") if param.param_type_name == "argument" else str(param.opts[0])


def metavar(param: Any) -> str:
    """Return the word that stands for a value: in capitals, or the choices there are; empty for a flag."""
    if getattr(param, "is_flag", False):
        return ""
    choices = param.type_descriptor.choices
    if choices:
        return "|".join(str(choice.value) for choice in choices)
    return str(param.metavar or param.name.upper())


def usage(command: Any, path: str) -> str:
    """Return a call of a command in one line: its arguments, what it cannot do without, and that there is more."""
    if isinstance(command, Group):
        return f"{path} COMMAND …"
    parts = [path]
    for param in command.params:
        many = " …" if param.nargs == -1 or getattr(param, "multiple", False) else ""
        name = "" if param.param_type_name == "argument" else f"{param.opts[0]} "
        word = f"{name}{metavar(param)}".strip() + many
        if param.required:
            parts.append(word)
        elif param.param_type_name == "argument":
            parts.append(f"[{word}]")
    return " ".join([*parts, _("[opties]")])


def help_text(command: Any, ctx: Context) -> str:
    """Return the help of a command: what it does, its call, and a line for each argument, option or command."""
    console = Console(width=min(HELP_WIDTH, err.width), highlight=False, markup=False)
    with console.capture() as capture:
        console.print(_(str(command.help or "")))
        console.print(f"\n{_('Gebruik:')} {usage(command, ctx.command_path)}", soft_wrap=True)
        arguments = [param for param in command.params if param.param_type_name == "argument"]
        options = [param for param in command.get_params(ctx) if param.param_type_name == "option"]
        _print_rows(console, _("Argumenten"), ((names(param), explanation(param)) for param in arguments))
        _print_rows(console, _("Opties"), ((names(param), explanation(param)) for param in options))
        _print_rows(console, _("Opdrachten"), _commands(command))
    return "\n".join(line.rstrip() for line in capture.get().splitlines())


def _commands(command: Any) -> Iterator[tuple[str, str]]:
    if isinstance(command, Group):
        for name, each in command.commands.items():
            yield name, _(str(each.help or ""))


def names(param: Any) -> str:
    """Return the names of an option with the word for its value, or that of an argument."""
    many = " …" if param.nargs == -1 or getattr(param, "multiple", False) else ""
    if param.param_type_name == "argument":
        return f"{metavar(param)}{many}"
    short = [name for name in param.opts if not name.startswith("--")]
    long = next(name for name in param.opts if name.startswith("--"))  # a second one only serves older calls
    return f"{', '.join([*short, long])} {metavar(param)}".strip() + many


def explanation(param: Any) -> str:
    """Return what an option or argument is for, and what holds when it is absent."""
    if param.name == "help":
        return _("Toon deze uitleg")
    absent = ", ".join(_absent(param))
    return f"{_(str(param.help or ''))} ({absent})" if absent else _(str(param.help or ""))


def _absent(param: Any) -> Iterator[str]:
    """Yield whether an option must be given, and else what is used instead."""
    if param.required and param.param_type_name == "option":
        yield _("verplicht")
    if param.envvar:
        yield _("anders %(name)s uit de omgeving") % {"name": param.envvar}
    default = getattr(param.default, "value", param.default)
    if default not in (None, "", False) and not param.required:
        yield _("standaard: %(value)s") % {"value": default}


def _print_rows(console: Console, title: str, rows: Iterable[tuple[str, str]]) -> None:
    """Print names with their explanations in two columns below a title; nothing when there are none."""
    filled = list(rows)
    if not filled:
        return
    console.print(f"\n{title}:")
    table = Table.grid(padding=(0, 2))
    width = min(NAMES_WIDTH, max(len(name) for name, _explained in filled))
    table.add_column(width=width + 2, overflow="fold")
    table.add_column(overflow="fold")
    for name, explained in filled:
        table.add_row(Text(f"  {name}"), Text(explained))
    console.print(table)
