#!/bin/sh
# Sees to Chromium and PostgreSQL for the tests, from Debian's packages where that is allowed; else says what is skipped.
PATH="$PATH:/usr/sbin:/sbin"
export DEBIAN_FRONTEND=noninteractive

wanted=""
whole=""
# The Chromium that has no windows takes a third less; where the packages do not have it, the whole one.
if ! command -v chromium-headless-shell >/dev/null && ! command -v chromium >/dev/null; then
    wanted="chromium-headless-shell"
    whole="chromium"
fi
if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && ! command -v initdb >/dev/null; then
    wanted="$wanted postgresql"
    whole="$whole postgresql"
fi
[ -z "$wanted" ] && exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then as_root="sudo -n"; fi
get() { $as_root apt-get install -qq --no-install-recommends "$@"; }
if command -v apt-get >/dev/null && $as_root true 2>/dev/null; then
    echo "Installing from Debian's packages: $wanted"
    if { get $wanted || { $as_root apt-get update -qq && { get $wanted || get $whole; }; }; } >/dev/null 2>&1; then
        exit 0
    fi
    echo "That did not work."
fi
for package in $wanted; do
    case $package in
    chromium*) echo "SKIPPED: the browser tests, because Chromium is missing. Install it: apt-get install chromium" ;;
    postgresql) echo "SKIPPED: the run on PostgreSQL, because it is missing. Install it: apt-get install postgresql" ;;
    esac
done
