"""The command `overt`: its subcommands, and the code that they share."""

import io
import os
import sys


def main() -> None:
    """Run the command line.

    Exits with the code that `overt.cli.runner.run` returns, or with 130 after Ctrl-C. After an expected failure, it prints one
    line and no traceback.
    """
    try:
        from overt.cli.interruption import EXIT_CODE, interruption

        interruption.install()
    except KeyboardInterrupt:  # Python raises this until the handler is installed. Before `main` runs, nothing can catch it.
        os.write(2, b"overt: stopped\n")
        os._exit(130)
    try:
        from overt.cli.runner import run

        # Names can be in any script, so write UTF-8 to files, and escape what a terminal can't encode.
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
        code = run(sys.argv[1:])
        interruption.ignore()
    except BaseException:
        if not interruption.received:
            raise
        code = EXIT_CODE
    if interruption.received:
        interruption.end()
    sys.exit(code)
