// Delimited text, many lines at once: the plain ones become rows of cells, the others are named.
//
//   block    a,"b,c",1.5⏎   a,"b""c",2⏎   a,b⏎
//   ends      ^     ^   ^    ^      ^ ^    ^ ^        separators and line ends that end a field
//   rows     0                            1
//   odd                      line 1
//
// Ends are found 64 bytes at a time, as bits of one word. Where the quotes of a word do not stand as
// they should, the block is looked through once more, byte after byte: a quote inside of a field that
// does not begin with one is text.
//
// A line is read by itself, so quotes must close on it, and no row may tell how the numbers or dates of
// others are meant. A block that is not like that is not plain, and nothing of it is to be used. A row
// is accepted here only when the reader of single rows gives the same values.
#include <charconv>
#include <new>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "reader.hpp"

namespace {

constexpr size_t most_columns = 60000;

// Where some characters are among 64 bytes.
struct Specials {
  uint64_t separators, quotes, line_ends;
};

Specials find_specials(const uint8_t *bytes, uint8_t separator) {
  Specials found{0, 0, 0};
#if defined(__SSE2__)
  const __m128i separators = _mm_set1_epi8(char(separator));
  const __m128i quotes = _mm_set1_epi8('"');
  const __m128i line_ends = _mm_set1_epi8('\n');
  for (int part = 0; part < 4; ++part) {
    const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i *>(bytes + 16 * part));
    const auto bits = [&](__m128i wanted) {
      return uint64_t(uint32_t(_mm_movemask_epi8(_mm_cmpeq_epi8(text, wanted)))) << (16 * part);
    };
    found.separators |= bits(separators);
    found.quotes |= bits(quotes);
    found.line_ends |= bits(line_ends);
  }
#else
  for (int index = 0; index < 64; ++index) {
    const uint8_t byte = bytes[index];
    found.separators |= uint64_t(byte == separator) << index;
    found.quotes |= uint64_t(byte == '"') << index;
    found.line_ends |= uint64_t(byte == '\n') << index;
  }
#endif
  return found;
}

// Each bit: whether an odd number of bits up to it is set.
uint64_t parities(uint64_t bits) {
  for (int step = 1; step < 64; step *= 2) { bits ^= bits << step; }
  return bits;
}

// Where the fields of a text end: at a separator, a line end, or the end of the text.
struct FieldEnds {
  const uint8_t *bytes;
  size_t length;
  uint8_t separator;
  // Room for as many as there are bytes, and one.
  uint32_t *ends;
  size_t count = 0;

  // Finds them, as far as every quote opens or closes a field or is doubled inside of one.
  //
  // Returns false where one does not, or where a line ends between two quotes.
  bool find() {
    uint64_t inside = 0;          // all bits: the text before is between quotes
    uint64_t may_open = 1;        // whether a field begins with the next byte, or a quote is doubled
    uint64_t closed = 0;          // whether the byte before was a closing quote
    count = 0;
    for (size_t base = 0; base < length; base += 64) {
      const Specials found = find_specials(bytes + base, separator);
      const uint64_t valid = length - base < 64 ? (uint64_t(1) << (length - base)) - 1 : ~uint64_t(0);
      const uint64_t quotes = found.quotes & valid;
      uint64_t boundaries = (found.separators | found.line_ends) & valid;
      if ((quotes | inside | closed) != 0) {
        const uint64_t between = parities(quotes) ^ inside;
        if ((found.line_ends & valid & between) != 0) { return false; }
        boundaries &= ~between;
        const uint64_t opening = quotes & between, closing = quotes & ~between;
        if ((opening & ~((boundaries | closing) << 1 | may_open)) != 0) { return false; }
        uint64_t text = (closing << 1 | closed) & valid &
                        ~(found.separators | found.line_ends | quotes);
        for (; text != 0; text &= text - 1) {
          const size_t position = base + size_t(__builtin_ctzll(text));
          if (bytes[position] != '\r' || position + 1 >= length || bytes[position + 1] != '\n') {
            return false;
          }
        }
        inside = uint64_t(int64_t(between) >> 63);
        closed = closing >> 63;
        may_open = (boundaries | closing) >> 63;
      } else {
        may_open = boundaries >> 63;
      }
      for (; boundaries != 0; boundaries &= boundaries - 1) {
        ends[count++] = uint32_t(base + size_t(__builtin_ctzll(boundaries)));
      }
    }
    if (inside != 0) { return false; }
    close();
    return true;
  }

