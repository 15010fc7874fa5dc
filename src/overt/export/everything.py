"""Every format in one folder, with descriptions by which others find, check and cite it."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import orjson

from overt.export.descriptions import citation, croissant, datapackage
from overt.export.descriptions import dcat as linked
from overt.export.descriptions import ro_crate as crate
from overt.export.descriptions.collection import Collection
from overt.export.format import Format
from overt.export.public_release import Holdings
from overt.export.result import Loss, NothingToWrite, Written, report
from overt.model.atomic_files import remove, sha256_file

_DESCRIPTIONS: dict[str, Callable[[Collection], Any]] = {
    datapackage.NAME: datapackage.describe,
    croissant.NAME: croissant.describe,
    linked.DCAT: linked.dcat,
    linked.SCHEMA_ORG: linked.schema_org,
    crate.NAME: crate.describe,
}
SUMS = "SHA256SUMS"


def write(holdings: Holdings, target: Path, forms: Iterable[Format]) -> Written:
    """Make the folder `target`: each format as `<format>/` or `overt.<ending>`, and its report in `reports/`.

    What one format cannot carry is in its report, and in another format: the tables as Parquet carry everything.
    """
    (target / "reports").mkdir(parents=True)
    losses = []
    for form in forms:
        holdings.progress(form.name)
        place = target / (f"overt{form.ending}" if form.ending else form.name)
        try:
            written = form.write(holdings, place)
        except NothingToWrite as error:
            remove(place)
            losses.append(Loss(f"format {form.name}", 1, str(error), ""))
            continue
        said = report(holdings, form.name, place, place, written)
        (target / "reports" / f"{form.name}.json").write_bytes(orjson.dumps(said, option=orjson.OPT_INDENT_2))
    collection = Collection(holdings, target)
    made = {name: orjson.dumps(describe(collection), option=orjson.OPT_INDENT_2) for name, describe in _DESCRIPTIONS.items()}
    made[citation.NAME] = citation.describe(collection).encode()
    for name, data in made.items():
        (target / name).write_bytes(data)
    sums = [(path.relative_to(target).as_posix(), sha256_file(path)) for path in sorted(target.rglob("*")) if path.is_file()]
    (target / SUMS).write_text("".join(f"{digest}  {path}\n" for path, digest in sums), encoding="utf-8")
    return Written(holdings.records, tuple(losses))
