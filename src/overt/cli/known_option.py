"""The option `--known`: what the atlas knew at an earlier time, from a stored release or one computed for the command."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from overt.cli.atlas_access import release_folder
from overt.cli.completion import complete_releases
from overt.cli.messages_and_progress import messages, step_bar
from overt.model.errors import UsageError

if TYPE_CHECKING:
    from overt.model.workspace import Workspace

KnownOption = Annotated[
    str | None,
    typer.Option(
        "--known",
        help="Use what the atlas knew then: a release, or a date for the newest release whose data are no later. "
        "If the release is not kept, it is computed again.",
        metavar="DATE|RELEASE",
        show_default=False,
        autocompletion=complete_releases,
    ),
]
_PLACE = "overt-known-"


class ChosenRelease(NamedTuple):
    """The release that a command reads."""

    atlas: "Workspace"
    """The atlas, or a temporary atlas with a computed release."""
    folder: Path
    computed: str | None = None
    """A line that explains how the release was computed; None for a stored release."""


@contextmanager
def chosen_release(atlas: "Workspace", release: str | None, known: str | None) -> Iterator[ChosenRelease]:
    """Yield the release that `--release` or `--known` chooses; without either, the latest.

    A computed release is deleted when the block ends.

    Raises UsageError if both options are given, and the errors of `release_folder`, `find_known` and `compute_known`.
    """
    if known is None:
        yield ChosenRelease(atlas, release_folder(atlas, release))
        return
    if release is not None:
        raise UsageError("--release and --known: both choose a release; leave one out")
    from overt.release.history.past_release import compute_known, find_known
    from overt.release.verification.temporary_folder import temporary_folder

    state = find_known(atlas, known)
    if state.folder is not None:
        messages.print(f"known {known}: release {state.release}")
        yield ChosenRelease(atlas, state.folder)
        return
    assert state.position is not None, "a release that is not kept is known from its line"
    with temporary_folder(_PLACE) as place:
        with step_bar("computing") as progress:
            computed = compute_known(atlas, state.position, place, progress)
        yield ChosenRelease(computed.workspace, computed.folder, state.description)
