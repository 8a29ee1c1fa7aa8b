// Settings of glibc's allocator, in C because Swift's Glibc module leaves out <malloc.h>.
#ifndef SPLITFACE_CMALLOC_H
#define SPLITFACE_CMALLOC_H

/// Makes all threads share at most `arenas` heaps. Blocks of at least `mapping_threshold` bytes are mapped separately, so that their memory
/// returns to the system when they are freed. Has no effect on systems without glibc.
void sf_configure_heap(int arenas, int mapping_threshold);

#endif
