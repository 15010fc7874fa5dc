#!/bin/sh
# Check that PyICU can be built for a Python: it needs a C++ compiler and the headers of ICU and Python. Otherwise install Debian's
# packages. followthemoney needs PyICU, which is published only as source.
python=${1:-.venv/bin/python}
can_build() {
    command -v c++ > /dev/null && command -v pkg-config > /dev/null && pkg-config --exists icu-i18n &&
        "$python" -c 'import pathlib, sys, sysconfig; sys.exit(not pathlib.Path(sysconfig.get_path("include"), "Python.h").is_file())'
}
"$python" -c 'import icu' > /dev/null 2>&1 && exit 0
can_build && exit 0
. "$(dirname "$0")/debian.sh"
debian "what builds PyICU" g++ pkg-config libicu-dev python3-dev && can_build && exit 0
echo "overt: the tests of FollowTheMoney need what builds PyICU; install a C++ compiler, pkg-config, and the headers of ICU and Python (Debian: apt-get install g++ pkg-config libicu-dev python3-dev)" >&2
exit 1
