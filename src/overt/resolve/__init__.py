"""Entity resolution: which source records describe the same thing, and under which id it is published."""
