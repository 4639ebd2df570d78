#include "CBLASThreads.h"

void openblas_set_num_threads(int count);

/* What OpenBLAS calls before a fork, and a build without threads does not have. Setting the number of
 * threads afterwards would start them again. */
__attribute__((weak)) int blas_thread_shutdown_(void);

__attribute__((constructor)) void cblas_end_threads(void) {
  static int is_done = 0;
  if (is_done) { return; }
  is_done = 1;
  openblas_set_num_threads(1);
  if (blas_thread_shutdown_) { blas_thread_shutdown_(); }
}
