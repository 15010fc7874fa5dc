"""Recompute all figures from the tables of a release, and show the rows and the evidence behind one figure.

    marimo edit docs/notebooks/recomputed_figures.py -- --release PATH

PATH is an atlas or a release; the default is the atlas in the current directory.
"""

import marimo

app = marimo.App(width="medium", app_title="Overt: recomputed figures")


@app.cell
def read():
    import marimo as mo
    import pandas as pd

    import overt

    atlas = overt.open(mo.cli_args().get("release") or ".")
    mo.md(f"# Recomputed figures\n\nEverything below is computed from release `{atlas.release}`; cite it with every number.")
    return atlas, mo, pd


@app.cell
def compare(atlas, mo, pd):
    def reported(figure):
        reports = figure.comparators
        return "; ".join(f"{report['value']:,} ({report['reported_by']}, {report['as_of']})" for report in reports)

    recomputed = pd.DataFrame(
        {
            "figure": figure.name,
            "question": figure.question,
            "published": figure.value,
            "computed anew": figure.recompute(),
            "unit": figure.unit,
            "status": figure.status,
            "what others reported": reported(figure),
        }
        for figure in atlas.figures()
    ).set_index("figure")
    mo.vstack([mo.md("## Published, computed anew, and what others reported"), recomputed])
    return (recomputed,)


@app.cell
def rows(atlas, mo):
    name = next(figure.name for figure in atlas.figures() if figure.value)
    counted = atlas.figure(name).table().pandas()
    labels = atlas.table("records").pandas().set_index("id")["label"]
    counted.insert(0, "name", counted["unit_id"].map(labels))
    mo.vstack([mo.md(f"## The rows behind `{name}`"), counted])
    return (counted,)


@app.cell
def places(atlas, mo):
    sites = atlas.table("places").geo()
    precision = sites.groupby("precision").agg(places=("id", "size"), drawn=("geometry", "count"))
    mo.vstack([mo.md("## How exactly places are known\n\nA place that is known only to a country has no point."), precision])
    return (precision,)


@app.cell
def evidence(atlas, counted, mo):
    record = atlas.record(counted["unit_id"].iloc[0]) if len(counted) else None
    claims = [
        {
            "property": claim["property"],
            "value": claim["value"],
            "source": claim["source"],
            "place": place["locator"],
            "says": place["excerpt"],
        }
        for claim in (record["claims"] if record else [])
        for place in claim["evidence"]
    ]
    mo.vstack([mo.md(f"## Who says so: {record['label'] if record else 'nothing was counted'}"), claims])
    return (claims,)


if __name__ == "__main__":
    app.run()
