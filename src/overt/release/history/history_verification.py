"""Verifies the history of releases against itself, the releases, archive, ledger and a key; checks `releases/latest`."""

from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import suppress

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from overt.archive import Archive
from overt.ledger import Ledger
from overt.model.detached_file_signatures import fingerprint, short_key
from overt.model.errors import OvertError
from overt.model.files.file_digests import sha256_file
from overt.model.workspace import Workspace
from overt.release.history.history_file import history_path, parse_history, read_history
from overt.release.history.own_public_keys import OwnKeys, own_keys
from overt.release.history.release_history_line import HistoryLine
from overt.release.history.seen_signed_histories import remember_signed, stripped_problem
from overt.release.history.signatures_by_replaced_keys import LATE_ADVICE, LateSignature, late_signatures
from overt.release.release_folders import LATEST, MANIFEST, list_releases, read_latest


def verify_release_history(
    workspace: Workspace,
    archive: Archive,
    ledger: Ledger,
    signer: Ed25519PublicKey | None = None,
    reported: Set[str] = frozenset(),
) -> Iterator[str]:
    """Yield a message for each problem with the history of releases.

    The checks cover the lines themselves, the releases (changed, missing or unrecorded), captures and ledger entries (lost),
    and signatures and keys. If a trusted key signed the history and there is no problem with signatures, the history is
    remembered as signed (`remember_signed`).

    `signer`: the key that must have signed; if None, one of the keys in overt.toml, if there are any. With `signer` or a key
    that signs releases, the last line must be signed, which covers all lines before it. Every line after a signed line must be
    signed, and none by a key that another had replaced before (`late_signatures`). `reported`: releases with a problem that was
    already reported, so that none is reported twice. An atlas in the first format needs no history.
    """
    path = history_path(workspace)
    lines: list[HistoryLine] = []
    try:
        for number, line, problem in parse_history(path):
            if problem is not None:
                yield f"{path}: line {number} {problem}; restore the history from a copy"
            if line is not None:
                lines.append(line)
    except OvertError as error:
        yield str(error)
        return
    own = own_keys(workspace) if lines else OwnKeys(set(), [], None)
    trusted = own.fingerprints if signer is None else {fingerprint(signer)}
    must_sign = signer is not None or workspace.signing_key is not None
    late = {signature.number: signature for signature in late_signatures(lines, frozenset() if signer else trusted, own.current)}
    problems = [
        *(own.problems if signer is None else []),
        *_signature_problems(str(path), lines, trusted, late, must_sign=must_sign, own=own.fingerprints if signer else set()),
    ]
    yield from problems
    if stripped := stripped_problem(workspace, lines):
        yield stripped
    elif trusted and not problems:
        remember_signed(workspace, lines)
    unreported = [line for line in lines if line.release not in reported]
    yield from _release_problems(workspace, unreported)
    yield from _input_problems(archive, ledger, unreported)
    known = {line.release for line in lines}
    if lines or workspace.format > 1:
        for folder in list_releases(workspace.releases):
            if folder.name not in known | reported:
                yield f"{path}: lacks the release {folder.name}; restore it from a copy, or add the release with `overt upgrade`"


def verify_latest(workspace: Workspace) -> Iterator[str]:
    """Yield the problem with `releases/latest`, if any: it isn't the id of a stored release, or it is missing.

    A release is added to the history before `latest` is written, so `latest` may be missing while the history is empty or no
    release is stored. If the history is unreadable, a missing `latest` is not reported, because the history's own check reports
    the problem.
    """
    path, history, text = workspace.releases / LATEST, history_path(workspace), read_latest(workspace.releases)
    folders = {f"{folder.name}\n" for folder in list_releases(workspace.releases)}
    with suppress(OvertError):
        if text in folders or (not path.exists() and not (folders and read_history(history, announced=False))):
            return
        yield f"{path}: is not the id of a release, and a line feed; write that of the newest into it, or run `overt release`"


