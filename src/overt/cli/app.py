"""The application: commands, and what becomes of failures."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from overt.cli.commands import Commands
from overt.model.errors import OvertError, UsageError

HELP = "An open observatory of digital repression: evidence-first database, map and toolkit."

_MISUSE: type[Exception] = typer.BadParameter.__mro__[2]
"""What the library raises for wrong words; it has no public name for it."""


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 found something wrong, 2 used wrongly."""
    if sys.stdout is None:  # closed (`>&-`), as by some who start it: as where nobody reads on
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (as long as the process)
    try:
        code = int(Commands(help=HELP).main(list(arguments), prog_name="overt", standalone_mode=False) or 0)
        sys.stdout.flush()
        return code
    except _MISUSE as error:
        return _misused(error)
    except (typer.Abort, KeyboardInterrupt):
        return _fail("stopped", 130)
    except OvertError as error:
        return _fail(str(error), 2 if isinstance(error, UsageError) else 1)
    except (BrokenPipeError, SystemExit):  # `overt figures | head`; the library makes an exit of it
        _forget_output()
        return 0
    except OSError as error:
        return _fail(f"{error.filename or 'the system'}: {error.strerror or error}")
    except Exception as error:
        return _engine_failed(error)


def _engine_failed(error: Exception) -> int:
    """A failure of the engine or of a table in one line; any other is a fault of ours and is raised again."""
    import duckdb  # here, so that commands which need neither start quickly
    import pyarrow as pa

    if isinstance(error, duckdb.OutOfMemoryException | duckdb.IOException):
        return _fail(f"{error}; give it room: `memory` under [engine] of overt.toml, or space on the disk")
    if not isinstance(error, duckdb.Error | pa.ArrowException) or os.environ.get("OVERT_TRACE"):
        raise error
    remedy = "claims/, resolved/ and cache/ can be deleted and made again; `overt verify` checks the rest"
    return _fail(f"a table cannot be read or made: {error}; {remedy}; OVERT_TRACE=1 shows where")


def _forget_output() -> None:
    """What could not be written is not tried again when Python ends, which would make an exit code of its own of it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(message: str, code: int = 1) -> int:
    try:
        sys.stdout.flush()
    except OSError:
        _forget_output()
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
