"""Published overlap tables that several tests use."""

from pathlib import Path

TABLES = Path(__file__).parent / "tables"
