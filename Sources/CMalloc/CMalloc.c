#include "CMalloc.h"

#ifdef __linux__
#include <malloc.h>
#endif

void sf_configure_heap(int arenas, int map_from_bytes) {
#if defined(M_ARENA_MAX) && defined(M_MMAP_THRESHOLD)
  mallopt(M_ARENA_MAX, arenas);
  mallopt(M_MMAP_THRESHOLD, map_from_bytes);
#else
  (void)arenas;
  (void)map_from_bytes;
#endif
}
