"""``ogcheck completion``: what a shell has to read so that the tab key completes ogcheck's words.

click parses what was typed and asks each parameter (``completing.py``); the shells call it with
``_OGCHECK_COMPLETE`` set. What bash and fish have to read is written here, because click's own
loses values that hold spaces or commas.
"""

from __future__ import annotations

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
)

_BASH = """\
%(complete_func)s() {
    local response type value current="${COMP_WORDS[COMP_CWORD]}"
    COMPREPLY=()
    response=$(IFS=$'\\n' COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD \\
        %(complete_var)s=bash_complete "$1" 2>/dev/null)
    while IFS=, read -r type value; do
        case $type in
            file) compopt -o default 2>/dev/null ;;
            dir) compopt -o dirnames 2>/dev/null ;;
            plain) COMPREPLY+=("$value") ;;
        esac
    done <<< "$response"
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""

_FISH = """\
function %(complete_func)s
    set -l words (commandline -cp | string collect)
    set -l word (commandline -t | string collect)
    set -l response (env %(complete_var)s=fish_complete COMP_WORDS="$words" COMP_CWORD="$word" \\
        %(prog_name)s 2>/dev/null)
    for completion in $response
        set -l parts (string split --max 1 "," -- $completion)
        switch $parts[1]
            case dir
                __fish_complete_directories $parts[2]
            case file
                __fish_complete_path $parts[2]
            case plain
                echo $parts[2]
        end
    end
end
complete --no-files --keep-order --command %(prog_name)s --arguments "(%(complete_func)s)"
"""


@add_completion_class
class _Bash(BashComplete):
    source_template = _BASH

    def source(self) -> str:
        """The script; bash itself is not asked for its version: it need not be this one."""
        return ShellComplete.source(self)


@add_completion_class
class _Fish(FishComplete):
    source_template = _FISH

    def format_completion(self, item: CompletionItem) -> str:
        """The type, a comma, the value, and behind a tab what it means."""
        return f"{item.type},{item.value}" + (f"\t{item.help}" if item.help else "")


SHELLS: dict[str, type[ShellComplete]] = {"bash": _Bash, "zsh": ZshComplete, "fish": _Fish}


@click.command(
    "completion",
    epilog='bash: eval "$(ogcheck completion bash)" in ~/.bashrc.  zsh: the same with zsh, '
    "behind compinit, in ~/.zshrc.  fish: ogcheck completion fish > "
    "~/.config/fish/completions/ogcheck.fish",
)
@click.argument("shell", type=click.Choice(tuple(SHELLS)))
@click.pass_context
def command(ctx: click.Context, shell: str) -> int:
    """Print what SHELL has to read to complete commands, options, rules, formats and presets."""
    root = ctx.find_root().command
    script = SHELLS[shell](root, {}, "ogcheck", "_OGCHECK_COMPLETE").source()
    click.echo(script, nl=False)
    return 0
