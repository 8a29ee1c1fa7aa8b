// SwiftPM requires a source file in a C target. Everything is in the header; compiling it here checks its assertions.
#include "CONNXRuntime.h"
