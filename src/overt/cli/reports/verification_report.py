"""The output of `overt verify`."""

from typing import Any

from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages
from overt.cli.reports.evidence_check_text import describe_places
from overt.cli.reports.release_history_and_witness_checks import history_signer, ledger_state
from overt.cli.reports.verification_run import Verification, describe_newer
from overt.model.detached_file_signatures import fingerprint, short_key
from overt.model.errors import format_count


def print_report(run: Verification, releases: list[str]) -> None:
    """Print the result of a run, as text or as JSON. `releases`: the ids of the checked releases.

    The text only counts the problems, because each was printed when it was found.
    """
    options, problems = run.options, run.problems
    captures = None if any(problem["part"] == "archive" for problem in problems) else len(run.archive.captures())
    foreign = [result for result in run.recomputed if result.verdict == "not recomputable"]
    signer = history_signer(run.atlas)
    if options.json:
        verdict = False if problems else None if foreign or options.quick else True
        print_json(verification_document(verdict, captures, releases, problems, run, quick=options.quick))
        return
    for note in run.notes:
        messages.print(f"note: {note}")
    for result in foreign:
        print(f"{result.release}: not recomputable here: made with {', '.join(result.differs)}")
    if problems:
        print(format_count(len(problems), "problem"))
        return
    signed = f", signed by {short_key(fingerprint(options.signer))}" if options.signer else ""
    checked = f"{format_count(captures or 0, 'capture')}, {format_count(len(releases), 'release')}{signed}"
    by = f"; the history is signed by the key {short_key(signer)}" if signer else ""
    state = f"{describe_places(run.places)}{ledger_state(run.ledger)}{by}"
    newer = f"; {describe_newer(run.newer)} newer than the last release, and the same again" if run.is_newer_checked else ""
    if options.quick:
        print(f"quick check: {checked}; files match their hashes; {state};")
        print("nothing was computed again, so a forgery that adapted the hashes would pass; `overt verify` computes again")
    elif foreign:
        print(f"no problem found, but not everything could be computed here: {checked}; files match their hashes; {state}{newer}")
    else:
        again = [result.release for result in run.recomputed if result.verdict == "equal"]
        made = f"; computed again, byte for byte: {', '.join(again)}" if again else ""
        print(f"whole: {checked}; {state}{made}{newer}")


def verification_document(
    verdict: bool | None,
    captures: int | None,
    releases: list[str],
    problems: list[dict[str, str | None]],
    run: Verification | None = None,
    *,
    quick: bool = False,
) -> dict[str, Any]:
    """Return the result as data for JSON.

    `verdict`: whether all is intact; None if no problem was found, but not everything was computed again. `captures`: the
    number of captures in the archive; None if the archive has a problem. For a static edition or a copy, `captures` and `run`
    are None.
    """
    return {
        "whole": verdict,
        "quick": quick,
        "captures": captures,
        "releases": releases,
        "recomputed": [result._asdict() for result in run.recomputed] if run else [],
        "notes": run.notes if run else [],
        "problems": problems,
        "places": run.places._asdict() if run else None,
        "history_signer": history_signer(run.atlas) if run else None,
        "newer": _newer(run) if run else None,
    }


def _newer(run: Verification) -> dict[str, Any]:
    return {"snapshots": run.newer.snapshots, "resolution": run.newer.resolution, "checked": run.is_newer_checked}
