"""The list of programmes of states."""
