"""Entity resolution: which source records describe the same entity, and the id under which it is published."""
