"""The folder of the published overlap tables that several tests use."""

from pathlib import Path

TABLES = Path(__file__).parent / "tables"
