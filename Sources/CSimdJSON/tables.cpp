// Delimited text, many lines at once: the plain ones become rows of cells, the others are named.
//
//   block    a,"b,c",1.5⏎   a,"b""c",2⏎   a,b⏎            separators, quotes and line ends are found 64
//   specials  ^^    ^    ^   ^^ ^^ ^ ^ ^    ^  ^           bytes at a time, as bits of one word
//   rows     0                            1
//   odd                      line 1
//
// A line is read by itself, so quotes must close on it: `csj_check_table` tells whether they do all
// over the text, before the first row is taken. A row is accepted here only when the reader of single
// rows gives the same values.
#include <charconv>
#include <new>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "reader.hpp"

namespace {

constexpr size_t most_columns = 60000;

// The bits of 64 bytes that are one of three characters.
uint64_t find_specials(const uint8_t *bytes, uint8_t separator) {
  uint64_t bits = 0;
#if defined(__SSE2__)
  const __m128i separators = _mm_set1_epi8(char(separator));
  const __m128i quotes = _mm_set1_epi8('"');
  const __m128i line_ends = _mm_set1_epi8('\n');
  for (int part = 0; part < 4; ++part) {
    const __m128i text =
        _mm_loadu_si128(reinterpret_cast<const __m128i *>(bytes + 16 * part));
    const __m128i found = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(text, separators), _mm_cmpeq_epi8(text, quotes)),
        _mm_cmpeq_epi8(text, line_ends));
    bits |= uint64_t(uint32_t(_mm_movemask_epi8(found))) << (16 * part);
  }
#else
  for (int index = 0; index < 64; ++index) {
    const uint8_t byte = bytes[index];
    bits |= uint64_t(byte == separator || byte == '"' || byte == '\n') << index;
  }
#endif
  return bits;
}

// One field of a line.
struct Field {
  size_t start, end;      // of its text, without quotes
  bool has_escape;        // doubled quotes inside
  bool is_broken;         // open at the end of the line, or followed by text
  bool is_last;
};

// Walks over the fields of a text, line after line.
struct TableWalker {
  const uint8_t *bytes;
  size_t length;
  uint8_t separator;
  size_t base;
  uint64_t bits;

  TableWalker(const uint8_t *bytes, size_t length, uint8_t separator)
      : bytes(bytes), length(length), separator(separator), base(0),
        bits(length > 0 ? find_specials(bytes, separator) : 0) {}

  // The next separator, quote or line end; `length` behind the last.
  size_t next() {
    while (bits == 0) {
      base += 64;
      if (base >= length) { return length; }
      bits = find_specials(bytes + base, separator);
    }
    const size_t found = base + size_t(__builtin_ctzll(bits));
    bits &= bits - 1;
    return found < length ? found : length;
  }

  bool ends_field(size_t position) const {
    return position == length || bytes[position] == separator || bytes[position] == '\n' ||
           (bytes[position] == '\r' && position + 1 < length && bytes[position + 1] == '\n');
  }

  // Reads the field at `start`. Afterwards `position` is at the separator or line end behind it.
  Field field(size_t start, size_t &position) {
    Field result{start, start, false, false, false};
    if (start < length && bytes[start] == '"') {
      (void)next();
      result.start = start + 1;
      while (true) {
        position = next();
        if (position == length || bytes[position] == '\n') {
          result.is_broken = true;
          break;
        }
        if (bytes[position] != '"') { continue; }
        if (position + 1 < length && bytes[position + 1] == '"') {
          result.has_escape = true;
          (void)next();
          continue;
        }
        result.end = position;
        result.is_broken = !ends_field(position + 1);
        // What ends the field is the next that was found, unless there is text in between.
        do { position = next(); } while (position < length && bytes[position] == '"');
        break;
      }
    } else {
      do { position = next(); } while (position < length && bytes[position] == '"');
      result.end = position;
      // A return belongs to the line end only if that follows.
      if (position < length && bytes[position] == '\n' && position > start &&
          bytes[position - 1] == '\r') {
        --result.end;
      }
    }
    result.is_last = position == length || bytes[position] == '\n';
    return result;
  }

  // Moves behind the line that `position` is in.
  void skip_line(size_t &position) {
    while (position < length && bytes[position] != '\n') { position = next(); }
  }

  bool is_blank(size_t start) const {
    return start == length || bytes[start] == '\n' ||
           (bytes[start] == '\r' && start + 1 < length && bytes[start + 1] == '\n');
  }
};

bool is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

// Reads digits with an optional point between them; false for anything else.
bool plain_number(const uint8_t *text, size_t length, double &number, size_t &decimals) {
  static constexpr double powers[] = {1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,
                                      1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};
  if (length == 0 || !is_digit(text[0]) || !is_digit(text[length - 1])) { return false; }
  uint64_t integer = 0;
  size_t point = length;
  for (size_t index = 0; index < length; ++index) {
    if (is_digit(text[index])) {
      if (length < 19) { integer = integer * 10 + (text[index] - '0'); }
    } else if (text[index] == '.' && point == length) {
      point = index;
    } else {
      return false;
    }
  }
  decimals = point == length ? 0 : length - point - 1;
  // One division of two exact numbers is correctly rounded.
  if (length < 19 && integer <= uint64_t(1) << 53) {
    number = double(integer) / powers[decimals];
    return true;
  }
  const auto first = reinterpret_cast<const char *>(text);
  const auto parsed = std::from_chars(first, first + length, number);
  return parsed.ec == std::errc() && parsed.ptr == first + length;
}

