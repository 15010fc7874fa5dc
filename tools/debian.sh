# shellcheck shell=sh
# Sourced by the other scripts. `debian NAME PACKAGE…` installs Debian packages. Fails without apt-get or root rights.
debian() {
    echo "installing $1 from the system's packages" >&2
    shift
    command -v apt-get > /dev/null || return 1
    if [ "$(id -u)" = 0 ]; then
        root=""
    elif command -v sudo > /dev/null && sudo -n true 2> /dev/null; then
        root="sudo -n"
    else
        return 1
    fi
    export DEBIAN_FRONTEND=noninteractive
    $root apt-get update -qq > /dev/null && $root apt-get install -y -qq --no-install-recommends "$@" > /dev/null
}
