// glibc's <malloc.h>, which the Glibc module that Swift sees leaves out.
#ifndef SPLITFACE_CMALLOC_H
#define SPLITFACE_CMALLOC_H

/// Lets all threads share so many heaps, and maps blocks of so many bytes and more on their own, so that they go back to the
/// system when they are freed. Does nothing on systems without glibc.
void sf_configure_heap(int arenas, int map_from_bytes);

#endif
