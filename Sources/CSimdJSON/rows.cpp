// Rows and documents: one DOM parse, then one flat table.
#include <algorithm>
#include <charconv>
#include <cstring>
#include <new>

#include "reader.hpp"

namespace dom = simdjson::dom;
using simdjson::error_code;

void fold_case(std::string_view text, std::string &into) {
  into.assign(text);
  for (char &letter : into) {
    if (letter >= 'A' && letter <= 'Z') { letter = char(letter + ('a' - 'A')); }
  }
}

// "Usage Date" and "usage_date" are what spreadsheets and tools make of usageDate.
static void drop_separators(std::string &text) {
  size_t length = 0;
  for (const char letter : text) {
    if (letter != ' ' && letter != '_' && letter != '-' && letter != '.') {
      text[length++] = letter;
    }
  }
  text.resize(length);
}

int32_t csj_reader::look_up(std::string_view key, size_t place) {
  fold_case(key, folded);
  auto found = names.find(folded);
  if (found == names.end()) {
    drop_separators(folded);
    found = names.find(folded);
  }
  const int32_t field = found == names.end() ? -1 : found->second;
  // A row with thousands of keys is not worth remembering.
  if (place < 256) {
    if (place >= seen.size()) { seen.resize(place + 1); }
    seen[place].key.assign(key);
    seen[place].field = field;
    seen[place].count = nullptr;
  }
  return field;
}

inline int32_t csj_reader::field_of(std::string_view key, size_t place) {
  if (names.empty()) { return -1; }
  if (place < seen.size() && equal_texts(seen[place].key, key)) { return seen[place].field; }
  return look_up(key, place);
}

int csj_reader::take(const uint8_t *text, size_t count) {
  nodes.clear();
  text_size = 0;
  text_is_envelope = false;
  length = 0;
  error_offset = 0;
  error_is_located = true;
  if (count >= 0xFFFFFFFF) { return error = CSJ_TOO_BIG; }
  if (bytes.size() < count + simdjson::SIMDJSON_PADDING) {
    bytes.resize((count + simdjson::SIMDJSON_PADDING) * 3 / 2);
  }
  if (count > 0) { std::memcpy(bytes.data(), text, count); }
  std::memset(bytes.data() + count, ' ', simdjson::SIMDJSON_PADDING);
  length = count;
  return error = CSJ_OK;
}

error_code csj_reader::parse(const uint8_t *text, size_t count, dom::element &root) {
  if (dom.capacity() < count || dom.capacity() == 0) {
    const size_t wanted = std::min(std::max(count * 3 / 2, size_t(4096)), size_t(0xFFFFFFFF));
    if (auto failed = dom.allocate(wanted, deepest_nesting)) { return failed; }
    if (auto failed = dom.doc.allocate(wanted)) { return failed; }
  }
  return dom.parse(text, count, false).get(root);
}

namespace {

// Where a string of the document stands in csj_text.
inline uint32_t offset_of(csj_reader &reader, std::string_view string) {
  const uint8_t *text = reader.dom.doc.string_buf.get();
  const auto offset = size_t(reinterpret_cast<const uint8_t *>(string.data()) - text);
  reader.text_size = std::max(reader.text_size, offset + string.size());
  return uint32_t(offset);
}

// A node with the kind and value of `value`. The getters cannot fail, because each is called for
// its own type only.
inline csj_node node_of(csj_reader &reader, dom::element value) {
  csj_node node{-1, CSJ_NULL, 0, 0, 0, 0, 0, 0, 0};
  switch (value.type()) {
    case dom::element_type::NULL_VALUE:
      break;
    case dom::element_type::BOOL:
      node.kind = CSJ_BOOL;
      node.integer = bool(value.get_bool().value_unsafe()) ? 1 : 0;
      break;
    case dom::element_type::INT64:
      node.kind = CSJ_INTEGER;
      node.integer = value.get_int64().value_unsafe();
      node.number = double(node.integer);
      break;
    case dom::element_type::UINT64:
      node.kind = CSJ_NUMBER;
      node.number = double(value.get_uint64().value_unsafe());
      break;
    case dom::element_type::DOUBLE:
      node.kind = CSJ_NUMBER;
      node.number = value.get_double().value_unsafe();
      break;
    case dom::element_type::STRING: {
      const std::string_view string = value.get_string().value_unsafe();
      node.kind = CSJ_STRING;
      node.text_offset = offset_of(reader, string);
      node.text_length = uint32_t(string.size());
      break;
    }
    case dom::element_type::OBJECT:
      node.kind = CSJ_OBJECT;
      break;
    case dom::element_type::ARRAY:
      node.kind = CSJ_ARRAY;
      break;
  }
  return node;
}

inline void set_key(csj_reader &reader, csj_node &node, std::string_view key) {
  node.key_offset = offset_of(reader, key);
  node.key_length = uint32_t(key.size());
}

// Appends `value` and everything below it; parents stand before their children.
void flatten(csj_reader &reader, dom::element value, std::string_view key, bool has_key) {
  const size_t place = reader.nodes.size();
  reader.nodes.push_back(node_of(reader, value));
  if (has_key) { set_key(reader, reader.nodes[place], key); }
  uint32_t children = 0;
  dom::object object;
  dom::array array;
  if (reader.nodes[place].kind == CSJ_OBJECT && !value.get_object().get(object)) {
    for (auto field : object) {
      flatten(reader, field.value, field.key, true);
      ++children;
    }
    reader.nodes[place].count = children;
  } else if (reader.nodes[place].kind == CSJ_ARRAY && !value.get_array().get(array)) {
    for (auto element : array) {
      flatten(reader, element, {}, false);
      ++children;
    }
    reader.nodes[place].count = children;
  }
}

// Every C function that allocates goes through here, so that nothing is thrown into C.
template <typename Body>
int guarded(csj_reader *reader, Body body) {
  try {
    return reader->error = body();
  } catch (const std::bad_alloc &) {
    reader->nodes.clear();
    return reader->error = CSJ_NO_MEMORY;
  }
}

}  // namespace

