#ifndef COPENBLAS_SHIM_H
#define COPENBLAS_SHIM_H
#include <cblas.h>
#include <lapacke.h>

/* `lapack_int` is a macro, which Swift cannot import; give it a real name. */
typedef lapack_int LapackInt;

/* Reassociation and fused multiply-add allowed: lets the optimizer vectorize a reduction written in Swift. */
static inline __attribute__((__always_inline__)) double relaxed_add(double a, double b) {
  _Pragma("clang fp reassociate(on) contract(fast)") return a + b;
}
#endif
