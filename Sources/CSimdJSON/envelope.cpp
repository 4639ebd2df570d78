// The rows of a document, whatever it wraps them in:
//
//   {…}   […]   {"Value": […], "@nextLink": …, "TotalCount": n}   {"items": […], "links": {…}}
//
// The on-demand reader walks the outside; a row is found by its brackets and kept as a range, so
// that a row that is broken inside can be rejected alone. All else is validated here.
#include <algorithm>
#include <charconv>
#include <new>

#include "reader.hpp"

namespace dom = simdjson::dom;
namespace ondemand = simdjson::ondemand;
using simdjson::error_code;

namespace {

bool is_space(uint8_t byte) {
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

struct Envelope {
  csj_reader &reader;
  const uint8_t *start;
  size_t length;
  csj_envelope &result;
  ondemand::document &document;

  bool has_rows = false;
  bool has_null_rows = false;
  bool has_page_key = false;
  // Set when an error is inside a value whose place is known.
  size_t error_offset = SIZE_MAX;

  csj_range range(std::string_view text) const {
    size_t count = text.size();
    while (count > 0 && is_space(uint8_t(text[count - 1]))) { --count; }
    const auto offset = reinterpret_cast<const uint8_t *>(text.data()) - start;
    return {uint32_t(offset), uint32_t(count)};
  }

  error_code raw(ondemand::value value, std::string_view &text) {
    ondemand::json_type type;
    if (auto error = value.type().get(type)) {
      const char *place;
      if (value.current_location().get(place)) { return error; }
      if (*place == ',' || *place == ':' || *place == ']' || *place == '}') { return error; }
      text = value.raw_json_token();
      return simdjson::SUCCESS;
    }
    if (type == ondemand::json_type::object) {
      ondemand::object object;
      if (auto error = value.get_object().get(object)) { return error; }
      return object.raw_json().get(text);
    }
    if (type == ondemand::json_type::array) {
      ondemand::array array;
      if (auto error = value.get_array().get(array)) { return error; }
      return array.raw_json().get(text);
    }
    text = value.raw_json_token();
    return simdjson::SUCCESS;
  }

  // The iterator skips an element that nobody looked at by counting brackets, so a row ends where
  // the next one, or the end of the list, shows that it did.
  error_code rows(ondemand::array array) {
    const char *row = nullptr;
    for (auto entry : array) {
      ondemand::value element;
      if (auto error = std::move(entry).get(element)) { return error; }
      const char *place;
      if (auto error = element.current_location().get(place)) { return error; }
      if (row) { add_row(row, place); }
      if (*place == ',' || *place == ':' || *place == ']' || *place == '}') {
        error_offset = size_t(reinterpret_cast<const uint8_t *>(place) - start);
        return simdjson::TAPE_ERROR;
      }
      row = place;
    }
    if (row) {
      const char *place = reinterpret_cast<const char *>(start) + length;
      (void)document.current_location().get(place);
      add_row(row, place);
    }
    has_rows = true;
    return simdjson::SUCCESS;
  }

  // `next` is the first character after the comma or bracket that ends the row.
  void add_row(const char *row, const char *next) {
    const char *end = next;
    while (end > row && is_space(uint8_t(end[-1]))) { --end; }
    if (end > row) { --end; }
    reader.rows.push_back(range({row, size_t(end - row)}));
  }

  void set_next_link(dom::element value) {
    std::string_view link;
    if (value.get_string().get(link) || link.empty()) { return; }
    reader.envelope_text.assign(link.begin(), link.end());
    result.has_next_link = 1;
    result.next_link = {0, uint32_t(link.size())};
  }

  // {"links": {"next": "…"}} or {"links": {"next": {"uri": "…"}}}
  void set_links(dom::element value) {
    dom::element next, uri;
    if (value.at_key_case_insensitive("next").get(next)) { return; }
    if (next.is_string()) {
      set_next_link(next);
    } else if (!next.at_key_case_insensitive("uri").get(uri) ||
               !next.at_key_case_insensitive("href").get(uri)) {
      set_next_link(uri);
    }
  }

  void set_total(dom::element value) {
    int64_t total = 0;
    std::string_view text;
    if (!value.get_string().get(text)) {
      const auto end = text.data() + text.size();
      const auto parsed = std::from_chars(text.data(), end, total);
      if (parsed.ec != std::errc() || parsed.ptr != end) { return; }
    } else if (value.get_int64().get(total)) {
      return;
    }
    result.has_total = 1;
    result.total = total;
  }

  error_code members(ondemand::object object) {
    std::string key;
    for (auto entry : object) {
      ondemand::field field;
      if (auto error = std::move(entry).get(field)) { return error; }
      std::string_view spelt;
      if (auto error = field.unescaped_key().get(spelt)) { return error; }
      fold_case(spelt, key);
      ondemand::value value = field.value();
      ondemand::json_type type;
      const bool is_list = key == "value" || key == "items";
      if (is_list && !has_rows && !value.type().get(type) &&
          type == ondemand::json_type::array) {
        ondemand::array array;
        if (auto error = value.get_array().get(array)) { return error; }
        if (auto error = rows(array)) { return error; }
        continue;
      }
      std::string_view text;
      if (auto error = raw(value, text)) { return error; }
      if (auto error = member(key, range(text), is_list)) { return error; }
    }
    return simdjson::SUCCESS;
  }

  // A member that is not the list of rows: small, so it is parsed completely.
  error_code member(const std::string &key, csj_range where, bool is_list) {
    dom::element value;
    if (auto error = reader.parse(start + where.offset, where.length, value)) {
      // The text after the value would be read as if it belonged to it: look at a copy.
      std::vector<uint8_t> copy(where.length + simdjson::SIMDJSON_PADDING);
      std::copy_n(start + where.offset, where.length, copy.begin());
      ondemand::parser parser;
      const Location found = locate_error(parser, copy.data(), where.length, code_of(error));
      error_offset = where.offset + found.offset;
      return error;
    }
    if (is_list && value.is_null()) {
      has_null_rows = true;
    } else if (is_list && value.is_object() && !has_rows) {
      // One row that was written without its brackets (PowerShell's ConvertTo-Json does this).
      reader.rows.push_back(where);
      has_rows = true;
    } else if (key == "@nextlink" || key == "nextlink" || key == "@odata.nextlink") {
      has_page_key = true;
      set_next_link(value);
    } else if (key == "links") {
      has_page_key = has_page_key || value.is_object();
      set_links(value);
    } else if (key == "totalcount" || key == "@odata.count") {
      has_page_key = true;
      set_total(value);
    }
    return simdjson::SUCCESS;
  }

  error_code walk() {
    ondemand::json_type type;
    if (auto error = document.type().get(type)) { return error; }
    if (type == ondemand::json_type::array) {
      ondemand::array array;
      if (auto error = document.get_array().get(array)) { return error; }
      return rows(array);
    }
    if (type != ondemand::json_type::object) { return simdjson::INCORRECT_TYPE; }
    ondemand::object object;
    if (auto error = document.get_object().get(object)) { return error; }
    if (auto error = members(object)) { return error; }
    if (!has_rows && !(has_null_rows && has_page_key)) {
      result = {};
      result.is_bare_object = 1;
      size_t first = 0, end = length;
      while (first < end && is_space(start[first])) { ++first; }
      while (end > first && is_space(start[end - 1])) { --end; }
      reader.rows = {{uint32_t(first), uint32_t(end - first)}};
    }
    return simdjson::SUCCESS;
  }
};

int parse_envelope(
    csj_reader *reader, const uint8_t *bytes, size_t length, csj_envelope *envelope) {
  reader->nodes.clear();
  reader->rows.clear();
  reader->envelope_text.clear();
  reader->text_is_envelope = true;
  reader->error_offset = 0;
  reader->error_is_located = true;
  *envelope = {};
  if (length >= 0xFFFFFFFF - simdjson::SIMDJSON_PADDING) { return CSJ_TOO_BIG; }

  const size_t allocated = length + simdjson::SIMDJSON_PADDING;
  const uint8_t *text = bytes;
  std::vector<uint8_t> masked;
  ondemand::document document;
  error_code error = reader->on_demand.iterate(text, length, allocated).get(document);
  if (error == simdjson::UTF8_ERROR || error == simdjson::UNESCAPED_CHARS) {
    // A bad byte somewhere: find the rows in a copy without such bytes. The rows themselves are
    // parsed from the original text later, where only those with bad bytes fail.
    masked.assign(bytes, bytes + allocated);
    mask_bad_bytes(masked.data(), length);
    text = masked.data();
    error = reader->on_demand.iterate(text, length, allocated).get(document);
  }
  if (error) {
    const Location found = refine(bytes, length, {code_of(error), 0});
    reader->error_offset = std::min(found.offset, length);
    return found.code;
  }

  Envelope outside{*reader, text, length, *envelope, document};
  error = outside.walk();
  if (error == simdjson::INCORRECT_TYPE) { return CSJ_NOT_OBJECT; }
  if (error && outside.error_offset != SIZE_MAX) {
    const Location found = refine(text, length, {code_of(error), outside.error_offset});
    reader->error_offset = std::min(found.offset, length);
    return found.code;
  }
  const char *place;
  const bool is_somewhere = !document.current_location().get(place);
  if (!error && !is_somewhere) { return CSJ_OK; }
  size_t offset = length;
  if (is_somewhere && error != simdjson::INCOMPLETE_ARRAY_OR_OBJECT) {
    const auto distance = reinterpret_cast<const uint8_t *>(place) - text;
    offset = distance < 0 ? 0 : std::min(size_t(distance), length);
  }
  const Location found = refine(text, length, {error ? code_of(error) : CSJ_TRAILING, offset});
  reader->error_offset = std::min(found.offset, length);
  return found.code;
}

}  // namespace

int csj_parse_envelope(
    csj_reader *reader, const uint8_t *bytes, size_t length, csj_envelope *envelope) {
  try {
    return reader->error = parse_envelope(reader, bytes, length, envelope);
  } catch (const std::bad_alloc &) {
    return reader->error = CSJ_NO_MEMORY;
  }
}

const csj_range *csj_rows(const csj_reader *reader, size_t *count) {
  *count = reader->rows.size();
  return reader->rows.data();
}
