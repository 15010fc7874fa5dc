"""`overt measure`."""

import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated

import orjson
import typer

from overt.cli.common import JsonOption
from overt.cli.messages import messages
from overt.language.safe_csv import escape_formula
from overt.measure.finding_aggregate import Aggregate, Group
from overt.measure.measurement_documents import input_files, read_documents
from overt.measure.measurement_judge import BROKEN, UNSUPPORTED, Finding
from overt.measure.parallel import judge_documents, process_count
from overt.model.errors import OvertError, UsageError

_VERDICTS = ("blocked", "down", "ok", "insufficient", UNSUPPORTED, BROKEN)
_TOLD = 10


def measure(
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="Files or folders of measurements in OONI's format (JSON, JSON lines, YAML reports, tar; packed or not), or -.",
            metavar="FILE|DIR|-",
        ),
    ],
    fingerprints: Annotated[
        Path | None,
        typer.Option(
            help="A folder with OONI's lists of block pages (fingerprints_dns.csv, fingerprints_http.csv).", metavar="DIR"
        ),
    ] = None,
    json: JsonOption = False,
    aggregate: Annotated[
        bool, typer.Option("--aggregate", help="Count by country, network, name and day, over vantage points.")
    ] = False,
    by_country: Annotated[
        bool, typer.Option("--by-country", help="With --aggregate: all networks of a country together.")
    ] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="With --aggregate: print CSV.")] = False,
    spark: Annotated[
        str | None, typer.Option(help="Judge on Spark (extra `spark`): local[*] or spark://HOST:PORT.", metavar="MASTER")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, max=512, help="Processes.", show_default="one; all cores from 64 MB on")
    ] = None,
) -> None:
    """Say of published network measurements what they show: blocked, down, ok or insufficient, how, and by which rule."""
    if (as_csv or by_country) and not aggregate:
        raise UsageError(f"{'--csv' if as_csv else '--by-country'} goes with --aggregate")
    if as_csv and json:
        raise UsageError("--csv and --json: choose one")
    if spark is not None and jobs is not None:
        raise UsageError("--spark and --jobs: choose one")
    given = input_files(inputs)
    if fingerprints is not None and not fingerprints.is_dir():
        raise UsageError(f"--fingerprints {fingerprints}: no such folder")
    if jobs is None:
        jobs = process_count(sum(path.stat().st_size for path, _ in given if path is not None))
    if spark is not None:
        from overt.measure.judge_on_spark import judge_on_spark  # here, as it takes Arrow, which nothing else needs
    counted = Counter[str]()
    with messages.status("reading", spinner="dots") as status:
        judged = (
            judge_on_spark(spark, inputs, fingerprints) if spark else judge_documents(read_documents(inputs), fingerprints, jobs)
        )
        found = _told(judged, counted, status.update)
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


def _told(found: Iterable[Finding], counted: Counter[str], status: Callable[[str], None]) -> Iterator[Finding]:
    for at, one in enumerate(found, 1):
        counted[one.verdict] += 1
        if at % 1000 == 0:
            status(f"{at:,} measurements, {one.file}")
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
