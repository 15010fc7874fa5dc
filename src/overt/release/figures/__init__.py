"""Figures: defined in content, computed for a release, compared with what others reported."""
