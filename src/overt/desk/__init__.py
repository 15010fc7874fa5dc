"""The desk: the editors' application on this machine for judging duplicates. Off by default; readers never see it."""
