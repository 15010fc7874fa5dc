"""The command line: runs a command, and turns failures into one line and an exit code."""

import errno
import io
import os
import sys
from collections.abc import Sequence
from typing import Any

import typer

from overt.cli.command_registry import RootGroup
from overt.cli.interruption import EXIT_CODE, interruption
from overt.cli.messages_and_progress import messages
from overt.model.errors import OvertError, UsageError, quote_text
from overt.model.workspace import on_read_only

HELP = "An open observatory of digital repression: evidence-first database, map and toolkit."
_COMPLETE = "_OVERT_COMPLETE"
"""Environment variable that the shell sets when it asks for completions instead of a command."""

_DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 success, 1 a problem, 2 wrong use, 130 interrupted.

    `overt verify` also returns 3 if a release cannot be computed again here. Raises exceptions that only a bug can cause and,
    if OVERT_TRACE is set, most exceptions of DuckDB, Arrow and SQLite.
    """
    closed = _ClosedOutput() if sys.stdout is None else None
    if closed:
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(closed), encoding="utf-8")
    messages.quiet = False
    on_read_only[:] = [messages.print]
    try:
        _refuse_broken(arguments)
        code = int(RootGroup(help=HELP).main(list(arguments), prog_name="overt", standalone_mode=False) or 0)
        sys.stdout.flush()
        if closed and closed.is_lost and not code:
            return _fail("standard output is closed, so the result was not printed")
        return _stopped() if interruption.received or code == EXIT_CODE else code
    except typer.TyperException as error:
        return _wrong_use(error)
    except (typer.Abort, KeyboardInterrupt):
        return _stopped()
    except OvertError as error:
        return _fail(str(error), 2 if isinstance(error, UsageError) else 1)
    except SystemExit as error:
        if _COMPLETE in os.environ:
            return int(error.code or 0)
        discard_output()  # Typer exits like this after a broken pipe.
        return 0
    except BrokenPipeError:  # This happens with `overt figures | head`.
        discard_output()
        return 0
    except OSError as error:
        advice = "; make room there and run this again: nothing half-written stays" if error.errno in _DISK_FULL else ""
        return _fail(f"{error.filename or 'a file, or standard output'}: {error.strerror or error}{advice}")
    except Exception as error:
        return _engine_failed(error)


class _ClosedOutput(io.FileIO):
    """Replaces standard output if the caller closed it (`>&-`), and records whether anything was written and lost."""

    is_lost = False

    def __init__(self) -> None:
        super().__init__(os.devnull, "wb")

    def write(self, data: Any) -> int:
        self.is_lost = True
        return len(data)


def _refuse_broken(arguments: Sequence[str]) -> None:
    """Raise UsageError for an argument that is not in UTF-8, because it can't be stored. Names of existing files are accepted."""
    for argument in arguments:
        if any("\ud800" <= sign <= "\udfff" for sign in argument) and not os.path.lexists(argument):
            readable = argument.encode(errors="surrogateescape").decode(errors="replace")
            raise UsageError(f"{quote_text(readable)} is not in UTF-8; set your terminal to UTF-8, and write it again")


def _stopped() -> int:
    interruption.announce()
    return EXIT_CODE


def _engine_failed(error: Exception) -> int:
    """Report a failure of DuckDB, Arrow or SQLite in one line. Any other exception is a bug and is raised again.

    If OVERT_TRACE is set, failures of these libraries are raised, too, except for lack of memory and for errors in reading or
    writing files. After Ctrl-C, report that the command was stopped.
    """
    if interruption.received:  # Libraries turn an interrupt into errors of their own.
        return _stopped()
    import sqlite3

    import duckdb
    import pyarrow as pa

    if isinstance(error, duckdb.OutOfMemoryException | duckdb.IOException):
        return _fail(f"{error}; raise `memory` under [engine] of overt.toml, or free space on the disk")
    if isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorname", "").startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return _fail(f"a file of the atlas: {error}; make room on its disk and run this again: nothing half-written stays")
    if not isinstance(error, duckdb.Error | pa.ArrowException | sqlite3.Error) or os.environ.get("OVERT_TRACE"):
        raise error
    advice = "claims/, resolved/ and cache/ can be deleted and made again; `overt verify` checks the rest"
    return _fail(f"a table cannot be read or made: {error}; {advice}; OVERT_TRACE=1 shows where")


def discard_output() -> None:
    """Discard the rest of standard output.

    Otherwise Python would try to write the rest at exit, fail, and exit with a code of its own.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(message: str, code: int = 1) -> int:
    if interruption.received:
        return _stopped()
    try:
        sys.stdout.flush()
    except OSError:
        discard_output()
    print(f"overt: {' '.join(message.split())}", file=sys.stderr)
    return code


def _wrong_use(error: Any) -> int:
    """Report an error of Typer in one line. For a command without any arguments, print its help instead.

    `error`: a `TyperException`. Typer raises it, and its subclasses, only for errors in the use of the command line.
    """
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()
        return 2
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "overt"
    return _fail(f"{error.format_message().rstrip('.')}; see `{command} --help`", 2)
