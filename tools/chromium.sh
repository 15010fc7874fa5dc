#!/bin/sh
# Find Chromium for browser tests: $CHROMIUM, or a program on the PATH. Otherwise install Debian's package.
if [ -n "${CHROMIUM:-}" ]; then
    [ -x "$CHROMIUM" ] && exit 0
    echo "overt: CHROMIUM=$CHROMIUM cannot be run" >&2
    exit 1
fi
for name in chromium-headless-shell chromium chromium-browser google-chrome-stable google-chrome; do
    command -v "$name" > /dev/null && exit 0
done
. "$(dirname "$0")/debian.sh"
debian Chromium chromium-headless-shell && exit 0
echo "overt: browser tests need Chromium; install it (Debian: apt-get install chromium-headless-shell), or name it: make test-ci CHROMIUM=/path/to/chromium" >&2
exit 1
