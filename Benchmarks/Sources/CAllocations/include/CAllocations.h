#ifndef CALLOCATIONS_H
#define CALLOCATIONS_H

#include <stdint.h>

/// How often memory was asked for in this process so far, by any library; 0 where that cannot be counted (not glibc).
uint64_t sf_allocation_count(void);

#endif
