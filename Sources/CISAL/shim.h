/* ISA-L's inflate: two to ten times as fast as zlib's. Its state holds arrays that Swift cannot import, so
 * Swift sees a pointer and these functions. */
#ifndef CISAL_SHIM_H
#define CISAL_SHIM_H

#include <isa-l/crc.h>
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

/* Inflates a whole raw stream; gives the number of bytes, below 0 when it is damaged or does not fit. */
static inline int64_t inflate_whole(
    const uint8_t *input, uint32_t count, uint8_t *output, uint32_t room) {
  struct inflate_state *state = malloc(sizeof *state);
  if (state == NULL) return -1;
  isal_inflate_init(state);
  state->crc_flag = ISAL_DEFLATE;
  state->next_in = (uint8_t *)input;
  state->avail_in = count;
  state->next_out = output;
  state->avail_out = room;
  const int code = isal_inflate_stateless(state);
  const int64_t made = (int64_t)state->total_out;
  free(state);
  return code == ISAL_DECOMP_OK ? made : -1;
}

/* The CRC-32 of gzip and zip. */
static inline uint32_t crc_of_bytes(const uint8_t *bytes, uint64_t count) {
  return crc32_gzip_refl(0, bytes, count);
}

#endif
