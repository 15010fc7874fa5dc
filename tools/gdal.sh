#!/bin/sh
# Find GDAL's ogrinfo for the tests of exports: $OGRINFO, or the program on the PATH. Otherwise install Debian's package.
if [ -n "${OGRINFO:-}" ]; then
    [ -x "$OGRINFO" ] && exit 0
    echo "overt: OGRINFO=$OGRINFO cannot be run" >&2
    exit 1
fi
command -v ogrinfo > /dev/null && exit 0
. "$(dirname "$0")/debian.sh"
debian GDAL gdal-bin && exit 0
echo "overt: the tests of exports need GDAL; install it (Debian: apt-get install gdal-bin), or name it: make test OGRINFO=/path/to/ogrinfo" >&2
exit 1
