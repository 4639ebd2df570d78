// The lines of a file mostly differ in their values only.
//
//   line     {"id":"A","quantity":1}      read by simdjson: an object of plain values
//   pattern  {"id": ~ ,"quantity": ~ }    what stands between its values
//   line     {"id":"B","quantity":27}     the same, and each value is a plain one: a row as well
//
// Text that is JSON stays JSON when a value is put in another's place. So a line that fits the pattern
// needs no parser: only its values are looked at. Whatever does not fit is left to simdjson.
#ifndef CSIMDJSON_PATTERN_HPP
#define CSIMDJSON_PATTERN_HPP

#include <cstdint>
#include <string>
#include <vector>

struct csj_reader;

struct LinePattern {
  struct Part {
    std::string before;   // from the last value, or the start of the line, up to this value
    int32_t field = -1;   // -1: a key that no field goes by
    std::string key;      // that key
    size_t *rows = nullptr;  // how many rows of the table being made have it
    size_t offset = 0;    // of the value in the line that taught the pattern
    size_t length = 0;
  };

  std::vector<Part> parts;
  size_t count = 0;       // of `parts` that are in use
  std::string ending;
  bool is_known = false;
  // Lines in a row that did not fit.
  size_t misses = 0;

  // Whether the next line that is read with all care should teach the pattern anew.
  bool wants_lesson() const { return !is_known || misses >= 16; }
  void begin_lesson() {
    is_known = false;
    count = 0;
  }
  void add(size_t offset, size_t length, int32_t field, const std::string &key);
  // `line` is the text that the offsets refer to.
  void learn(const uint8_t *line, size_t length);

  // Reads the line at `start` of a block into cells and numbers of the reader.
  //
  // Returns false when it does not fit; then cells and numbers may have been added. `stop` is the end of
  // the line without its line end, `end` the place of that, or the end of the block.
  bool fits(
      csj_reader &reader, const uint8_t *block, size_t length, size_t start, size_t field_count,
      uint64_t lax_fields, size_t &stop, size_t &end) const;
};

#endif
