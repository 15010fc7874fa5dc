#!/bin/sh
# Print a Python for Overt: 3.11 or later, with venv and pip. If $PYTHON is set, only that one is tried.
for name in ${PYTHON:+"$PYTHON"} ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14 python}; do
    if "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' > /dev/null 2>&1; then
        exec "$name" -c 'import sys; print(sys.executable)'
    fi
done
echo "overt: no Python 3.11 or later with venv was found; install one (Debian: apt-get install python3 python3-venv), or name it: make PYTHON=/path/to/python3" >&2
exit 1
