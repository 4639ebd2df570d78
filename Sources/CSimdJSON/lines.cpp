// Many lines at once: the plain ones become rows of cells, the others are named.
//
//   block   {"id":"A","quantity":1}\n  {"id":"\u0041"}\n  [1]\n  {"id":"B","quantity":2}\n
//   rows    0: id "A", number 0                                 1: id "B", number 1
//   odd                                line 1         line 2
//
// The on-demand parser only walks over tokens here. simdjson's first stage has validated UTF-8,
// quotes and control characters of the line; every token is then checked to be a whole string
// without escapes, a number, or one of three words. What is more than that is odd, and read by the
// DOM: so a line is accepted here only when the DOM accepts it with the same values.
#include <new>

#include "reader.hpp"

namespace ondemand = simdjson::ondemand;

namespace {

constexpr size_t most_members = 256;

bool is_space(uint8_t byte) { return byte == ' ' || byte == '\t' || byte == '\r'; }

// A token with what follows it up to the next one cut off.
std::string_view trimmed(std::string_view token) {
  while (!token.empty() && is_space(uint8_t(token.back()))) { token.remove_suffix(1); }
  return token;
}

// Whether only the DOM gets a number right: whole ones beyond 64 bits are an error for it and none for the
// on-demand parser, and of a fraction with more digits than a word holds the latter drops the last ones
// together with their powers of ten: 0.65066683570170272962 becomes 0.097. Found by fuzzing simdjson 3.0.1.
bool is_for_dom(std::string_view number) {
  if (number.size() <= 18) { return false; }
  size_t digits = 0;
  bool is_whole = true;
  for (const char byte : number) {
    if (byte == 'e' || byte == 'E') {
      is_whole = false;
      break;
    }
    if (byte == '.') { is_whole = false; }
    if (byte >= '0' && byte <= '9') { ++digits; }
  }
  return is_whole || digits > 19;
}

struct LinesParser {
  csj_reader &reader;
  const uint8_t *block;
  size_t length;
  size_t field_count;
  uint64_t lax_fields;

  // The length of the key at `raw`, which simdjson knows to end with a quote; 0 when it is escaped.
  static size_t key_length(const char *raw) {
    size_t length = 0;
    while (raw[length] != '"') {
      if (raw[length] == '\\') { return 0; }
      ++length;
    }
    return length;
  }

  // The field of the member number `place`; -2 when its key makes the line odd.
  int32_t field_of(const char *raw, size_t place) {
    if (place < reader.seen.size()) {
      const std::string &key = reader.seen[place].key;
      const size_t offset = size_t(reinterpret_cast<const uint8_t *>(raw) - block);
      if (offset + key.size() < length && equal_bytes(raw, key.data(), key.size()) &&
          raw[key.size()] == '"') {
        return reader.seen[place].field;
      }
    }
    const size_t length = key_length(raw);
    if (length == 0) { return -2; }
    return reader.look_up({raw, length}, place);
  }

  void count_unknown(size_t place) {
    auto &seen = reader.seen[place];
    if (seen.count == nullptr) { seen.count = &reader.unknown_counts[seen.key]; }
    ++*seen.count;
  }

  // Reads one value into `cell`; false when it makes the line odd. Each value is taken as what it is:
  // one that is merely passed over would not be held against what follows it.
  bool take(ondemand::value value, csj_cell *cell) {
    const std::string_view token = trimmed(value.raw_json_token());
    if (token.empty()) { return false; }
    const char first = token.front();
    if (first == '"') {
      if (token.size() < 2 || token.back() != '"' || token.size() > 0x7FFFFFFF) { return false; }
      const std::string_view text = token.substr(1, token.size() - 2);
      ondemand::raw_json_string taken;
      if (std::memchr(text.data(), '\\', text.size()) != nullptr ||
          value.get_raw_json_string().get(taken)) {
        return false;
      }
      if (cell != nullptr) {
        cell->offset = uint32_t(reinterpret_cast<const uint8_t *>(text.data()) - block);
        cell->length = uint32_t(text.size());
      }
      return true;
    }
    if (first == '-' || (first >= '0' && first <= '9')) {
      double number;
      if (is_for_dom(token) || value.get_double().get(number)) { return false; }
      if (cell != nullptr) {
        cell->offset = uint32_t(reader.numbers.size());
        cell->length = CSJ_CELL_NUMBER;
        reader.numbers.push_back(number);
      }
      return true;
    }
    if (token == "null") {
      bool is_null;
      return !value.is_null().get(is_null) && is_null;
    }
    bool flag;
    return cell == nullptr && !value.get_bool().get(flag);
  }

