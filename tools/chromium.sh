#!/bin/sh
# Make sure that there is a Chromium for the tests that look at pages: $CHROMIUM, one on the PATH, else Debian's package.
if [ -n "${CHROMIUM:-}" ]; then
    [ -x "$CHROMIUM" ] && exit 0
    echo "overt: CHROMIUM=$CHROMIUM cannot be run" >&2
    exit 1
fi
for name in chromium chromium-browser google-chrome-stable google-chrome; do
    command -v "$name" > /dev/null && exit 0
done
if [ "$(id -u)" = 0 ]; then
    root=""
elif command -v sudo > /dev/null && sudo -n true 2> /dev/null; then
    root="sudo -n"
else
    root="none"
fi
if [ "$root" != none ] && command -v apt-get > /dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    echo "installing Chromium from the system's packages" >&2
    $root apt-get update -qq > /dev/null && $root apt-get install -y -qq --no-install-recommends chromium > /dev/null && exit 0
fi
echo "overt: the tests that look at pages need Chromium; install it (Debian: apt-get install chromium), or name it: make test CHROMIUM=/path/to/chromium" >&2
exit 1
