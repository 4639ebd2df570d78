#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "reader.hpp"

void LinePattern::add(
    size_t offset, size_t length, int32_t field, const std::string &key) {
  if (count == parts.size()) { parts.emplace_back(); }
  Part &part = parts[count++];
  part.offset = offset;
  part.length = length;
  part.field = field;
  part.rows = nullptr;
  if (field < 0) { part.key = key; }
}

void LinePattern::learn(const uint8_t *line, size_t length) {
  const auto text = reinterpret_cast<const char *>(line);
  size_t position = 0;
  for (size_t index = 0; index < count; ++index) {
    Part &part = parts[index];
    part.before.assign(text + position, part.offset - position);
    position = part.offset + part.length;
  }
  ending.assign(text + position, length - position);
  is_known = count > 0;
  misses = 0;
}

namespace {

bool is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

// The first quote, backslash or control character from `position` on; there is one, because a line
// end or the end of the block is behind every line. Sets `is_ascii` to false when others come before.
size_t find_string_end(
    const uint8_t *bytes, size_t position, size_t length, bool &is_ascii) {
#if defined(__SSE2__)
  const __m128i quotes = _mm_set1_epi8('"');
  const __m128i backslashes = _mm_set1_epi8('\\');
  const __m128i controls = _mm_set1_epi8(0x1F);
  while (position < length) {
    const __m128i text =
        _mm_loadu_si128(reinterpret_cast<const __m128i *>(bytes + position));
    const __m128i found = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(text, quotes), _mm_cmpeq_epi8(text, backslashes)),
        _mm_cmpeq_epi8(_mm_min_epu8(text, controls), text));
    const unsigned bits = unsigned(_mm_movemask_epi8(found));
    const unsigned high = unsigned(_mm_movemask_epi8(text));
    if (bits != 0) {
      // The bits below the lowest one that is set.
      if ((high & (bits - 1) & ~bits) != 0) { is_ascii = false; }
      return position + size_t(__builtin_ctz(bits));
    }
    if (high != 0) { is_ascii = false; }
    position += 16;
  }
  return length;
#else
  while (position < length && bytes[position] != '"' && bytes[position] != '\\' &&
         bytes[position] > 0x1F) {
    if (bytes[position] >= 0x80) { is_ascii = false; }
    ++position;
  }
  return position;
#endif
}

// Reads digits with an optional fraction; false for what is longer than a word holds, and for what
// only simdjson shall judge. `position` moves behind it.
bool plain_number(const uint8_t *bytes, size_t &position, double &number) {
  static constexpr double powers[] = {1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,
                                      1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};
  const size_t start = position;
  uint64_t integer = 0;
  size_t decimals = 0;
  // Stops at the latest at the padding's first byte that is no digit, or when it is too long.
  while (is_digit(bytes[position]) && position - start < 19) {
    integer = integer * 10 + (bytes[position++] - '0');
  }
  if (position - start > 1 && bytes[start] == '0') { return false; }
  if (bytes[position] == '.') {
    const size_t point = position++;
    while (is_digit(bytes[position]) && position - start < 19) {
      integer = integer * 10 + (bytes[position++] - '0');
    }
    decimals = position - point - 1;
    if (decimals == 0) { return false; }
  }
  if (position - start >= 19 || integer > uint64_t(1) << 53) { return false; }
  // One division of two exact numbers is correctly rounded.
  number = double(integer) / powers[decimals];
  return true;
}

// The length of the word at `position`: null, and where no field is true and false; else 0.
size_t length_of_word(const uint8_t *bytes, size_t position, size_t length, bool takes_booleans) {
  const auto is = [&](const char *word, size_t count) {
    return length - position >= count && std::memcmp(bytes + position, word, count) == 0;
  };
  if (is("null", 4)) { return 4; }
  if (takes_booleans && is("true", 4)) { return 4; }
  return takes_booleans && is("false", 5) ? 5 : 0;
}

bool matches(const uint8_t *bytes, size_t position, size_t length, const std::string &text) {
  return text.size() <= length - position &&
         equal_bytes(
             reinterpret_cast<const char *>(bytes) + position, text.data(), text.size());
}

}  // namespace

bool LinePattern::fits(
    csj_reader &reader, const uint8_t *block, size_t length, size_t start, size_t field_count,
    uint64_t lax_fields, size_t &stop, size_t &end) const {
  const size_t cells = reader.cells.size();
  reader.cells.resize(cells + field_count, csj_cell{0, CSJ_CELL_ABSENT});
  bool is_ascii = true;
  size_t position = start;
  for (size_t index = 0; index < count; ++index) {
    const Part &part = parts[index];
    if (!matches(block, position, length, part.before)) { return false; }
    position += part.before.size();
    if (position >= length) { return false; }
    csj_cell cell{0, CSJ_CELL_ABSENT};
    const uint8_t first = block[position];
    if (first == '"') {
      const size_t text = position + 1;
      position = find_string_end(block, text, length, is_ascii);
      bool has_escape = false;
      if (part.field >= 0 && (lax_fields >> part.field & 1) != 0) {
        while (position + 1 < length && block[position] == '\\' &&
               std::strchr("\"\\/bfnrt", block[position + 1]) != nullptr &&
               block[position + 1] != 0) {
          has_escape = true;
          position = find_string_end(block, position + 2, length, is_ascii);
        }
      }
      if (position >= length || block[position] != '"') { return false; }
      cell = {uint32_t(text), uint32_t(position - text) | (has_escape ? CSJ_CELL_ESCAPED : 0)};
      ++position;
    } else if (is_digit(first)) {
      double number;
      if (!plain_number(block, position, number) || position > length) { return false; }
      if (part.field >= 0) {
        cell = {uint32_t(reader.numbers.size()), CSJ_CELL_NUMBER};
        reader.numbers.push_back(number);
      }
    } else {
      const size_t word = length_of_word(block, position, length, part.field < 0);
      if (word == 0) { return false; }
      position += word;
    }
    if (part.field >= 0) { reader.cells[cells + size_t(part.field)] = cell; }
  }
  if (!matches(block, position, length, ending)) { return false; }
  stop = end = position + ending.size();
  if (end < length && block[end] == '\r') { ++end; }
  if (end < length && block[end] != '\n') { return false; }
  return is_ascii ||
         simdjson::validate_utf8(reinterpret_cast<const char *>(block) + start, stop - start);
}
