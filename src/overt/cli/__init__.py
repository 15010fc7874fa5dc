"""The command `overt`: one thin file per command."""

import sys


def main() -> None:
    """Run the command line; an expected failure is one line and exit code 1, wrong use exit code 2."""
    from overt.cli.app import run

    sys.exit(run(sys.argv[1:]))