// Whether a text that is no plain number may be one that is written in the way of some region, and so
// may tell how the numbers of other rows are meant.
bool may_be_regional_number(const uint8_t *text, size_t length) {
  while (length > 0 && text[0] == ' ') { ++text, --length; }
  while (length > 0 && text[length - 1] == ' ') { --length; }
  bool has_digit = false, has_others = false;
  size_t points = 0;
  for (size_t index = 0; index < length; ++index) {
    const uint8_t byte = text[index];
    if (is_digit(byte)) {
      has_digit = true;
    } else if (byte == '.') {
      ++points;
    } else if (byte != '-' && byte != '+' && byte != 'e' && byte != 'E') {
      has_others = true;
    }
  }
  return has_digit && (has_others || points > 1);
}

bool may_be_regional_date(const uint8_t *text, size_t length) {
  bool has_digit = false;
  for (size_t index = 0; index < length; ++index) { has_digit = has_digit || is_digit(text[index]); }
  if (!has_digit) { return false; }
  if (length < 10 || text[4] != '-' || text[7] != '-') { return true; }
  for (size_t index : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (!is_digit(text[index])) { return true; }
  }
  const int month = (text[5] - '0') * 10 + text[6] - '0';
  const int day = (text[8] - '0') * 10 + text[9] - '0';
  return month < 1 || month > 12 || day < 1 || day > 31;
}

bool is_among(uint64_t fields, int32_t field) { return field >= 0 && (fields >> field & 1) != 0; }

struct TableParser {
  csj_reader &reader;
  const uint8_t *bytes;
  const csj_layout &layout;
  TableWalker walker;

  // Reads the fields of a line; false when it is odd. `position` is at the line's end afterwards.
  bool row(size_t &position) {
    const size_t cells = reader.cells.size();
    reader.cells.resize(cells + layout.field_count, csj_cell{0, CSJ_CELL_ABSENT});
    for (size_t column = 0;; ++column) {
      const Field field = walker.field(position, position);
      if (field.is_broken || column > most_columns) { return false; }
      const size_t length = field.end - field.start;
      if (column >= layout.column_count) {
        if (length > 0) { return false; }
      } else if (const int32_t number = layout.fields[column]; number >= 0) {
        if (field.has_escape && !is_among(layout.lax_fields, number)) { return false; }
        csj_cell &cell = reader.cells[cells + size_t(number)];
        cell = {
            uint32_t(field.start), field.has_escape ? CSJ_CELL_ESCAPED : uint32_t(length)};
        if (is_among(layout.number_fields, number)) {
          double value;
          size_t decimals;
          if (!plain_number(bytes + field.start, length, value, decimals)) { return false; }
          cell = {uint32_t(reader.numbers.size()), CSJ_CELL_NUMBER};
          reader.numbers.push_back(value);
        }
      }
      if (field.is_last) { return true; }
      ++position;
    }
  }
};

}  // namespace

int csj_parse_table(
    csj_reader *reader, const uint8_t *bytes, size_t length, const csj_layout *layout,
    csj_table *table) {
  try {
    clear_table(*reader);
    if (length >= 0xFFFFFFF0 || layout->field_count > 64) { return CSJ_TOO_BIG; }
    TableParser parser{*reader, bytes, *layout, TableWalker(bytes, length, layout->separator)};
    size_t line = 0;
    for (size_t position = 0; position < length; ++position, ++line) {
      const size_t start = position;
      const size_t rows = reader->row_lines.size();
      const size_t numbers = reader->numbers.size();
      if (parser.walker.is_blank(start)) {
        position = parser.walker.next();
        continue;
      }
      const bool is_row = parser.row(position);
      parser.walker.skip_line(position);
      size_t stop = position;
      if (position < length && bytes[stop - 1] == '\r') { --stop; }
      const csj_line found{
          uint32_t(line), uint32_t(rows), uint32_t(start), uint32_t(stop - start)};
      if (is_row) {
        reader->row_lines.push_back(found);
      } else {
        reader->cells.resize(rows * layout->field_count);
        reader->numbers.resize(numbers);
        reader->odd.push_back(found);
      }
    }
    hand_out_table(*reader, line, *table);
    return CSJ_OK;
  } catch (const std::bad_alloc &) {
    return CSJ_NO_MEMORY;
  }
}

int csj_check_table(
    const uint8_t *bytes, size_t length, const csj_layout *layout, csj_evidence *evidence) {
  *evidence = {};
  const auto text = reinterpret_cast<const char *>(bytes);
  if (!simdjson::validate_utf8(text, length)) { return 0; }
  TableWalker walker(bytes, length, layout->separator);
  for (size_t position = 0; position < length; ++position) {
    const size_t start = position;
    if (walker.is_blank(start)) {
      position = walker.next();
      continue;
    }
    for (size_t column = 0;; ++column) {
      const Field field = walker.field(position, position);
      if (field.is_broken) { return 0; }
      const size_t size = field.end - field.start;
      const int32_t number = column < layout->column_count ? layout->fields[column] : -1;
      if (is_among(layout->number_fields, number)) {
        double value;
        size_t decimals = 0;
        if (plain_number(bytes + field.start, size, value, decimals)) {
          if (decimals == 3) {
            evidence->has_three_decimals = 1;
          } else if (decimals > 0) {
            evidence->has_decimals = 1;
          }
        } else if (may_be_regional_number(bytes + field.start, size)) {
          return 0;
        } else if (std::memchr(bytes + field.start, '.', size) != nullptr) {
          evidence->has_three_decimals = 1;
        }
      } else if (is_among(layout->date_fields, number) &&
                 may_be_regional_date(bytes + field.start, size)) {
        return 0;
      }
      if (field.is_last) { break; }
      ++position;
    }
    if (position - start > layout->longest_line) { return 0; }
  }
  return 1;
}
