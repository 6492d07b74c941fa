"""The group of subcommands, and what happens at the process's edge."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

import click

from ogcheck import __version__
from ogcheck.cli.leaving import Stopped, silence
from ogcheck.errors import ConfigError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_COMMANDS = {
    "check": ("ogcheck.cli.check", "Check pages, and say what is wrong with their share metadata."),
    "clean": ("ogcheck.cli.clean", "Remove the cache."),
    "completion": ("ogcheck.cli.completion", "Print what makes a shell complete ogcheck's words."),
    "config": (
        "ogcheck.cli.config",
        "Show what holds for a path, and where each setting comes from.",
    ),
    "explain": (
        "ogcheck.cli.explain",
        "Show what is read from one page, and what each platform ends up with.",
    ),
    "init": ("ogcheck.cli.init", "Look at a repository, and write a configuration for it."),
    "rule": ("ogcheck.cli.rule", "Explain one rule."),
    "rules": ("ogcheck.cli.rules", "List the rules."),
    "schema": ("ogcheck.cli.schema", "Print a published JSON Schema, or list them."),
}


class _Lazy(click.Group):
    """A group that imports a subcommand when it is called; its help names them without."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(_COMMANDS[cmd_name][0]).command
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        found = [] if incomplete.startswith("-") else [
            CompletionItem(name, help=text)
            for name, (_, text) in _COMMANDS.items()
            if name.startswith(incomplete)
        ]  # fmt: skip
        return found or click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, _COMMANDS, 1)
            if near:
                hint = f" Did you mean {near[0]}?"
            else:
                exists = os.path.exists(name)
                hint = f" To check files: ogcheck check {name}" if exists else ""
            ctx.fail(f"No such command {name!r}.{hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Lazy,
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 nothing found that fails the run, 1 something found, 2 ogcheck could "
    "not do its work.",
)
@click.option("-V", "--version", is_flag=True, help="Show the version, and stop.")
@click.option(
    "-v", "--verbose", is_flag=True, help="With --version: show all that a bug report needs."
)
@click.pass_context
def app(ctx: click.Context, version: bool, verbose: bool) -> None:
    """A linter for social-share metadata: Open Graph, X cards, canonical URLs, dates, images."""
    if version:
        if verbose:
            from ogcheck.cli.about import about

            click.echo(about())
        else:
            click.echo(f"ogcheck {__version__}")
        ctx.exit()
    if verbose:
        raise click.UsageError("--verbose stands behind the command, or beside --version.", ctx)
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def run(arguments: list[str]) -> int:
    """Run the command; the exit status. User errors end in one line on standard error."""
    _never_fail()
    try:
        status = app.main(arguments or ["--help"], prog_name="ogcheck", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except ConfigError as error:
        return _fail(str(error))
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "ogcheck"
        return _fail(f"{error.format_message()}\nTry '{command} --help'.")
    except click.ClickException as error:
        return _fail(error.format_message())
    except (click.Abort, KeyboardInterrupt) as error:  # click makes the first of the second
        return _interrupted(error.__cause__ or error)
    except BrokenPipeError:
        # Whoever read our output has gone; nothing more can be said, and that is no fault.
        silence(sys.stdout)
        return 0
    except OSError as error:
        return _fail(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}.")
    except Exception as error:
        if os.environ.get("OGCHECK_TRACEBACK"):
            raise
        return _fail(f"internal error: {type(error).__name__}: {error}. This is ogcheck's fault: "
                     "set OGCHECK_TRACEBACK=1 to see where, and report it.")  # fmt: skip


def _interrupted(error: BaseException) -> int:
    """Say that the run was ended, and by what it was held up; the status that shells give it."""
    notes = "".join(f" {note}" for note in getattr(error, "__notes__", ()))
    _fail(f"interrupted{notes}.")
    return error.status if isinstance(error, Stopped) else 128 + signal.SIGINT


def _never_fail() -> None:
    """Let no text fail on where it goes: a poor encoding gets escapes, a closed stream nothing."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - for the process
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")


def _fail(message: str) -> int:
    from ogcheck.cli.options import visible

    with suppress(OSError):  # standard error may be full or gone, too
        click.echo("ogcheck: " + "\n".join(map(visible, message.split("\n"))), err=True)
    return 2
