"""The commands, each in a module of its own that is read when it is asked for: so `overt --help` waits for none of them."""

from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info, get_group_from_info
from typer.models import CommandInfo, TyperInfo

from overt import __version__


class Place(NamedTuple):
    """Where a command is: the module, a function there or a `Typer` with commands of its own, and its help in a line."""

    module: str
    name: str
    help: str


COMMANDS = {
    "demo": Place("demo", "demo", "Build the edition that Overt ships (open sources only; no network needed) and serve it."),
    "init": Place("init", "init", "Make a new atlas."),
    "fetch": Place(
        "fetch",
        "fetch",
        "Bring sources' bytes into the archive: from their publisher's address, from a directory, or as Overt ships them.",
    ),
    "import": Place("importing", "import_", "Turn archived bytes into claims: rows read = imported + out of scope + problems."),
    "resolve": Place(
        "resolve", "resolve", "Decide which source records are the same thing; people's judgements always beat the machine's."
    ),
    "judge": Place("judge", "app", "Judgements: which records are the same thing. They beat the machine's and can be undone."),
    "claim": Place("claim", "app", "Editorial claims: what editors add by hand, each with its document."),
    "retract": Place(
        "claim", "retract", "Take back a claim that its source still makes; it stays in the release, struck through."
    ),
    "release": Place("release", "release", "Compute the public tables; prints the release's id, alone, on standard output."),
    "build": Place(
        "build",
        "build",
        "Fetch, import, resolve and release, with progress. Prints each source's account, then the release's id.",
    ),
    "figures": Place("figures", "figures", "Print published numbers, with what others reported beside them."),
    "show": Place(
        "show",
        "show",
        "Print a record with every claim and where it comes from, and the records that name it: money, parts, places, relations.",
    ),
    "search": Place(
        "search", "find", "Find records by their names, in any script, as the site does: ids, types, countries and sources."
    ),
    "overlaps": Place(
        "overlaps",
        "overlaps",
        "Print which sources tell of the same things, and what that says of things that no source tells of, or why nothing.",
    ),
    "measure": Place(
        "measure",
        "measure",
        "Say of published network measurements what they show: blocked, down, ok or insufficient, how, and by which rule.",
    ),
    "estimate": Place(
        "estimate",
        "estimates",
        "Estimate how many there are, those on no list included, from who stands on which of several lists.",
    ),
    "diff": Place("diff", "diff", "Print what differs between two releases, with reasons."),
    "verify": Place(
        "verify",
        "verify",
        "Hash archive and releases again, and read the places that claims point to again; or hash a static edition again.",
    ),
    "key": Place("key", "key", "Make a key to sign releases with."),
    "sign": Place("key", "sign", "Sign the manifest of a release that is there, with the key that overt.toml names."),
    "sources": Place(
        "sources",
        "sources",
        "List the sources that can be used: whether Overt ships them, where to get which files, their licence, what is archived.",
    ),
    "publish": Place(
        "publish",
        "publish",
        "Write the whole site of a release as files, as others may have it: for any host, or a disk without one.",
    ),
    "export": Place(
        "export",
        "export",
        "Write a release as files for other tools, as far as others may have it, with a report of what is not in them.",
    ),
    "serve": Place("serve", "serve", "Serve the site of one release. Beyond this machine only what may be republished is shown."),
}


_FORM: dict[str, Any] = {"pretty_exceptions_short": True, "rich_markup_mode": None}


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"overt {__version__}")
        raise typer.Exit


def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version of Overt and stop.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """What stands before any command."""


class Commands(TyperGroup):
    """`overt`: its commands stand as names and help until one of them is run."""

    def __init__(self, **more: Any) -> None:
        held: dict[str, Any] = {
            name: TyperCommand(name, help=place.help, rich_markup_mode=None) for name, place in COMMANDS.items()
        }
        params = get_command_from_info(CommandInfo(name="overt", callback=_options), **_FORM).params
        super().__init__(name="overt", commands=held, params=params, rich_markup_mode=None, no_args_is_help=True, **more)
        self._read: set[str] = set()

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command itself; its module is read now."""
        if cmd_name in COMMANDS and cmd_name not in self._read:
            self.commands[cmd_name] = load(cmd_name)
            self._read.add(cmd_name)
        return self.commands.get(cmd_name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list of all commands, of which none has to be read for it."""
        room = formatter.width - 6 - max(map(len, self.commands))
        with formatter.section("Commands"):
            formatter.write_dl([(name, held.get_short_help_str(room)) for name, held in self.commands.items()])


def load(name: str) -> Any:
    """A command by its name, with all that it needs."""
    place = COMMANDS[name]
    found = getattr(import_module(f"overt.cli.{place.module}"), place.name)
    if isinstance(found, typer.Typer):
        return get_group_from_info(TyperInfo(found, name=name), suggest_commands=True, **_FORM)
    return get_command_from_info(CommandInfo(name=name, callback=found), **_FORM)