csj_reader *csj_create(void) { return new (std::nothrow) csj_reader; }

void csj_free(csj_reader *reader) { delete reader; }

int csj_add_name(csj_reader *reader, const uint8_t *name, size_t length, int32_t field) {
  return guarded(reader, [&] {
    std::string folded;
    fold_case({reinterpret_cast<const char *>(name), length}, folded);
    reader->names.emplace(folded, field);
    drop_separators(folded);
    reader->names.emplace(std::move(folded), field);
    reader->seen.clear();
    return CSJ_OK;
  });
}

int csj_parse_row(csj_reader *reader, const uint8_t *bytes, size_t length) {
  return guarded(reader, [&] {
    if (int failed = reader->take(bytes, length)) { return failed; }
    dom::element root;
    if (auto failed = reader->parse(reader->bytes.data(), length, root)) {
      reader->error_is_located = false;
      return code_of(failed);
    }
    dom::object object;
    if (root.get_object().get(object)) {
      reader->root_kind = node_of(*reader, root).kind;
      return int(CSJ_NOT_OBJECT);
    }
    size_t place = 0;
    for (auto member = object.begin(), end = object.end(); member != end; ++member, ++place) {
      const std::string_view key = member.key();
      csj_node node = node_of(*reader, member.value());
      set_key(*reader, node, key);
      node.field = reader->field_of(key, place);
      reader->nodes.push_back(node);
    }
    return int(CSJ_OK);
  });
}

int csj_parse_document(csj_reader *reader, const uint8_t *bytes, size_t length) {
  return guarded(reader, [&] {
    if (int failed = reader->take(bytes, length)) { return failed; }
    dom::element root;
    if (auto failed = reader->parse(reader->bytes.data(), length, root)) {
      reader->error_is_located = false;
      return code_of(failed);
    }
    flatten(*reader, root, {}, false);
    return int(CSJ_OK);
  });
}

const csj_node *csj_nodes(const csj_reader *reader, size_t *count) {
  *count = reader->nodes.size();
  return reader->nodes.data();
}

const uint8_t *csj_text(const csj_reader *reader, size_t *count) {
  if (reader->text_is_envelope) {
    *count = reader->envelope_text.size();
    return reader->envelope_text.data();
  }
  *count = reader->text_size;
  return reader->dom.doc.string_buf.get();
}

const uint8_t *csj_source(const csj_reader *reader, size_t *count) {
  *count = reader->length;
  return reader->bytes.data();
}

uint32_t csj_root_kind(const csj_reader *reader) { return reader->root_kind; }

size_t csj_error_offset(csj_reader *reader) {
  if (!reader->error_is_located) {
    const Location found = locate_error(
        reader->on_demand, reader->bytes.data(), reader->length, reader->error);
    reader->error_offset = std::min(found.offset, reader->length);
    if (found.code != CSJ_OK) { reader->error = found.code; }
    reader->error_is_located = true;
  }
  return reader->error_offset;
}

int csj_error(csj_reader *reader) {
  csj_error_offset(reader);
  return reader->error;
}

size_t csj_member_offset(csj_reader *reader, size_t index) {
  simdjson::ondemand::document document;
  simdjson::ondemand::object object;
  if (reader->on_demand
          .iterate(reader->bytes.data(), reader->length,
                   reader->length + simdjson::SIMDJSON_PADDING)
          .get(document) ||
      document.get_object().get(object)) {
    return 0;
  }
  size_t place = 0;
  for (auto entry : object) {
    simdjson::ondemand::field field;
    if (std::move(entry).get(field)) { return 0; }
    if (place++ == index) {
      const auto key = reinterpret_cast<const uint8_t *>(field.key().raw());
      return size_t(key - reader->bytes.data()) - 1;
    }
  }
  return 0;
}

int csj_read_string(
    csj_reader *reader, const uint8_t *bytes, size_t length, const uint8_t **text, size_t *text_length) {
  size_t end = 0;
  while (end < length && bytes[end] != '"') { end += bytes[end] == '\\' ? 2 : 1; }
  if (end >= length) { return CSJ_OPEN_STRING; }
  // The quotes as well.
  if (const int code = reader->take(bytes - 1, end + 2); code != CSJ_OK) { return code; }
  simdjson::dom::element root;
  std::string_view found;
  if (reader->parse(reader->bytes.data(), reader->length, root) || root.get_string().get(found)) {
    return CSJ_BAD_STRING;
  }
  *text = reinterpret_cast<const uint8_t *>(found.data());
  *text_length = found.size();
  return CSJ_OK;
}

int csj_read_number(const uint8_t *bytes, size_t length, double *number) {
  const char *text = reinterpret_cast<const char *>(bytes);
  const auto [end, failure] = std::from_chars(text, text + length, *number);
  return failure == std::errc() && end == text + length;
}