  // Finds them byte after byte. Returns false when a quote is open at the end of its line, or when text
  // follows one that closes a field.
  bool find_carefully() {
    count = 0;
    for (size_t position = 0; position < length; ++position) {
      if (bytes[position] == '"') {
        ++position;
        while (true) {
          if (position == length || bytes[position] == '\n') { return false; }
          if (bytes[position] == '"') {
            if (position + 1 == length || bytes[position + 1] != '"') { break; }
            ++position;
          }
          ++position;
        }
        ++position;
        if (!ends_field(position)) { return false; }
      }
      while (position < length && bytes[position] != separator && bytes[position] != '\n') {
        ++position;
      }
      ends[count++] = uint32_t(position);
    }
    close();
    return true;
  }

  // The last line may have no end, and its last field no text.
  void close() {
    const bool is_open = length > 0 && bytes[length - 1] != '\n';
    if (is_open && (count == 0 || ends[count - 1] != length)) { ends[count++] = uint32_t(length); }
  }

  bool ends_field(size_t position) const {
    return position == length || bytes[position] == separator || bytes[position] == '\n' ||
           (bytes[position] == '\r' && position + 1 < length && bytes[position + 1] == '\n');
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

// What a column is for.
enum class Column : uint8_t { none, text, lax_text, number, date };

struct TableParser {
  csj_reader &reader;
  const uint8_t *bytes;
  size_t length;
  const csj_layout &layout;
  csj_evidence &evidence;
  const Column *columns;
  const uint32_t *next_end;

  // Notes what a number tells about how others are written; false when it may be of another region.
  bool note(size_t start, size_t size, bool is_plain, size_t decimals) {
    if (is_plain) {
      evidence.has_three_decimals |= decimals == 3;
      evidence.has_decimals |= decimals > 0 && decimals != 3;
      return true;
    }
    if (may_be_regional_number(bytes + start, size)) { return false; }
    evidence.has_three_decimals |= std::memchr(bytes + start, '.', size) != nullptr;
    return true;
  }

  enum class Outcome { row, odd, not_plain };

  // Reads the fields of the line at `position`, which is at its end afterwards.
  Outcome line(size_t &position) {
    const size_t cells = reader.cells.size();
    reader.cells.resize(cells + layout.field_count, csj_cell{0, CSJ_CELL_ABSENT});
    csj_cell *const row = reader.cells.data() + cells;
    Outcome outcome = Outcome::row;
    for (size_t column = 0;; ++column) {
      size_t start = position;
      position = *next_end++;
      const bool is_last = position == length || bytes[position] == '\n';
      size_t end = position;
      // A return belongs to the line end only if that follows.
      if (is_last && position < length && end > start && bytes[end - 1] == '\r') { --end; }
      bool has_escape = false;
      if (start < end && bytes[start] == '"') {
        ++start, --end;
        has_escape = std::memchr(bytes + start, '"', end - start) != nullptr;
      }
      const size_t size = end - start;
      if (column >= layout.column_count) {
        if (size > 0 || column > most_columns) { outcome = Outcome::odd; }
      } else if (const Column kind = columns[column]; kind != Column::none) {
        if (has_escape && kind != Column::lax_text) { outcome = Outcome::odd; }
        csj_cell &cell = row[layout.fields[column]];
        cell = {uint32_t(start), uint32_t(size) | (has_escape ? CSJ_CELL_ESCAPED : 0)};
        if (kind == Column::number) {
          double value = 0;
          size_t decimals = 0;
          const bool is_plain = plain_number(bytes + start, size, value, decimals);
          if (!note(start, size, is_plain, decimals)) { return Outcome::not_plain; }
          if (is_plain) {
            cell = {uint32_t(reader.numbers.size()), CSJ_CELL_NUMBER};
            reader.numbers.push_back(value);
          } else {
            outcome = Outcome::odd;
          }
        } else if (kind == Column::date && may_be_regional_date(bytes + start, size)) {
          return Outcome::not_plain;
        }
      }
      if (is_last) { return outcome; }
      ++position;
    }
  }

  bool is_blank(size_t start) const {
    return bytes[start] == '\n' ||
           (bytes[start] == '\r' && start + 1 < length && bytes[start + 1] == '\n');
  }
};

std::vector<Column> columns_of(const csj_layout &layout) {
  std::vector<Column> columns(layout.column_count, Column::none);
  for (size_t column = 0; column < layout.column_count; ++column) {
    const int32_t field = layout.fields[column];
    if (field < 0) { continue; }
    const auto is_among = [field](uint64_t fields) { return (fields >> field & 1) != 0; };
    columns[column] = is_among(layout.number_fields) ? Column::number
                      : is_among(layout.date_fields) ? Column::date
                      : is_among(layout.lax_fields)  ? Column::lax_text
                                                     : Column::text;
  }
  return columns;
}

// Reads all lines; false when the text is not plain.
bool parse(csj_reader &reader, const uint8_t *bytes, size_t length, const csj_layout &layout,
           csj_evidence &evidence, size_t &line_count) {
  if (!simdjson::validate_utf8(reinterpret_cast<const char *>(bytes), length)) { return false; }
  if (reader.field_ends.size() <= length) { reader.field_ends.resize(length + 1); }
  FieldEnds ends{bytes, length, layout.separator, reader.field_ends.data()};
  if (!ends.find() && !ends.find_carefully()) { return false; }
  const std::vector<Column> columns = columns_of(layout);
  TableParser parser{reader, bytes, length, layout, evidence, columns.data(), ends.ends};
  size_t line = 0;
  for (size_t position = 0; position < length; ++position, ++line) {
    const size_t start = position;
    if (parser.is_blank(start)) {
      position = *parser.next_end++;
      continue;
    }
    const size_t rows = reader.row_lines.size();
    const size_t numbers = reader.numbers.size();
    const TableParser::Outcome outcome = parser.line(position);
    if (outcome == TableParser::Outcome::not_plain || position - start > layout.longest_line) {
      return false;
    }
    size_t stop = position;
    if (position < length && bytes[stop - 1] == '\r') { --stop; }
    const csj_line found{uint32_t(line), uint32_t(rows), uint32_t(start), uint32_t(stop - start)};
    if (outcome == TableParser::Outcome::row) {
      reader.row_lines.push_back(found);
    } else {
      reader.cells.resize(rows * layout.field_count);
      reader.numbers.resize(numbers);
      reader.odd.push_back(found);
    }
  }
  line_count = line;
  return true;
}

}  // namespace

int csj_parse_table(
    csj_reader *reader, const uint8_t *bytes, size_t length, const csj_layout *layout,
    csj_evidence *evidence, csj_table *table) {
  try {
    clear_table(*reader);
    *evidence = {};
    if (length >= CSJ_CELL_ESCAPED || layout->field_count > 64) { return CSJ_TOO_BIG; }
    size_t line_count = 0;
    const bool is_plain = parse(*reader, bytes, length, *layout, *evidence, line_count);
    if (!is_plain) { clear_table(*reader); }
    evidence->is_not_plain = !is_plain;
    hand_out_table(*reader, line_count, *table);
    return CSJ_OK;
  } catch (const std::bad_alloc &) {
    return CSJ_NO_MEMORY;
  }
}
