/*
 * glibc gives large blocks back to the system as soon as they are freed, but takes the largest that was freed for the
 * bound of what is large (mallopt(3), M_MMAP_THRESHOLD). After one answer of five megabytes the next one is made on a
 * heap, and stays resident with what was put behind it. A bound that is set once is not moved.
 *
 * And it makes a heap for each thread (M_ARENA_MAX), each of which keeps what its largest moment needed: sources are
 * read on whichever thread is free. One heap for all of them needs what one moment needs.
 */
#include <malloc.h>

__attribute__((constructor)) static void midwatch_allocator(void)
{
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
    mallopt(M_ARENA_MAX, 1);
}