  bool row(const uint8_t *line, size_t length) {
    ondemand::document document;
    ondemand::object object;
    if (reader.on_demand.iterate(line, length, length + simdjson::SIMDJSON_PADDING).get(document) ||
        document.get_object().get(object)) {
      return false;
    }
    const size_t start = reader.cells.size();
    reader.cells.resize(start + field_count, csj_cell{0, CSJ_CELL_ABSENT});
    uint64_t taken = 0;
    size_t place = 0;
    size_t unknown_places[most_members];
    size_t unknown_count = 0;
    if (reader.pattern.wants_lesson()) { reader.pattern.begin_lesson(); }
    for (auto entry : object) {
      ondemand::field member;
      if (place >= most_members || std::move(entry).get(member)) { return false; }
      const int32_t field = field_of(member.key().raw(), place);
      if (field == -2) { return false; }
      csj_cell *cell = nullptr;
      if (field >= 0) {
        if (taken >> field & 1) { return false; }
        taken |= uint64_t(1) << field;
        cell = &reader.cells[start + size_t(field)];
      } else {
        unknown_places[unknown_count++] = place;
      }
      ondemand::value value = member.value();
      if (reader.pattern.wants_lesson()) {
        const std::string_view token = trimmed(value.raw_json_token());
        reader.pattern.add(
            size_t(reinterpret_cast<const uint8_t *>(token.data()) - line), token.size(), field,
            reader.seen[place].key);
      }
      if (!take(value, cell)) { return false; }
      ++place;
    }
    // Something after the object, if there is still a location to tell.
    const char *rest;
    if (document.current_location().get(rest) != simdjson::OUT_OF_BOUNDS) { return false; }
    for (size_t index = 0; index < unknown_count; ++index) {
      count_unknown(unknown_places[index]);
    }
    if (reader.pattern.wants_lesson()) { reader.pattern.learn(line, length); }
    return true;
  }

  // Reads a line that differs from an earlier one in its values only.
  bool fits(size_t start, size_t &stop, size_t &end) {
    LinePattern &pattern = reader.pattern;
    if (!pattern.fits(reader, block, length, start, field_count, lax_fields, stop, end)) {
      return false;
    }
    for (size_t place = 0; place < pattern.count; ++place) {
      LinePattern::Part &part = pattern.parts[place];
      if (part.field >= 0) { continue; }
      if (part.rows == nullptr) { part.rows = &reader.unknown_counts[part.key]; }
      ++*part.rows;
    }
    return true;
  }
};

}  // namespace

void clear_table(csj_reader &reader) {
  reader.cells.clear();
  reader.numbers.clear();
  reader.row_lines.clear();
  reader.odd.clear();
  reader.unknown.clear();
  reader.unknown_counts.clear();
  for (auto &seen : reader.seen) { seen.count = nullptr; }
  for (auto &part : reader.pattern.parts) { part.rows = nullptr; }
}

void hand_out_table(csj_reader &reader, size_t line_count, csj_table &table) {
  for (const auto &entry : reader.unknown_counts) {
    reader.unknown.push_back(
        {reinterpret_cast<const uint8_t *>(entry.first.data()), entry.first.size(), entry.second});
  }
  table.cells = reader.cells.data();
  table.numbers = reader.numbers.data();
  table.number_count = reader.numbers.size();
  table.rows = reader.row_lines.data();
  table.row_count = reader.row_lines.size();
  table.odd = reader.odd.data();
  table.odd_count = reader.odd.size();
  table.unknown = reader.unknown.data();
  table.unknown_count = reader.unknown.size();
  table.line_count = line_count;
}

int csj_parse_lines(
    csj_reader *reader, const uint8_t *bytes, size_t length, size_t field_count,
    size_t longest_line, uint64_t lax_fields, csj_table *table) {
  try {
    clear_table(*reader);
    if (length >= CSJ_CELL_ESCAPED || field_count > 64) { return CSJ_TOO_BIG; }
    LinesParser parser{*reader, bytes, length, field_count, lax_fields};
    size_t line_count = 0;
    size_t start = 0;
    for (size_t line = 0; start < length; ++line) {
      const size_t rows = reader->row_lines.size();
      const size_t numbers = reader->numbers.size();
      size_t stop, end;
      if (reader->pattern.is_known) {
        if (parser.fits(start, stop, end) && stop - start <= longest_line) {
          reader->pattern.misses = 0;
          reader->row_lines.push_back(
              {uint32_t(line), uint32_t(rows), uint32_t(start), uint32_t(stop - start)});
          start = end + 1;
          line_count = line + 1;
          continue;
        }
        ++reader->pattern.misses;
        reader->cells.resize(rows * field_count);
        reader->numbers.resize(numbers);
      }
      line_count = line + 1;
      const auto found =
          static_cast<const uint8_t *>(std::memchr(bytes + start, '\n', length - start));
      end = found == nullptr ? length : size_t(found - bytes);
      size_t visible = start;
      while (visible < end && bytes[visible] <= ' ') { ++visible; }
      if (visible < end) {
        stop = end;
        if (bytes[stop - 1] == '\r') { --stop; }
        const csj_line found_line{
            uint32_t(line), uint32_t(rows), uint32_t(start), uint32_t(stop - start)};
        if (stop - start <= longest_line && parser.row(bytes + start, stop - start)) {
          reader->row_lines.push_back(found_line);
        } else {
          reader->cells.resize(rows * field_count);
          reader->numbers.resize(numbers);
          reader->odd.push_back(found_line);
        }
      }
      start = end + 1;
    }
    hand_out_table(*reader, line_count, *table);
    return CSJ_OK;
  } catch (const std::bad_alloc &) {
    return CSJ_NO_MEMORY;
  }
}
