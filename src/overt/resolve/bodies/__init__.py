"""Organisations of one country whose names agree by an abbreviation, a translation, a former name or a slip."""