def older_latest(workspace: Workspace) -> str | None:
    """Return a note if `releases/latest` names a release older than the last one in the history; otherwise None.

    If it does, someone made the older release again, or edited the file. None for an unreadable history, too.
    """
    latest = read_latest(workspace.releases).strip()
    with suppress(OvertError):
        names = [line.release for line in read_history(history_path(workspace))]
        if latest in names[:-1]:
            return f"`latest` is {latest}, which is older than {names[-1]}; `overt release` makes the newest"
    return None


def former_signer(workspace: Workspace) -> str | None:
    """Return a note if a key other than the current one of overt.toml signed the last line; otherwise None.

    Until the current key signs a line, releases signed with the old key can't be told from forgeries by somebody who has that
    key. None for an unreadable history, too.
    """
    current = own_keys(workspace).current
    with suppress(OvertError, ValueError):
        lines = read_history(history_path(workspace))
        if current is not None and lines and lines[-1].signer not in (current, None):
            return (
                f"the last release, {lines[-1].release}, is signed by the key {short_key(lines[-1].signer)}, not by"
                f" {short_key(current)}, which overt.toml names now; until the new key signs a release, whoever has the old one"
                " can add releases"
            )
    return None


def _signature_problems(
    path: str,
    lines: Sequence[HistoryLine],
    trusted: Set[str],
    late: Mapping[int, LateSignature],
    *,
    must_sign: bool,
    own: Set[str],
) -> Iterator[str]:
    """Yield a message for each line with a wrong predecessor, or with a signature that is missing, invalid or by the wrong key.

    `late`: lines signed by a key that had been replaced, by line number. `own`: fingerprints of the keys that overt.toml names,
    if the user gave another key; otherwise empty.
    """
    previous, has_signed = "", False
    for number, line in enumerate(lines, start=1):
        if line.previous != previous:
            yield f"{path}: line {number} names {line.previous or 'no release'} as the one before, not {previous or 'none'}"
        previous = line.release
        if line.key is None:
            if has_signed:
                yield f"{path}: line {number}, release {line.release}, is not signed, but one before is; restore it from a copy"
            elif must_sign and number == len(lines):
                yield (
                    f"{path}: its last line, release {line.release}, is not signed; if you have just named the key in overt.toml,"
                    " `overt sign` signs it; otherwise restore releases/ from a copy"
                )
            continue
        has_signed = True
        if not line.has_valid_signature():
            yield f"{path}: line {number}, release {line.release}, is not what the key in it signed; restore it from a copy"
        elif number in late:
            yield f"{path}: {late[number]}; {LATE_ADVICE}"
        elif trusted and line.signer not in trusted:
            advice = (
                "overt.toml names that key, but with --key only the owner of KEY counts; leave it out to accept all keys of"
                " overt.toml, those under `former` included"
                if line.signer in own
                else "name a key that you used before under `former` of [signing] in overt.toml"
            )
            other = f"another key ({short_key(line.signer)})"
            yield f"{path}: line {number}, release {line.release}, is signed by {other}; {advice}"


def _release_problems(workspace: Workspace, lines: Sequence[HistoryLine]) -> Iterator[str]:
    for line in lines:
        manifest = workspace.releases / line.release / MANIFEST
        if not manifest.is_file():
            yield f"{manifest.parent}: was taken away, and the history has it; restore it from a copy, or make it again"
        elif sha256_file(manifest) != line.manifest:
            yield f"{manifest}: is not the manifest that the history has; restore the release from a copy"


def _input_problems(archive: Archive, ledger: Ledger, lines: Sequence[HistoryLine]) -> Iterator[str]:
    """Yield a message for the first line that contradicts the archive, and one for the first that contradicts the ledger.

    An unreadable archive or ledger is skipped, because its own check reports it.
    """
    with suppress(OvertError):
        captures = archive.captures()
        for line in lines:
            position = line.archive
            chain = captures[position.captures - 1].chain if 0 < position.captures <= len(captures) else ""
            if chain != position.chain:
                yield f"{archive.index}: lacks capture {position.captures} of release {line.release}; restore it from a copy"
                break
    with suppress(OvertError):
        for line in lines:
            if ledger.chain_of(line.ledger.sequence) != line.ledger.chain:
                yield f"the ledger lacks entry {line.ledger.sequence} of release {line.release}; restore it from a copy"
                break
