"""What `overt measure` prints."""

import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import orjson

from overt.cli.messages import status
from overt.language.safe_csv import escape_formula
from overt.measure.finding_aggregate import Aggregate, Group
from overt.measure.measurement_documents import input_files, read_documents
from overt.measure.measurement_judge import BROKEN, UNSUPPORTED, Finding
from overt.measure.parallel import judge_documents, process_count
from overt.model.errors import OvertError, UsageError

_VERDICTS = ("blocked", "down", "ok", "insufficient", UNSUPPORTED, BROKEN)
_TOLD = 10


def print_verdicts(
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
    """Judge measurements and print their verdicts, as they come or counted. Raises OvertError when none is a measurement."""
    paths = input_files(inputs)
    if fingerprints is not None and not fingerprints.is_dir():
        raise UsageError(f"--fingerprints {fingerprints}: no such folder")
    if jobs is None:
        jobs = process_count(sum(path.stat().st_size for path, _ in paths if path is not None))
    if spark is not None:
        from overt.measure.judge_on_spark import judge_on_spark  # Imported here because only Spark needs Arrow.
    counted = Counter[str]()
    with status("reading") as update:
        judged = (
            judge_on_spark(spark, inputs, fingerprints) if spark else judge_documents(read_documents(inputs), fingerprints, jobs)
        )
        found = _counted(judged, counted, update)
        if aggregate:
            groups = Aggregate()
            for one in found:
                groups.add(one)
            _print_groups(groups.groups(networks=not by_country), json, as_csv)
        elif json:
            for one in found:
                sys.stdout.buffer.write(_line(one))
        else:
            _print_summary(found)
    if counted and counted[BROKEN] == counted.total():
        raise OvertError(
            f"none of {_number(counted.total(), 'document')} is a measurement; `overt measure --json` says of each what is wrong"
        )


def _counted(found: Iterable[Finding], counted: Counter[str], update: Callable[[str], None]) -> Iterator[Finding]:
    for at, one in enumerate(found, 1):
        counted[one.verdict] += 1
        if at % 1000 == 0:
            update(f"{at:,} measurements, {one.file}")
        yield one


def _line(one: Finding) -> bytes:
    held = one._asdict() | {
        "asn": f"AS{one.asn}" if one.asn else None,
        "resolver_asn": f"AS{one.resolver_asn}" if one.resolver_asn else None,
    }
    return orjson.dumps(held, option=orjson.OPT_APPEND_NEWLINE)


def _print_summary(found: Iterable[Finding]) -> None:
    verdicts = Counter[tuple[str, str]]()
    tests = Counter[str]()
    problems = Counter[str]()
    examples: dict[str, str] = {}
    names: set[str] = set()
    observations = 0
    for one in found:
        verdicts[one.verdict, one.mechanism or ""] += 1
        observations += one.observations
        names.add(one.file)
        if one.verdict == UNSUPPORTED:
            tests[one.test_name or ""] += 1
        elif one.verdict == BROKEN:
            problems[one.reason] += 1
            examples.setdefault(one.reason, _plain(" ".join(filter(None, (one.file, one.place)))))
    total = verdicts.total()
    print(", ".join((f"{_number(total, 'document')} in {_number(len(names), 'file')}", _number(observations, "observation"))))
    for verdict in _VERDICTS:
        count = sum(number for (named, _), number in verdicts.items() if named == verdict)
        print(f"{verdict:<14}{count:>12,}")
        for (named, mechanism), number in sorted(verdicts.items(), key=lambda one: (-one[1], one[0])):
            if named == verdict and mechanism:
                print(f"  {mechanism:<22}{number:>10,}")
    for name, number in tests.most_common(_TOLD):
        print(f"unsupported: {number:,} of the test {name!r}")
    for reason, number in problems.most_common(_TOLD):
        print(f"broken: {number:,}: {reason} ({examples[reason]}{', …' if number > 1 else ''})")
    for what, held in (("tests", tests), ("reasons", problems)):
        if len(held) > _TOLD:
            print(f"and {len(held) - _TOLD:,} other {what}; --json tells of each measurement")


def _number(held: int, what: str) -> str:
    return f"{held:,} {what}{'' if held == 1 else 's'}"


def _print_groups(groups: Iterable[Group], json: bool, as_csv: bool) -> None:
    if json:
        for one in groups:
            sys.stdout.buffer.write(orjson.dumps(_group(one), option=orjson.OPT_APPEND_NEWLINE))
    elif as_csv:
        rows = csv.writer(sys.stdout, lineterminator="\n")
        rows.writerow(Group._fields)
        for one in groups:
            rows.writerow(_cell(value) for value in _group(one).values())
    else:
        for one in groups:
            network = f"AS{one.asn}" if one.asn else "all networks" if one.asn is None else "–"
            share = "–" if one.share is None else f"{one.blocked} of {one.points} ({one.low:.2f}–{one.high:.2f})"
            how = ", ".join(one.mechanisms)
            row = f"{one.day}  {one.country}  {network:<12}  {one.state:<10}  {share:<22}  {one.domain}  {how}"
            print(_plain(row.rstrip()))


def _group(one: Group) -> dict[str, object]:
    rounded = {name: None if (value := getattr(one, name)) is None else round(value, 4) for name in ("share", "low", "high")}
    return one._asdict() | rounded | {"asn": f"AS{one.asn}" if one.asn else None}


def _cell(value: object) -> object:
    return escape_formula("|".join(map(str, value)) if isinstance(value, tuple) else value)


def _plain(text: str) -> str:
    """Names come from anywhere: signs that would steer a terminal become `?`."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)
