"""The global options: --version, and --workspace, --json and --quiet, which may precede a command: `overt -w atlas figures`."""

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command_from_info
from typer.models import CommandInfo

from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.messages_and_progress import messages
from overt.model.errors import UsageError
from overt.version import __version__


class CommandGroup(TyperGroup):
    """A group of commands. If --workspace or --json precedes a command, the group passes it on to the command."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command, and put the --workspace and --json that precede it in front of its arguments."""
        name, command, rest = super().resolve_command(ctx, args)
        options = []
        if ctx.params.get("workspace") not in (None, HERE):
            options += ["--workspace", str(ctx.params["workspace"])]
        if ctx.params.get("json"):
            options.append("--json")
        return name, command, [*options, *rest]


def root_parameters() -> list[Any]:
    """Return the options of `overt` itself."""
    return _parameters(_root_options)


def add_global_options(command: Any, path: str) -> None:
    """Add the global options that a command does not define.

    `path`: the words that call the command, such as `overt judge list`. Options that have no effect on the command are not in
    its help, and using them is an error.
    """
    known = {parameter.name for parameter in command.params}
    if isinstance(command, TyperGroup):
        for name, subcommand in command.commands.items():
            add_global_options(subcommand, f"{path} {name}")
        command.params += _parameters(_group_options)
        return
    command.params += _parameters(_quiet_option)
    if "json" not in known:
        command.params += _parameters(_refused_json(path))
    if not any("--workspace" in parameter.opts for parameter in command.params):
        command.params += _parameters(_refused_workspace(path))


def _parameters(options: Any) -> list[Any]:
    return get_command_from_info(
        CommandInfo(name="overt", callback=options), pretty_exceptions_short=True, rich_markup_mode=None
    ).params


def _print_version(chosen: bool) -> None:
    if chosen:
        print(f"overt {__version__}")
        raise typer.Exit


def _be_quiet(chosen: bool) -> None:
    messages.quiet |= chosen


QuietOption = Annotated[
    bool,
    typer.Option(
        "--quiet", "-q", help="Print errors only on standard error: no progress, no messages.", callback=_be_quiet,
        expose_value=False, is_eager=True,
    ),
]  # fmt: skip


def _root_options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version of Overt and stop.", callback=_print_version, is_eager=True, expose_value=False
        ),
    ] = False,
    workspace: WorkspaceOption = HERE,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Declare the options of `overt` itself."""


def _group_options(workspace: WorkspaceOption = HERE, json: JsonOption = False, quiet: QuietOption = False) -> None:
    """Declare the options of a group such as `overt judge`."""


def _quiet_option(quiet: QuietOption = False) -> None:
    """Declare `--quiet`, which every command has."""


def _refused_json(path: str) -> Any:
    def refuse(chosen: bool) -> None:
        if chosen:
            raise UsageError(f"{path}: has no JSON to print; leave out --json")

    def options(
        json: Annotated[bool, typer.Option("--json", hidden=True, callback=refuse, expose_value=False)] = False,
    ) -> None:
        """Declare a hidden `--json`, so that a command without JSON can say why it refuses the option."""

    return options


def _refused_workspace(path: str) -> Any:
    def refuse(directory: Path | None) -> None:
        if directory is not None:
            raise UsageError(f"{path}: works without an atlas; leave out --workspace")

    def options(
        workspace: Annotated[
            Path | None, typer.Option("--workspace", "-w", hidden=True, callback=refuse, expose_value=False)
        ] = None,
    ) -> None:
        """Declare a hidden `--workspace`, so that a command that reads no atlas can say why it refuses the option."""

    return options
