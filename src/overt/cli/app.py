"""The application: commands, and what becomes of failures."""

import os
import sys
from collections.abc import Sequence
from typing import Any

import duckdb
import pyarrow as pa
import typer

from overt.cli import (
    build,
    claim,
    demo,
    diff,
    fetch,
    figures,
    importing,
    init,
    judge,
    release,
    resolve,
    serve,
    show,
    sources,
    verify,
)
from overt.model.errors import OvertError, UsageError

app = typer.Typer(
    name="overt",
    help="An open observatory of digital repression: evidence-first database, map and toolkit.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("demo")(demo.demo)
app.command("init")(init.init)
app.command("fetch")(fetch.fetch)
app.command("import")(importing.import_)
app.command("resolve")(resolve.resolve)
app.add_typer(judge.app, name="judge")
app.add_typer(claim.app, name="claim")
app.command("retract")(claim.retract)
app.command("release")(release.release)
app.command("build")(build.build)
app.command("figures")(figures.figures)
app.command("show")(show.show)
app.command("diff")(diff.diff)
app.command("verify")(verify.verify)
app.command("sources")(sources.sources)
app.command("serve")(serve.serve)


_MISUSE: type[Exception] = typer.BadParameter.__mro__[2]
"""What the library raises for wrong words; it has no public name for it."""
_FULL = (duckdb.OutOfMemoryException, duckdb.IOException)
_BROKEN = (duckdb.Error, pa.ArrowException)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 found something wrong, 2 used wrongly."""
    try:
        code = int(typer.main.get_command(app).main(list(arguments), prog_name="overt", standalone_mode=False) or 0)
        sys.stdout.flush()
        return code
    except _MISUSE as error:
        return _misused(error)
    except (typer.Abort, KeyboardInterrupt):
        return _fail("stopped", 130)
    except OvertError as error:
        return _fail(str(error), 2 if isinstance(error, UsageError) else 1)
    except _FULL as error:
        return _fail(f"{error}; give it room: `memory` under [engine] of overt.toml, or space on the disk")
    except _BROKEN as error:
        if os.environ.get("OVERT_TRACE"):
            raise
        remedy = "claims/, resolved/ and cache/ can be deleted and made again; `overt verify` checks the rest"
        return _fail(f"a table cannot be read or made: {error}; {remedy}; OVERT_TRACE=1 shows where")
    except (BrokenPipeError, SystemExit):  # `overt figures | head`; the library makes an exit of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _fail(f"{error.filename or 'the system'}: {error.strerror or error}")


def _fail(message: str, code: int = 1) -> int:
    print(f"overt: {' '.join(message.split())}", file=sys.stderr)
    return code


def _misused(error: Any) -> int:
    """Wrong words on the command line, in one line; a command without any words shows its help."""
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()
        return 2
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "overt"
    return _fail(f"{error.format_message().rstrip('.')}; see `{command} --help`", 2)
