"""Read folders of `overt export ftm` with followthemoney and nomenklatura. Prints the findings and counts of each."""

import csv
import json
import sys
from collections import Counter
from pathlib import Path

from followthemoney import Dataset, StatementEntity, model
from followthemoney.exc import InvalidData
from followthemoney.proxy import EntityProxy
from followthemoney.statement.serialize import CSV, read_path_statements
from followthemoney.types import registry
from nomenklatura.resolver import Linker
from nomenklatura.store.memory import MemoryStore


def check(folder):
    findings, counts = [], Counter()

    def note(*words):
        if len(findings) < 100:
            findings.append(" ".join(map(str, words)))

    entities = {}
    for line in (folder / "entities.ftm.json").read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        if data["id"] in entities:
            note(data["id"], "twice")
        entities[data["id"]] = data
    for identity, data in entities.items():
        schema = model.get(data["schema"])
        if schema is None or schema.abstract:
            note(identity, data["schema"], "is no schema")
            continue
        counts[schema.name] += 1
        try:
            schema.validate(data)
        except InvalidData as error:
            note(identity, error.errors)
        proxy = EntityProxy.from_dict(data, cleaned=False)
        back = proxy.to_dict()
        if {name: sorted(values) for name, values in back["properties"].items()} != data["properties"]:
            note(identity, "is read as", back["properties"], "from", data["properties"])
        for name in schema.required:
            if not data["properties"].get(name):
                note(identity, schema.name, "lacks", name)
        for prop, value in proxy.itervalues():
            if prop.type == registry.entity:
                if value not in entities:
                    note(identity, prop.name, value, "is not there")
                elif (target := model.get(entities[value]["schema"])) and not target.is_a(prop.range):
                    note(identity, prop.name, value, "is no", prop.range.name)

    dataset = Dataset.make({"name": "all", "title": "All"})
    store = MemoryStore(dataset, Linker({}))
    with (folder / "statements.csv").open(encoding="utf-8", newline="") as handle:
        rows = {row["id"]: row for row in csv.DictReader(handle, dialect="unix")}
    with store.writer() as writer:
        for statement in read_path_statements(folder / "statements.csv", CSV):
            counts["statements"] += 1
            if statement.id != statement.generate_key():
                note(statement.id, "is not the key", statement.generate_key())
            if rows[statement.id]["prop_type"] != statement.prop_type:
                note(statement.schema, statement.prop, "is of type", statement.prop_type)
            writer.add_statement(statement)
    datasets = sorted({row["dataset"] for row in rows.values()})
    if len(rows) != counts["statements"]:
        note("statements twice")
    scope = Dataset.make({"name": "all", "title": "All", "children": datasets})
    scope.children = [Dataset.make({"name": name, "title": name}) for name in datasets]
    loaded = {}
    for entity in MemoryStore.view(store, scope).entities():
        loaded[entity.id] = entity
    if set(loaded) != set(entities):
        note("the store has", len(loaded), "entities, the file", len(entities))
    for identity, data in entities.items():
        entity = loaded.get(identity)
        if entity is None:
            continue
        assert isinstance(entity, StatementEntity)
        properties = {name: sorted(set(values)) for name, values in entity.properties.items()}
        if (entity.schema.name, properties) != (data["schema"], data["properties"]):
            note(identity, "differs in the store")
        if (sorted(entity.datasets), sorted(entity.referents)) != (data["datasets"], data["referents"]):
            note(identity, "has other datasets or referents in the store")
    counts["loaded"] = len(loaded)
    with (folder / "evidence.jsonl").open(encoding="utf-8") as handle:
        for line in handle:
            counts["evidence"] += 1
            if json.loads(line)["statement"] not in rows:
                note("evidence of no statement", line[:80])
    return {"findings": findings, "counts": counts}


print(json.dumps([check(Path(folder)) for folder in sys.argv[1:]]))
