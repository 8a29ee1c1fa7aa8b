// glibc's <malloc.h>, which the Glibc module that Swift sees leaves out.
#ifndef SPLITFACE_CMALLOC_H
#define SPLITFACE_CMALLOC_H

/// Lets all threads share so many heaps. Does nothing on systems without glibc.
void sf_limit_heap_arenas(int count);

#endif
