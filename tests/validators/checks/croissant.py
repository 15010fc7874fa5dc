"""Validate a Croissant description, and read some of its record sets. Arguments: croissant.json, names of record sets."""

import json
import logging
import sys
from pathlib import Path

import mlcroissant

messages = []


class MessageList(logging.Handler):
    def emit(self, record):
        messages.append(record.getMessage())


logging.getLogger().addHandler(MessageList(logging.WARNING))
for name in list(logging.root.manager.loggerDict):
    logging.getLogger(name).addHandler(MessageList(logging.WARNING))
dataset = mlcroissant.Dataset(Path(sys.argv[1]))
issues = dataset.metadata.ctx.issues
print(
    json.dumps(
        {
            "errors": sorted(issues.errors),
            "warnings": sorted({*issues.warnings, *messages}),
            "record_sets": len(dataset.metadata.record_sets),
            "rows": {name: sum(1 for _ in dataset.records(name)) for name in sys.argv[2:]},
        },
        default=str,
    )
)
