// What stands behind `csj_reader`, shared by the .cpp files of this target.
#ifndef CSIMDJSON_READER_HPP
#define CSIMDJSON_READER_HPP

#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

#include <cstring>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "CSimdJSON.h"
#include "pattern.hpp"

// The nesting beyond which a document is refused: no export comes near it, and whoever walks the
// tree by recursion stays within a small stack.
constexpr size_t deepest_nesting = 256;

struct csj_reader {
  simdjson::dom::parser dom;
  simdjson::ondemand::parser on_demand;

  // The text of the last row or document, followed by SIMDJSON_PADDING bytes.
  std::vector<uint8_t> bytes;
  size_t length = 0;
  // The last error, and where it is as soon as somebody asks.
  int error = CSJ_OK;
  size_t error_offset = 0;
  bool error_is_located = true;

  std::vector<csj_node> nodes;
  size_t text_size = 0;  // how much of the DOM's string buffer the nodes refer to
  std::vector<csj_range> rows;
  std::vector<uint8_t> envelope_text;
  bool text_is_envelope = false;
  uint32_t root_kind = CSJ_NULL;

  // The last table of lines.
  std::vector<csj_cell> cells;
  std::vector<double> numbers;
  std::vector<csj_line> row_lines;
  std::vector<csj_line> odd;
  std::unordered_map<std::string, size_t> unknown_counts;
  std::vector<csj_unknown_key> unknown;
  // Where the fields of the last delimited text end, and room for more.
  std::vector<uint32_t> field_ends;

  std::unordered_map<std::string, int32_t> names;
  // Rows of a file mostly have the same keys in the same order: what the previous row had at each
  // place answers nearly every look-up with one comparison.
  struct Seen {
    std::string key;
    int32_t field = -1;
    size_t *count = nullptr;  // of an unknown key, in `unknown_counts` of the table being made
  };
  std::vector<Seen> seen;
  std::string folded;

  // What stands between the values of a line that was read with all care; see pattern.hpp.
  LinePattern pattern;

  // The field of a key, the row's member number `place`; -1 when none goes by it.
  int32_t field_of(std::string_view key, size_t place);
  int32_t look_up(std::string_view key, size_t place);
  // Copies the text behind `bytes` and adds the padding.
  int take(const uint8_t *text, size_t count);
  // Runs the DOM over text that is followed by padding.
  simdjson::error_code parse(const uint8_t *text, size_t count, simdjson::dom::element &root);
};

// Empties the table of lines; lends it out when it is full.
void clear_table(csj_reader &reader);
void hand_out_table(csj_reader &reader, size_t line_count, csj_table &table);

// Lower case for ASCII letters; keys of Partner Center have no others.
void fold_case(std::string_view text, std::string &into);

inline uint64_t eight_bytes(const char *text) {
  uint64_t word;
  std::memcpy(&word, text, sizeof word);
  return word;
}

// Keys are short: a few overlapping words hold most of them, and a call of memcmp would cost more
// than the comparison.
inline bool equal_bytes(const char *a, const char *b, size_t length) {
  if (length < 8 || length > 32) { return std::memcmp(a, b, length) == 0; }
  if (eight_bytes(a) != eight_bytes(b)) { return false; }
  if (length > 16 && (eight_bytes(a + 8) != eight_bytes(b + 8) ||
                      eight_bytes(a + length - 16) != eight_bytes(b + length - 16))) {
    return false;
  }
  return eight_bytes(a + length - 8) == eight_bytes(b + length - 8);
}

inline bool equal_texts(std::string_view a, std::string_view b) {
  return a.size() == b.size() && equal_bytes(a.data(), b.data(), a.size());
}

// Our code for simdjson's, as far as it can be told without looking at the text.
int code_of(simdjson::error_code error);

struct Location {
  int code;
  size_t offset;
};

// Where the text stops being JSON. `bytes` must be followed by SIMDJSON_PADDING readable bytes.
Location locate_error(
    simdjson::ondemand::parser &parser, const uint8_t *bytes, size_t length, int code);

// Sharpens an error found at `offset`: cut off, trailing text, bad bytes, or the code as it was.
Location refine(const uint8_t *bytes, size_t length, Location found);

// Replaces what would make simdjson refuse a whole document (invalid UTF-8, control characters
// inside strings) by question marks.
void mask_bad_bytes(uint8_t *bytes, size_t length);

#endif
