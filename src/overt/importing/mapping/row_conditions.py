"""Compiles the conditions of a mapping to functions of a row."""

from collections.abc import Callable, Sequence

from overt.importing.import_context import Context
from overt.importing.mapping.folded_lookups import folded_lookup
from overt.importing.mapping.row_cells import RowCells
from overt.model.values.regular_expressions import compile_pattern
from overt.model.values.source_mapping_values import Condition

Test = Callable[[RowCells], bool]
"""Function that returns whether a row meets the conditions. Raises Problem for a word that a lookup lacks."""


def compile_conditions(ctx: Context, conditions: Sequence[Condition]) -> Test | None:
    """Return a test that passes if all conditions are met; None if there are no conditions."""
    if not conditions:
        return None
    tests = [_compile(ctx, condition) for condition in conditions]
    return tests[0] if len(tests) == 1 else lambda cells: all(test(cells) for test in tests)


def _compile(ctx: Context, condition: Condition) -> Test:
    column, lookup = condition.column, condition.lookup
    words = folded_lookup(ctx.spec.lookups, lookup)
    equals = None if condition.equals is None else {text.casefold() for text in condition.equals}
    differs = {text.casefold() for text in condition.differs or ()}
    contains = [text.casefold() for text in condition.contains or ()]
    pattern = compile_pattern(condition.matches, ignore_case=True) if condition.matches is not None else None
    filled = condition.filled

    def test(cells: RowCells) -> bool:
        cell = cells.get(column)
        text = cell.text.casefold()
        if words is not None:
            text = words[text] if text in words else ctx.lookup(lookup or "", cell).text
            text = text.casefold()
        return (
            (filled is None or bool(text) == filled)
            and (equals is None or text in equals)
            and text not in differs
            and (not contains or any(part in text for part in contains))
            and (pattern is None or pattern.search(text) is not None)
        )

    return test
