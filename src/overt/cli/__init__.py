"""The command `overt`: one small file per command."""

import io
import sys


def main() -> None:
    """Run the command line. An expected failure prints one line and exits with 1, wrong use with 2."""
    from overt.cli.app import run

    for stream in (sys.stdout, sys.stderr):  # names are in all scripts: UTF-8 in a file, and whatever a terminal supports
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))
