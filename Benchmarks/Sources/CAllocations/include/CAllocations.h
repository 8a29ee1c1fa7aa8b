#ifndef CALLOCATIONS_H
#define CALLOCATIONS_H

#include <stdint.h>

/// The number of allocations in this process so far, by any library. Always 0 without glibc, where they cannot be counted.
uint64_t sf_allocation_count(void);

#endif
