"""The output of commands: differences, estimates, measurements, overlaps, sources, verification."""
