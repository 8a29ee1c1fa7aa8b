#include "CMalloc.h"

#ifdef __linux__
#include <malloc.h>
#endif

void sf_configure_heap(int arenas, int mapping_threshold) {
#if defined(M_ARENA_MAX) && defined(M_MMAP_THRESHOLD)
  mallopt(M_ARENA_MAX, arenas);
  mallopt(M_MMAP_THRESHOLD, mapping_threshold);
#else
  (void)arenas;
  (void)mapping_threshold;
#endif
}
