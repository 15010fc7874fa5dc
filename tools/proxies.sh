#!/bin/sh
# Find nginx, Caddy and rsync for the tests of docs/operating.md. Otherwise install Debian's packages. The tests of a missing program are skipped.
command -v nginx > /dev/null && command -v caddy > /dev/null && command -v rsync > /dev/null && exit 0
. "$(dirname "$0")/debian.sh"
debian "nginx, Caddy and rsync" nginx-light caddy rsync && exit 0
echo "overt: tests with nginx, Caddy or rsync are skipped where these are missing (Debian: apt-get install nginx-light caddy rsync)" >&2
