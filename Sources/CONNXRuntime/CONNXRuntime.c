// SwiftPM wants a source file in a C target; everything is in the header, and compiling it here checks its assertions.
#include "CONNXRuntime.h"
