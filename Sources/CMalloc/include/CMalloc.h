// Settings of glibc's allocator: the Glibc module for Swift leaves out <malloc.h>.
#ifndef SPLITFACE_CMALLOC_H
#define SPLITFACE_CMALLOC_H

/// Makes all threads share at most `arenas` heaps, and makes malloc map each block of at least `mapping_threshold` bytes separately, so that
/// its memory returns to the system when it is freed. Has no effect on systems without glibc.
void sf_configure_heap(int arenas, int mapping_threshold);

#endif
