/* ISA-L's inflate: two to three times as fast as zlib's. Its state holds arrays that Swift cannot
 * import, so Swift sees a pointer and these functions. */
#ifndef CISAL_SHIM_H
#define CISAL_SHIM_H

#include <isa-l/igzip_lib.h>
#include <stdlib.h>

typedef struct gzip_inflater gzip_inflater;

/* NULL when there is no memory. */
static inline gzip_inflater *gzip_inflater_create(void) {
  struct inflate_state *state = malloc(sizeof *state);
  if (state != NULL) {
    isal_inflate_init(state);
    state->crc_flag = ISAL_GZIP;
  }
  return (gzip_inflater *)state;
}

static inline void gzip_inflater_free(gzip_inflater *inflater) { free(inflater); }

/* Starts the next member. */
static inline void gzip_inflater_reset(gzip_inflater *inflater) {
  struct inflate_state *state = (struct inflate_state *)inflater;
  isal_inflate_reset(state);
  state->crc_flag = ISAL_GZIP;
}

/* Inflates from `input` to `output`; both counts are lowered by what was used of them.
 * Gives one of ISA-L's codes: ISAL_DECOMP_OK, ISAL_END_INPUT, or what is wrong. */
static inline int gzip_inflater_run(
    gzip_inflater *inflater, const uint8_t *input, uint32_t *input_count, uint8_t *output,
    uint32_t *output_count) {
  struct inflate_state *state = (struct inflate_state *)inflater;
  state->next_in = (uint8_t *)input;
  state->avail_in = *input_count;
  state->next_out = output;
  state->avail_out = *output_count;
  const int code = isal_inflate(state);
  *input_count = state->avail_in;
  *output_count = state->avail_out;
  return code;
}

/* Whether the member has ended and its checksum was right. */
static inline int gzip_inflater_is_done(const gzip_inflater *inflater) {
  return ((const struct inflate_state *)inflater)->block_state == ISAL_BLOCK_FINISH;
}

#endif
