"""The command `overt`: one small file per command."""

import io
import sys


def main() -> None:
    """Run the command line; an expected failure is one line and exit code 1, wrong use exit code 2."""
    from overt.cli.interruption import EXIT_CODE, interruption

    try:
        interruption.install()
        from overt.cli.app import run

        for stream in (sys.stdout, sys.stderr):  # names in all scripts: into a file as UTF-8, on a terminal as it can
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
        code = run(sys.argv[1:])
    except BaseException:
        if not interruption.received:
            raise
        code = EXIT_CODE
    if interruption.received:
        interruption.end()
    sys.exit(code)
