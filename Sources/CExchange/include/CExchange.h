/* What Glibc's module does not show to Swift: two names that trade places in one step. */
#ifndef CEXCHANGE_H
#define CEXCHANGE_H

/* Lets two existing paths of one file system trade places; 0, or -1 with errno. ENOSYS and EINVAL: the
   system or the file system cannot. */
int exchange_names(const char *_Nonnull one, const char *_Nonnull other);

#endif
