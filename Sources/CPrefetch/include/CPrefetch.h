/* What Swift has no word for: asking for memory before it is needed. */
#ifndef CPREFETCH_H
#define CPREFETCH_H

/* Begins to load the cache line of an address that may be any; changes nothing that can be seen. */
static inline void prefetch(const void *_Nonnull address) { __builtin_prefetch(address); }

#endif
