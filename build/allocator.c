/*
 * glibc gives large blocks back to the system as soon as they are freed, but takes the largest that was freed for the
 * bound of what is large (mallopt(3), M_MMAP_THRESHOLD). After one answer of five megabytes the next one is made on a
 * heap, and stays resident with what was put behind it. A bound that is set once is not moved.
 */
#include <malloc.h>

__attribute__((constructor)) static void midwatch_allocator(void)
{
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
}
