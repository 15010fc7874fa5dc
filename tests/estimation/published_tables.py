"""Published overlap tables that several tests read."""

from pathlib import Path

TABLES = Path(__file__).parent / "tables"
