"""Network measurements in OONI's formats, judged by the rules of `overt measure`."""

from itertools import chain

from overt.importing import Context, FileProblem
from overt.importing.readers.input_file import InputFile
from overt.measure.measurement_aggregate import verdict_row
from overt.measure.measurement_file_reader import read_file
from overt.measure.measurement_judge import BROKEN, UNSUPPORTED, Finding
from overt.measure.parallel_judging import judge_documents, process_count
from overt.model.errors import UsageError


def run(ctx: Context) -> None:
    fingerprints = {file.name: file.path for file in ctx.files("fingerprints")}
    # Keyed by capture, so that a file saved twice counts once.
    files = {file.capture: file for file in ctx.files("measurements")}
    documents = chain.from_iterable(read_file(capture, file.path) for capture, file in files.items())
    jobs = process_count(sum(file.path.stat().st_size for file in files.values()))
    try:
        for finding in judge_documents(documents, fingerprints, jobs):
            capture, _, member = finding.file.partition("/")
            add_finding(ctx, finding, files[capture], member)
    except UsageError as error:  # The lists of fingerprints can't be used.
        raise FileProblem(str(error)) from None


def add_finding(ctx: Context, finding: Finding, file: InputFile, member: str) -> None:
    """Add one measurement, or the reason why it is left out."""
    if finding.verdict == BROKEN:
        ctx.measured.problem(file, member, finding.place, finding.reason)
    elif finding.verdict == UNSUPPORTED:
        ctx.measured.out_of_scope(file, "unsupported-test")
    elif (row := verdict_row(finding)) is None:
        ctx.measured.out_of_scope(file, "not-countable")
    else:
        columns = {
            **row._asdict(),
            "asn": finding.asn,
            "rule": finding.rule,
            "also": list(finding.also),
            "fingerprints": finding.fingerprints,
            "id": finding.id,
            "observations": finding.observations,
        }
        ctx.measured.add(file, member, finding.place, columns)
