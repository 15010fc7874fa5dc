"""Entity resolution: which source records describe the same thing, and the id under which it is published."""
