# shellcheck shell=bash
# Installs system packages; sourced by setup.sh.

ffmpeg_libraries="libavformat libavcodec libavutil libswscale libswresample"

# missing_packages: prints the names of the system packages that have to be installed, one per line.
# It looks for what a package provides, not for the package: a machine may have its own FFmpeg or Python.
missing_packages() {
  local library
  command -v pkg-config >/dev/null || printf 'pkg-config\n'
  for library in $ffmpeg_libraries; do
    pkg-config --exists "$library" 2>/dev/null || printf '%s-dev\n' "$library"
  done
  command -v ffmpeg >/dev/null || printf 'ffmpeg\n'
  command -v unzip >/dev/null || printf 'unzip\n'
  # For downloading networks from their publishers (splitface models install).
  command -v curl >/dev/null || printf 'curl\n'
  # Looking for the module is much faster than starting pip.
  python3 -c 'import importlib.util, sys; sys.exit(not importlib.util.find_spec("pip"))' 2>/dev/null || printf 'python3-pip\n'
}

install_packages() {
  local missing
  missing=$(missing_packages | tr '\n' ' ')
  if [ -z "$missing" ]; then
    homebrew_onnx_runtime
    return
  fi
  case $(uname -s) in
    Darwin) install_with_homebrew "$missing" ;;
    *) install_with_apt "$missing" ;;
  esac
  missing=$(missing_packages | tr '\n' ' ')
  [ -z "$missing" ] || fail "still missing after installing: $missing"
}

install_with_apt() {
  local administrator=
  command -v apt-get >/dev/null ||
    fail "this system has no apt-get; install the equivalents of these Debian packages, then run make again: $1"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "as root, run: apt-get update && apt-get install -y $1"
    administrator=sudo
  fi
  say "installing Debian packages: $1"
  # If a mirror cannot be reached, the existing package lists may be good enough.
  $administrator apt-get update -qq || say "apt-get update failed; continuing with the existing package lists"
  # shellcheck disable=SC2086  # $1 is a list of words
  $administrator env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $1 >/dev/null ||
    fail "could not install Debian packages; see above, or run: apt-get update && apt-get install -y $1"
}

install_with_homebrew() {
  command -v brew >/dev/null || fail "Homebrew is not installed; see https://brew.sh, then run make again"
  say "installing Homebrew packages: ffmpeg pkgconf"
  brew install --quiet ffmpeg pkgconf || fail "could not install packages; see above, or run: brew install ffmpeg pkgconf"
  homebrew_onnx_runtime
}

# There is no current ONNX Runtime wheel for Intel Macs.
homebrew_onnx_runtime() {
  [ "$(uname -s)-$(uname -m)" = Darwin-x86_64 ] || return 0
  command -v brew >/dev/null || fail "Homebrew is not installed; see https://brew.sh, then run make again"
  brew list onnxruntime >/dev/null 2>&1 || brew install --quiet onnxruntime || fail "run: brew install onnxruntime"
}
