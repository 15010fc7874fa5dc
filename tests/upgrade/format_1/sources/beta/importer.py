"""Imports the rows of `statements.csv`."""


def run(ctx):
    for row in ctx.rows("statements"):
        with row:
            record = ctx.record(row["type"].text, key=row["key"])
            options = {name: row[name].text or None for name in ("unit", "lang", "document")}
            if row["rule"]:
                options |= {"basis": "coded", "rule": row["rule"].text}
            record.add(row["property"].text, row["value"], **options)
