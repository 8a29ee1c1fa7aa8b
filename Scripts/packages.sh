# shellcheck shell=bash
# The system's packages; sourced by setup.sh.

ffmpeg_libraries="libavformat libavcodec libavutil libswscale libswresample"

# missing_packages: the system packages that are needed for what is not there, by name, one a line.
# Asked for by what they give, not by name: a machine may have its own FFmpeg or Python.
missing_packages() {
  local library
  command -v pkg-config >/dev/null || printf 'pkg-config\n'
  for library in $ffmpeg_libraries; do
    pkg-config --exists "$library" 2>/dev/null || printf '%s-dev\n' "$library"
  done
  command -v ffmpeg >/dev/null || printf 'ffmpeg\n'
  command -v unzip >/dev/null || printf 'unzip\n'
  # Downloads networks from their publishers (splitface models install).
  command -v curl >/dev/null || printf 'curl\n'
  # Starting pip would take half a second.
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
    fail "this is not Debian or Ubuntu; install what these Debian packages hold, then run make again: $1"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "as root, run: apt-get update && apt-get install -y $1"
    administrator=sudo
  fi
  say "installing Debian packages: $1"
  # A mirror that is down need not matter: the lists may be there already.
  $administrator apt-get update -qq || say "apt-get update failed; going on with the lists that are there"
  # shellcheck disable=SC2086  # a list of words
  $administrator env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $1 >/dev/null ||
    fail "could not install Debian packages; see above, or run: apt-get update && apt-get install -y $1"
}

install_with_homebrew() {
  command -v brew >/dev/null || fail "Homebrew is not installed; see https://brew.sh, then run make again"
  say "installing Homebrew packages: ffmpeg pkgconf"
  brew install --quiet ffmpeg pkgconf || fail "could not install packages; see above, or run: brew install ffmpeg pkgconf"
  homebrew_onnx_runtime
}

# Macs with Intel's processors have no current ONNX Runtime wheel.
homebrew_onnx_runtime() {
  [ "$(uname -s)-$(uname -m)" = Darwin-x86_64 ] || return 0
  command -v brew >/dev/null || fail "Homebrew is not installed; see https://brew.sh, then run make again"
  brew list onnxruntime >/dev/null 2>&1 || brew install --quiet onnxruntime || fail "run: brew install onnxruntime"
}
