"""The checks of `overt verify` on an atlas, and the problems that they find."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from overt.archive import Archive
from overt.cli.messages_and_progress import ProgressBar, messages
from overt.cli.reports.release_history_and_witness_checks import history_checks
from overt.importing.machine_clock_check import clock_problem
from overt.index.verification.index_verification import compare_indexes, has_index, verify_indexes
from overt.ledger import Ledger
from overt.model.errors import OvertError, format_count
from overt.model.workspace import Workspace
from overt.release.archived_evidence_counts import NO_PLACES, count_places
from overt.release.blocklist_and_domain_tables import verify_observations
from overt.release.history.history_verification import former_signer, older_latest
from overt.release.release_integrity import verify_history, verify_places, verify_release
from overt.release.release_signature import verify_signature
from overt.release.verification.claim_and_resolution_digests import verify_claims, verify_resolution
from overt.release.verification.past_inputs import TemporaryWorkspace, past_inputs, read_origin
from overt.release.verification.recomputation import compare_claims, compare_release, compare_resolution, obstacles, recompute
from overt.release.verification.recomputation_since_last_release import (
    NOTHING_NEWER,
    NewerInputs,
    current_inputs,
    find_newer,
    recompute_current,
)


class VerifyOptions(NamedTuple):
    """The options of `overt verify`."""

    release: str | None
    signer: Ed25519PublicKey | None
    witness: Path | None
    every: bool
    """Whether all releases are computed again, not only the newest."""
    quick: bool
    """Whether no release and no newer claims are computed again."""
    trust: bool
    """Whether importers that came with the atlas run without asking."""
    json: bool


class Recomputed(NamedTuple):
    """The verdict on a release that was to be computed again."""

    release: str
    verdict: Literal["equal", "different", "not recomputable"]
    differs: list[str]
    """Why the release is `not recomputable`: what is different here, as in `DuckDB 1.5.4 (here 1.5.5)`.

    Empty for other verdicts.
    """


def describe_newer(newer: NewerInputs) -> str:
    """Return the beginning of a sentence about inputs newer than the last release, up to its verb: `the resolution is`."""
    claims = f"claims of {format_count(len(newer.snapshots), 'snapshot')}" if newer.snapshots else ""
    if newer.resolution:
        return f"{claims} and the resolution are" if claims else "the resolution is"
    return f"{claims} are"


class Verification:
    """The checks of one run, and the problems that they found."""

    def __init__(self, atlas: Workspace, archive: Archive, ledger: Ledger, options: VerifyOptions, bar: ProgressBar) -> None:
        self.atlas, self.archive, self.ledger, self.options = atlas, archive, ledger, options
        self.problems: list[dict[str, str | None]] = []
        self.places = NO_PLACES
        self.recomputed: list[Recomputed] = []
        self.notes: list[str] = []
        self.newer = NOTHING_NEWER
        """Claims and resolution that are newer than the last release."""
        self.is_newer_checked = False
        self._compared_indexes: set[str] = set()
        self._seen: set[str] = set()
        self._bar, self._task, self._has_share = bar, bar.add_task("archive", total=None), False

    def check(self, part: str, release: str, reasons: Iterable[str]) -> bool:
        """Run a check, and return whether it found no problem. New problems are recorded and, without --json, printed."""
        self.progress(f"{part} {release}".strip())
        is_intact = True
        for problem in reasons:
            is_intact = False
            if problem not in self._seen:
                self._seen.add(problem)
                self.problems.append({"part": part, "release": release or None, "problem": problem})
                if not self.options.json:
                    messages.error(f"overt: {problem}")
        return is_intact

    def progress(self, step: str, share: float | None = None) -> None:
        """Show the current step, and how much of it is done (a share from 0 to 1; None if unknown)."""
        if share is None and self._has_share:  # A task with a total must not go back to an unknown total.
            self._bar.remove_task(self._task)
            self._task = self._bar.add_task(step, total=None)
        self._has_share = share is not None
        changes = {} if share is None else {"completed": share, "total": 1.0}
        self._bar.update(self._task, description=step, **changes)

    def check_files(self, folders: list[Path]) -> list[Path]:
        """Check the atlas, but don't compute any release again. Return those of `folders` that have no problem.

        If the archive or the ledger has a problem, return none.
        """
        inputs = [self.check("archive", "", self.archive.verify()), self.check("ledger", "", self.ledger.verify())]
        intact = [folder for folder in folders if self._check_release(folder)]
        reported = {problem["release"] for problem in self.problems if problem["release"]}
        signer, witness = self.options.signer, self.options.witness
        for part, reasons in history_checks(self.atlas, self.archive, self.ledger, signer, witness, reported):
            self.check(part, "", reasons)
        if not inputs[0]:
            return []
        clock = clock_problem(self.atlas, self.archive, self.ledger)
        self.notes += [note for note in (clock, older_latest(self.atlas), former_signer(self.atlas)) if note is not None]
        self.check("claims", "", verify_claims(self.atlas, self.archive))
        self.check("resolution", "", verify_resolution(self.atlas))
        self.check("index", "", verify_indexes(self.atlas))
        return intact if all(inputs) else []

    def _check_release(self, folder: Path) -> bool:
        signer, name = self.options.signer, folder.name
        signed = not signer or self.check("signature", name, verify_signature(folder, signer))
        if not self.check("release", name, verify_release(folder)):
            return False  # The contents of a damaged release prove nothing.
        checks = [
            self.check("inputs", name, verify_history(folder, self.archive, self.ledger)),
            self.check("places", name, verify_places(folder, self.archive, self.atlas.content)),
            self.check("observations", name, verify_observations(folder, self.archive, self.atlas.content)),
        ]
        self.places += count_places(folder)
        return signed and all(checks)

    def recompute(self, folder: Path, place: Path) -> None:
        """Compute an intact release again, compare the result, its inputs and its index with the stored files, and record the
        verdict.

        If the release can't be computed again here, only record that. `place`: a temporary folder.
        """
        name = folder.name
        try:
            origin = read_origin(folder)
            if differs := obstacles(origin, self.atlas):
                self.recomputed.append(Recomputed(name, "not recomputable", differs))
                return
            inputs = past_inputs(origin, self.atlas, self.archive, place)
            recomputed = recompute(inputs, lambda step, share=None: self.progress(f"{name}, again: {step}", share))
            memory = self.atlas.settings.engine.memory
            equal = [
                self.check("claims", name, compare_claims(inputs)),
                self.check("resolution", name, compare_resolution(inputs, self.archive, self.ledger)),
                self.check("recomputed", name, compare_release(folder, recomputed, memory)),
            ]
            self._compared_indexes.add(name)
            if all(equal):
                equal.append(self.check("index", name, compare_indexes(inputs.workspace, name, self.progress)))
            self._note_selection(origin.settings.sources if origin.settings else [], name)
        except OvertError as error:
            equal = [self.check("recomputed", name, [f"{name}: cannot be made again from the archive and the ledger: {error}"])]
        self.recomputed.append(Recomputed(name, "equal" if all(equal) else "different", []))

    def check_newer(self, newest: Path | None, place: Path | None) -> None:
        """Find claims and a resolution newer than the last release. With a `place` (a temporary folder), compute them again and
        compare them.

        `newest`: the last release; None if there is none. With a `place`, all claims and the resolution count as newer unless
        the last release was computed again and is equal.
        """
        is_proven = place is None or any(result == (newest and newest.name, "equal", []) for result in self.recomputed)
        try:
            origin = read_origin(newest) if newest is not None and is_proven else None
            self.newer = find_newer(self.atlas, self.archive, self.ledger, origin)
        except OvertError:
            return  # Other checks report this error.
        if self.newer and place is None:
            self.notes.append(f"{describe_newer(self.newer)} newer than the last release, and not computed again here")
        elif self.newer and place is not None:
            try:
                inputs = current_inputs(self.atlas, self.archive, self.ledger, self.newer, place)
                recompute_current(inputs, self.newer, lambda step, share=None: self.progress(f"newest claims: {step}", share))
                self.check("claims", "", compare_claims(inputs))
                self.check("resolution", "", compare_resolution(inputs, self.archive, self.ledger))
            except OvertError as error:
                self.check("claims", "", [f"{self.atlas.claims}: cannot be made again from the archive and the ledger: {error}"])
            self.is_newer_checked = True

    def compare_other_indexes(self, folders: list[Path], place: Path) -> None:
        """Compare the indexes of intact releases that were not computed again with indexes made from their tables."""
        for folder in folders:
            if folder.name not in self._compared_indexes and has_index(self.atlas, folder.name):
                workspace = TemporaryWorkspace(self.atlas.root, self.atlas, place, self.atlas.settings)
                try:
                    self.check("index", folder.name, compare_indexes(workspace, folder.name, self.progress))
                except OvertError as error:
                    self.notes.append(
                        f"{folder.name}: its index in cache/ was not compared, because none can be made here: {error}"
                    )

    def _note_selection(self, selected: list[str], name: str) -> None:
        if selected and sorted(self.atlas.settings.sources) != selected:
            self.notes.append(f"{name} was limited to these sources: {', '.join(selected)}; overt.toml now selects others")
