// SwiftPM requires a C target to have a source file. All code is in the header; compiling it here checks its assertions.
#include "CONNXRuntime.h"
