"""What commands print: differences, estimates, measurements, overlaps, sources, verification."""
