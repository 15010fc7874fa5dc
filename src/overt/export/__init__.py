"""Files of a release for other tools: a module for each format, all listed in `registry`; `run` writes them safely."""
