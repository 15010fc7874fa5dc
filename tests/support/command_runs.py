"""Commands run in this process or in another, with their exit code and output."""

import io
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import NamedTuple

from overt.cli.runner import run


class Outcome(NamedTuple):
    """Exit code and output of a command."""

    code: int
    out: str
    err: str

    @property
    def errors(self) -> list[str]:
        """Lines on standard error that report an error."""
        return [line for line in self.err.splitlines() if line.startswith("overt: ")]


def overt(*words: object) -> Outcome:
    """Run a command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run([str(word) for word in words])
    return Outcome(code, out.getvalue(), err.getvalue())


def overt_process(*words: object) -> Outcome:
    """Run a command in a separate process."""
    command = [sys.executable, "-c", "from overt.cli import main; main()", *map(str, words)]
    completed = subprocess.run(command, capture_output=True, text=True, check=False)
    return Outcome(completed.returncode, completed.stdout, completed.stderr)
