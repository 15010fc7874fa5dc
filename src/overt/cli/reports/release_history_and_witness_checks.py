"""The checks of `overt verify` on the history of releases and against a witness, and who signed history and ledger."""

from collections.abc import Iterable, Iterator, Set
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from overt.archive import Archive
from overt.cli.messages_and_progress import messages
from overt.ledger import Ledger
from overt.model.errors import OvertError
from overt.model.workspace import SETTINGS, Workspace
from overt.release.history.atlas_witness import compare_witness, read_witness
from overt.release.history.history_file import history_path, read_history
from overt.release.history.history_verification import verify_latest, verify_release_history
from overt.release.history.witness_timestamp import timestamp_problem, timestamp_time


def history_checks(
    atlas: Workspace,
    archive: Archive,
    ledger: Ledger,
    signer: Ed25519PublicKey | None,
    witness: Path | None,
    reported: Set[str],
) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield each part to check with its problems: the history of releases, the file `latest`, the `witness` and its timestamp.

    `reported`: the releases that already have a problem. `signer`: as for `verify_release_history`.

    Raises UsageError for a file that is not a witness.
    """
    yield "history", verify_release_history(atlas, archive, ledger, signer, reported)
    yield "latest", verify_latest(atlas)
    if witness is not None:
        taken = read_witness(witness)
        yield "witness", compare_witness(taken, atlas, archive, ledger)
        if taken.timestamp:
            yield "timestamp", _timestamp_problems(witness, atlas)


def history_signer(atlas: Workspace) -> str | None:
    """Return the fingerprint of the key that signed the last line of the history; None if it isn't signed or can't be read."""
    with suppress(OvertError, ValueError):
        lines = read_history(history_path(atlas))
        return lines[-1].signer if lines else None
    return None


def ledger_state(ledger: Ledger) -> str:
    """Return, in words, whether entries of the ledger are signed; "" for a ledger that is empty or can't be read."""
    try:
        if not ledger.head().sequence:
            return ""
        keys = ledger.keys()
    except OvertError:
        return ""  # The check of the ledger reports this error.
    if not keys.is_signed:
        return "; the ledger is unsigned: no editor has a key"
    return f"; the ledger is signed since entry {keys.since}, by keys in force at each entry"


def _timestamp_problems(witness: Path, atlas: Workspace) -> Iterator[str]:
    taken, certificates = read_witness(witness), atlas.settings.witness.certificates
    try:
        time = f"{timestamp_time(taken, witness):%Y-%m-%d %H:%M:%S} UTC"
        if not certificates:
            messages.print(f"{witness}: its timestamp says {time}, unchecked: {SETTINGS} names no `certificates` under [witness]")
        elif problem := timestamp_problem(taken, witness, atlas.root / Path(certificates).expanduser()):
            yield problem
        else:
            messages.print(f"{witness}: its timestamp is of {time}")
    except OvertError as error:
        yield str(error)
