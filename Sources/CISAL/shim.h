/* ISA-L's inflate and deflate: two to ten times as fast as zlib's. Their states hold arrays that Swift
 * cannot import, so Swift sees a pointer and these functions. */
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

/* Raw deflate of `count` bytes that ends at a byte and looks back at nothing before it, so that pieces
 * made apart can stand one behind the other; the stream is not ended. Gives the number of bytes, 0 when
 * `room` or memory do not suffice. */
static inline size_t deflate_piece(
    const uint8_t *input, uint32_t count, uint8_t *output, uint32_t room) {
  /* Zeroed, because isal_deflate_stateless_init leaves some fields as they are: what stood in memory
   * would choose the size of the window, and so the bytes. */
  struct isal_zstream *stream = calloc(1, sizeof *stream);
  uint8_t *level_buffer = calloc(1, ISAL_DEF_LVL2_DEFAULT);
  size_t made = 0;
  if (stream != NULL && level_buffer != NULL) {
    isal_deflate_stateless_init(stream);
    stream->level = 2;
    stream->level_buf = level_buffer;
    stream->level_buf_size = ISAL_DEF_LVL2_DEFAULT;
    stream->flush = FULL_FLUSH;
    stream->end_of_stream = 0;
    stream->next_in = (uint8_t *)input;
    stream->avail_in = count;
    stream->next_out = output;
    stream->avail_out = room;
    if (isal_deflate_stateless(stream) == COMP_OK && stream->avail_in == 0) made = stream->total_out;
  }
  free(level_buffer);
  free(stream);
  return made;
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
