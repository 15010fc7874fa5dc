"""Entity resolution: which source records are the same thing, and under which id they are published."""
