"""The application: commands, and what becomes of failures."""

import os
import sys
from collections.abc import Sequence

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


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 found something wrong, 2 used wrongly."""
    try:
        app(list(arguments), prog_name="overt")
    except SystemExit as done:  # so the command line ends when all went well, or when its words were wrong
        return done.code if isinstance(done.code, int) else 0
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    except OvertError as error:
        print(f"overt: {' '.join(str(error).split())}", file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1
    except BrokenPipeError:  # `overt figures | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"overt: {error.filename or 'the system'}: {error.strerror or error}", file=sys.stderr)
        return 1
    return 0
