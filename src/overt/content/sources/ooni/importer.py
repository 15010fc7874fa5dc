"""Network measurements in OONI's formats, each judged as `overt measure` does it."""

from itertools import chain

from overt.importing import Context, FileProblem
from overt.importing.readers.input import InputFile
from overt.measure.aggregate import counted
from overt.measure.judging import BROKEN, UNSUPPORTED, Finding
from overt.measure.reading import documents_of
from overt.measure.running import findings, processes
from overt.model.errors import UsageError


def run(ctx: Context) -> None:
    signs = {file.name: file.path for file in ctx.files("fingerprints")}
    # By their bytes: a file that was saved twice is one.
    files = {file.capture: file for file in ctx.files("measurements")}
    documents = chain.from_iterable(documents_of(capture, file.path) for capture, file in files.items())
    jobs = processes(sum(file.path.stat().st_size for file in files.values()))
    try:
        for found in findings(documents, signs, jobs):
            capture, _, member = found.file.partition("/")
            take(ctx, found, files[capture], member)
    except UsageError as error:  # of fingerprints that cannot be used
        raise FileProblem(str(error)) from None


def take(ctx: Context, found: Finding, file: InputFile, member: str) -> None:
    """Account for one measurement."""
    if found.verdict == BROKEN:
        ctx.measured.problem(file, member, found.place, found.reason)
    elif found.verdict == UNSUPPORTED:
        ctx.measured.out_of_scope(file, "unsupported-test")
    elif (one := counted(found)) is None:
        ctx.measured.out_of_scope(file, "not-countable")
    else:
        said = {**one._asdict(), "asn": found.asn, "rule": found.rule, "also": list(found.also), "id": found.id}
        ctx.measured.add(file, member, found.place, {**said, "observations": found.observations})
