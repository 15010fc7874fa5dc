"""The output of `overt measure`."""

import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import orjson

from overt.cli.messages_and_progress import messages, status
from overt.language.safe_csv import escape_formula
from overt.measure.measurement_aggregate import Aggregate, Group
from overt.measure.measurement_file_reader import input_files, read_documents
from overt.measure.measurement_judge import BROKEN, UNSUPPORTED, Finding
from overt.measure.parallel_judging import judge_documents, process_count
from overt.model.errors import OvertError, UsageError, format_count

_INSUFFICIENT = "insufficient"
_VERDICTS = ("blocked", "down", "ok", _INSUFFICIENT, UNSUPPORTED, BROKEN)
_MAX_LISTED = 10


def judge_and_print(
    inputs: list[str],
    fingerprints: Path | None,
    *,
    json: bool,
    aggregate: bool,
    by_country: bool,
    as_csv: bool,
    spark: str | None,
    jobs: int | None,
) -> None:
    """Judge measurements and print the number of each verdict or, with `json`, the verdict on each measurement.

    `aggregate`: print groups instead, as text, JSON or CSV. `by_country`: group all networks of a country together. `spark`:
    the Spark master on which to judge; None to judge without Spark. `jobs`: number of processes; None for a number that suits
    the size of the files.

    Raises UsageError if an input or the folder `fingerprints` doesn't exist, if a folder has no files, and for invalid
    fingerprints. Raises OvertError if there are documents but none of them is a measurement.
    """
    paths = input_files(inputs)
    if fingerprints is not None and not fingerprints.is_dir():
        raise UsageError(f"--fingerprints {fingerprints}: no such folder")
    if jobs is None:
        jobs = process_count(sum(path.stat().st_size for path, _ in paths if path is not None))
    if spark is not None:
        from overt.measure.spark_judging import judge_on_spark  # Imported here because only Spark needs Arrow.
    counted = Counter[str]()
    with status("reading") as update:
        judged = (
            judge_on_spark(spark, inputs, fingerprints) if spark else judge_documents(read_documents(inputs), fingerprints, jobs)
        )
        findings = _counted(judged, counted, update)
        if aggregate:
            groups = Aggregate()
            for finding in findings:
                groups.add(finding)
            _print_groups(groups.groups(networks=not by_country), json, as_csv)
        elif json:
            for finding in findings:
                sys.stdout.buffer.write(_line(finding))
        else:
            _print_summary(findings)
    if not json and not as_csv and fingerprints is None and counted.total() > counted[BROKEN]:
        messages.print("pages were compared with no list of block pages; --fingerprints DIR adds OONI’s lists")
    if counted and counted[BROKEN] == counted.total():
        raise OvertError(
            f"none of {format_count(counted.total(), 'document')} is a measurement; `overt measure --json` says what is wrong"
            " with each"
        )


def _counted(findings: Iterable[Finding], counted: Counter[str], update: Callable[[str], None]) -> Iterator[Finding]:
    for number, finding in enumerate(findings, 1):
        counted[finding.verdict] += 1
        if number % 1000 == 0:
            update(f"{number:,} measurements, {finding.file}")
        yield finding


def _line(finding: Finding) -> bytes:
    data = finding._asdict() | {
        "asn": f"AS{finding.asn}" if finding.asn else None,
        "resolver_asn": f"AS{finding.resolver_asn}" if finding.resolver_asn else None,
    }
    return orjson.dumps(data, option=orjson.OPT_APPEND_NEWLINE)


def _print_summary(findings: Iterable[Finding]) -> None:
    verdicts = Counter[tuple[str, str]]()
    undecided = Counter[tuple[str, str]]()
    tests = Counter[str]()
    problems = Counter[str]()
    examples: dict[str, str] = {}
    names: set[str] = set()
    observations = 0
    for finding in findings:
        verdicts[finding.verdict, finding.mechanism or ""] += 1
        observations += finding.observations
        names.add(finding.file)
        if finding.verdict == _INSUFFICIENT:
            undecided[finding.rule or "", finding.reason] += 1
        elif finding.verdict == UNSUPPORTED:
            tests[finding.test_name or ""] += 1
        elif finding.verdict == BROKEN:
            problems[finding.reason] += 1
            examples.setdefault(finding.reason, _plain(" ".join(filter(None, (finding.file, finding.place)))))
    total = verdicts.total()
    files = f"{format_count(total, 'document')} in {format_count(len(names), 'file')}"
    print(f"{files}, {format_count(observations, 'observation')}")
    for verdict in _VERDICTS:
        count = sum(number for (named, _), number in verdicts.items() if named == verdict)
        print(f"{verdict:<14}{count:>12,}")
        for (named, mechanism), number in sorted(verdicts.items(), key=lambda item: (-item[1], item[0])):
            if named == verdict and mechanism:
                print(f"  {mechanism:<22}{number:>10,}")
        if verdict == _INSUFFICIENT:
            for (rule, reason), number in undecided.most_common(_MAX_LISTED):
                print(f"  {rule:<22}{number:>10,}  {reason}")
    for name, number in tests.most_common(_MAX_LISTED):
        print(f"unsupported: {number:,} of the test {name!r}")
    for reason, number in problems.most_common(_MAX_LISTED):
        print(f"broken: {number:,}: {reason} ({examples[reason]}{', …' if number > 1 else ''})")
    for what, counts in (("rules", undecided), ("tests", tests), ("reasons", problems)):
        if len(counts) > _MAX_LISTED:
            print(f"and {len(counts) - _MAX_LISTED:,} other {what}; --json lists each measurement")


def _print_groups(groups: Iterable[Group], json: bool, as_csv: bool) -> None:
    if json:
        for group in groups:
            sys.stdout.buffer.write(orjson.dumps(_group_data(group), option=orjson.OPT_APPEND_NEWLINE))
    elif as_csv:
        rows = csv.writer(sys.stdout, lineterminator="\n")
        rows.writerow(Group._fields)
        for group in groups:
            rows.writerow(_cell(value) for value in _group_data(group).values())
    else:
        print(f"{'day':<10}  {'country':<7}  {'network':<12}  {'state':<10}  {'points blocked (range)':<22}  domain  mechanisms")
        for group in groups:
            network = f"AS{group.asn}" if group.asn else "all networks" if group.asn is None else "–"
            share = "–" if group.share is None else f"{group.blocked} of {group.points} ({group.low:.2f}–{group.high:.2f})"
            how = ", ".join(group.mechanisms)
            row = f"{group.day}  {group.country:<7}  {network:<12}  {group.state:<10}  {share:<22}  {group.domain}  {how}"
            print(_plain(row.rstrip()))


def _group_data(group: Group) -> dict[str, object]:
    rounded = {name: None if (value := getattr(group, name)) is None else round(value, 4) for name in ("share", "low", "high")}
    return group._asdict() | rounded | {"asn": f"AS{group.asn}" if group.asn else None}


def _cell(value: object) -> object:
    return escape_formula("|".join(map(str, value)) if isinstance(value, tuple) else value)


def _plain(text: str) -> str:
    """Replace characters that could control a terminal with `?`, because names come from untrusted sources."""
    return "".join(character if character.isprintable() else "?" for character in text)
