"""Imports rows by the `mapping:` of source.yml, with the same strictness and evidence as `importer.py`."""

from overt.importing.errors import Problem
from overt.importing.import_context import Context
from overt.importing.mapping.mapping_check import check_mapping, referred_types
from overt.importing.mapping.property_of_each_value import AS_OF
from overt.importing.mapping.record_compiler import compile_record
from overt.importing.mapping.records_from_earlier_rows import ExistingRecords
from overt.importing.mapping.row_cells import RowCells
from overt.importing.mapping.row_conditions import compile_conditions
from overt.importing.mapping.unique_columns import UniqueColumns
from overt.importing.mapping.used_columns import check_columns
from overt.importing.mapping.value_readers import compile_value


def run_mapping(ctx: Context) -> None:
    """Import the rows of all roles that have a mapping and a file, in the order of `mapping:`.

    Raises ContentError for a mapping with mistakes, and FileProblem for a file that does not fit its description.
    """
    check_mapping(ctx.spec, ctx.content)
    existing = ExistingRecords(referred_types(ctx.spec, ctx.content))
    for role in ctx.spec.mapping:
        if ctx.has(role):
            _run_role(ctx, role, existing)


def _run_role(ctx: Context, role: str, existing: ExistingRecords) -> None:
    mapping, file = ctx.spec.mapping[role], ctx.spec.files[role]
    is_json = file.format in ("json", "geojson", "jsonl")
    makers = [compile_record(ctx, record, existing) for record in mapping.records]
    scope = [(rule, compile_conditions(ctx, conditions)) for rule, conditions in mapping.out_of_scope.items()]
    as_of = compile_value(ctx, mapping.as_of, AS_OF) if mapping.as_of else None
    unique = UniqueColumns(ctx, role)
    checked = ""
    for row in ctx.rows(role):
        if not is_json and row.file != checked:
            check_columns(ctx, role, row)
            checked = row.file
        with row:
            row.ignore(*mapping.ignore)
            cells = RowCells(row, is_json, mapping.other_names)
            try:
                for rule, test in scope:
                    if test is not None and test(cells):
                        row.out_of_scope(rule)
                unique.check(cells)
                for make in makers:
                    make(cells)
            except Problem as problem:
                cells.add_problem(problem)
            for reading in as_of(cells, ()) if as_of else ():
                ctx.as_of(reading.cell)
            if cells.problems:
                cells.refuse()
