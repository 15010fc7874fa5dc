"""The table of commands. A command's module is imported only when the command is used, so `overt --help` is fast."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand
from typer.main import get_command_from_info, get_group_from_info, get_install_completion_arguments
from typer.models import CommandInfo, TyperInfo

from overt.cli.global_options import CommandGroup, add_global_options, root_parameters


class Command(NamedTuple):
    """The module and function of a command, and its summary."""

    module: str
    """Name of the module in `overt.cli.commands`."""
    name: str
    """Name of a function in the module, or of a `Typer` with subcommands."""
    summary: str
    """First sentence of the command's help, at most 62 characters long, so that `overt --help` fits on 80 columns."""


COMMANDS = {
    "demo": Command("demo", "demo", "Build the edition that Overt ships, and serve it."),
    "init": Command("init", "init", "Make a new atlas."),
    "fetch": Command("fetch", "fetch", "Fetch the files of sources into the archive."),
    "import": Command("import_", "import_", "Turn archived files into claims."),
    "resolve": Command("resolve", "resolve", "Decide which source records are the same entity."),
    "judge": Command("judge", "app", "Judge which records are the same thing; undo judgements."),
    "claim": Command("claim", "app", "Add claims by hand, each with its document; list them."),
    "add": Command("add", "add", "Add complete records by hand, each with its documents."),
    "retract": Command("retract", "retract", "Take back a claim that its source still makes."),
    "correct": Command("correct", "correct", "Correct a published record, with a reason that readers see."),
    "withhold": Command("withhold", "withhold", "Withhold a record in dispute from releases."),
    "release": Command("release", "release", "Make a release: its tables, and the index that pages read."),
    "build": Command("build", "build", "Fetch, import, resolve and release, in one go."),
    "status": Command("status", "status", "Print which files count, what is stale, and what to review."),
    "places": Command("places", "places", "Print the names of towns in sources that could not be placed."),
    "log": Command("log", "log", "Print what was decided and released, the newest first."),
    "figures": Command("figures", "figures", "Print published numbers beside what others reported."),
    "findings": Command("findings", "findings", "Print the sentences that the newest release supports."),
    "show": Command("show", "show", "Print a record and its claims; or a country or a region."),
    "search": Command("search", "find", "Find records by name, in any script, as the site does."),
    "ask": Command("ask", "ask", "Answer a question: `overt ask huawei kenya`."),
    "overlaps": Command("overlaps", "overlaps", "Print which sources list the same projects and organisations."),
    "measure": Command("measure", "measure", "Judge network measurements: blocked, down, ok or insufficient."),
    "estimate": Command("estimate", "estimates", "Estimate a total from lists that overlap."),
    "diff": Command("diff", "diff", "Print what changed between two releases, and why."),
    "verify": Command("verify", "verify", "Check that nothing was changed, and make the release again."),
    "witness": Command("witness", "witness", "Print the last hashes of an atlas, to store elsewhere."),
    "key": Command("key", "app", "Make keys for releases and editors; admit and revoke them."),
    "sign": Command("sign", "sign", "Sign a release with the key that overt.toml names."),
    "source": Command("source", "app", "Describe a new source; choose which files of one count."),
    "sources": Command("sources", "sources", "List the sources: files, licences, what is archived."),
    "upgrade": Command("upgrade", "upgrade", "Upgrade an atlas of an older format to the current one."),
    "publish": Command("publish", "publish", "Write the site of a release as static files."),
    "export": Command("export", "export", "Write a release as files for other tools."),
    "serve": Command("serve", "serve", "Serve the site of a release."),
    "clean": Command("clean", "clean", "Delete caches that can be made again, to free disk space."),
}
_FORM: Mapping[str, Any] = {"pretty_exceptions_short": True, "rich_markup_mode": None}


class RootGroup(CommandGroup):
    """The command `overt`. Until a subcommand is used, only the subcommand's name and summary are loaded."""

    def __init__(self, **settings: Any) -> None:
        summaries: dict[str, Any] = {
            name: TyperCommand(name, short_help=command.summary, rich_markup_mode=None) for name, command in COMMANDS.items()
        }
        params = [*root_parameters(), *get_install_completion_arguments()]
        super().__init__(name="overt", commands=summaries, params=params, rich_markup_mode=None, no_args_is_help=True, **settings)
        self._loaded: set[str] = set()

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, importing its module on first use; None for an unknown name."""
        if cmd_name in COMMANDS and cmd_name not in self._loaded:
            self.commands[cmd_name] = load(cmd_name)
            self._loaded.add(cmd_name)
        return self.commands.get(cmd_name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.summary) for name, command in COMMANDS.items()])

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Complete options and names of commands, without importing any command."""
        self._loaded.update(COMMANDS)
        return super().shell_complete(ctx, incomplete)


def load(name: str) -> Any:
    """Load a command by its name and add the global options to it."""
    entry = COMMANDS[name]
    defined = getattr(import_module(f"overt.cli.commands.{entry.module}"), entry.name)
    if isinstance(defined, typer.Typer):
        info = TyperInfo(defined, name=name, cls=defined.info.cls if isinstance(defined.info.cls, type) else CommandGroup)
        command: Any = get_group_from_info(info, suggest_commands=True, **_FORM)
    else:
        command = get_command_from_info(CommandInfo(name=name, callback=defined), **_FORM)
    add_global_options(command, f"overt {name}")
    return command
