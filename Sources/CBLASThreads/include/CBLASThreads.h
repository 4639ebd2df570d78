/* OpenBLAS starts a thread for every processor but one when it is loaded, and each spins for some 60 ms
 * before it sleeps, also in a program that computes nothing. Linking this ends them before `main`. */
#ifndef CBLASTHREADS_H
#define CBLASTHREADS_H

/* Has BLAS compute on the calling thread alone, and ends the threads that wait for work. Called before
 * `main`; nothing is left to do for a later call. */
void cblas_end_threads(void);

#endif
