#!/bin/sh
# Sees to Chromium and PostgreSQL for the tests, from Debian's packages where that is allowed; else says what is skipped.
PATH="$PATH:/usr/sbin:/sbin"
export DEBIAN_FRONTEND=noninteractive

wanted=""
command -v chromium >/dev/null || wanted="$wanted chromium"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || wanted="$wanted postgresql"
[ -z "$wanted" ] && exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then as_root="sudo -n"; fi
if command -v apt-get >/dev/null && $as_root true 2>/dev/null; then
    echo "Installing from Debian's packages:$wanted"
    if { $as_root apt-get install -qq --no-install-recommends $wanted ||
        { $as_root apt-get update -qq && $as_root apt-get install -qq --no-install-recommends $wanted; }; } >/dev/null 2>&1; then
        exit 0
    fi
    echo "That did not work."
fi
for package in $wanted; do
    case $package in
    chromium) echo "SKIPPED: the browser tests, because Chromium is missing. Install it: apt-get install chromium" ;;
    postgresql) echo "SKIPPED: the run on PostgreSQL, because it is missing. Install it: apt-get install postgresql" ;;
    esac
done
