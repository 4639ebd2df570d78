// Where an error is. The DOM says only that there is one; the on-demand walk below reads the text
// value by value and remembers how far it came. It runs for broken text only.
#include <algorithm>

#include "reader.hpp"

using simdjson::error_code;
namespace ondemand = simdjson::ondemand;

namespace {

struct Walk {
  const uint8_t *start;
  size_t length;
  size_t last = 0;         // where the value begun last starts
  bool in_scalar = false;  // the error is in that value, not between values

  void at(const char *place) {
    const auto offset = reinterpret_cast<const uint8_t *>(place) - start;
    last = offset < 0 ? 0 : (size_t(offset) > length ? length : size_t(offset));
  }

  bool is_at_word() const {
    const uint8_t letter = last < length ? start[last] | 0x20 : 0;
    return letter >= 'a' && letter <= 'z';
  }

  error_code scalar(ondemand::value value, ondemand::json_type type) {
    in_scalar = true;
    error_code error = simdjson::SUCCESS;
    switch (type) {
      case ondemand::json_type::string: {
        std::string_view text;
        error = value.get_string().get(text);
        break;
      }
      case ondemand::json_type::number: {
        ondemand::number number;
        error = value.get_number().get(number);
        break;
      }
      case ondemand::json_type::boolean: {
        bool flag;
        error = value.get_bool().get(flag);
        if (error) { error = simdjson::T_ATOM_ERROR; }
        break;
      }
      default: {
        bool is_null = false;
        error = value.is_null().get(is_null);
        if (!error && !is_null) { error = simdjson::N_ATOM_ERROR; }
        break;
      }
    }
    if (!error) { in_scalar = false; }
    return error;
  }

  error_code value(ondemand::value value, size_t depth) {
    const char *place;
    if (!value.current_location().get(place)) { at(place); }
    if (depth > deepest_nesting) {
      in_scalar = true;
      return simdjson::DEPTH_ERROR;
    }
    ondemand::json_type type;
    if (auto error = value.type().get(type)) {
      // Not the start of any value. A letter is a misspelt word (NaN, undefined), the rest syntax.
      in_scalar = true;
      return is_at_word() ? simdjson::N_ATOM_ERROR : error;
    }
    switch (type) {
      case ondemand::json_type::object: {
        ondemand::object object;
        if (auto error = value.get_object().get(object)) { return error; }
        return members(object, depth);
      }
      case ondemand::json_type::array: {
        ondemand::array array;
        if (auto error = value.get_array().get(array)) { return error; }
        return elements(array, depth);
      }
      default:
        return scalar(value, type);
    }
  }

  error_code members(ondemand::object object, size_t depth) {
    for (auto entry : object) {
      ondemand::field field;
      if (auto error = std::move(entry).get(field)) { return error; }
      at(field.key().raw() - 1);  // the quote
      std::string_view key;
      if (auto error = field.unescaped_key().get(key)) {
        in_scalar = true;
        return error;
      }
      if (auto error = value(field.value(), depth + 1)) { return error; }
    }
    return simdjson::SUCCESS;
  }

  error_code elements(ondemand::array array, size_t depth) {
    for (auto entry : array) {
      ondemand::value element;
      if (auto error = std::move(entry).get(element)) { return error; }
      if (auto error = value(element, depth + 1)) { return error; }
    }
    return simdjson::SUCCESS;
  }
};

}  // namespace

int code_of(error_code error) {
  switch (error) {
    case simdjson::SUCCESS: return CSJ_OK;
    case simdjson::CAPACITY: return CSJ_TOO_BIG;
    case simdjson::MEMALLOC: return CSJ_NO_MEMORY;
    case simdjson::DEPTH_ERROR: return CSJ_TOO_DEEP;
    case simdjson::STRING_ERROR: return CSJ_BAD_STRING;
    case simdjson::T_ATOM_ERROR:
    case simdjson::F_ATOM_ERROR:
    case simdjson::N_ATOM_ERROR: return CSJ_BAD_LITERAL;
    case simdjson::NUMBER_ERROR:
    case simdjson::NUMBER_OUT_OF_RANGE: return CSJ_BAD_NUMBER;
    case simdjson::UTF8_ERROR: return CSJ_NOT_UTF8;
    case simdjson::EMPTY: return CSJ_EMPTY;
    case simdjson::UNESCAPED_CHARS: return CSJ_CONTROL;
    case simdjson::UNCLOSED_STRING: return CSJ_OPEN_STRING;
    case simdjson::INCOMPLETE_ARRAY_OR_OBJECT: return CSJ_CUT_OFF;
    case simdjson::TRAILING_CONTENT: return CSJ_TRAILING;
    default: return CSJ_SYNTAX;
  }
}

Location locate_error(
    ondemand::parser &parser, const uint8_t *bytes, size_t length, int code) {
  ondemand::document document;
  error_code error =
      parser.iterate(bytes, length, length + simdjson::SIMDJSON_PADDING).get(document);
  if (error) { return refine(bytes, length, {code_of(error), 0}); }

  Walk walk{bytes, length};
  bool is_scalar = false;
  if (document.is_scalar().get(is_scalar) || is_scalar) {
    // One word or number is all there is: the error can only be there.
    const char *place;
    if (!document.current_location().get(place)) { walk.at(place); }
    return {walk.is_at_word() ? int(CSJ_BAD_LITERAL) : code, walk.last};
  }
  ondemand::value root;
  error = document.get_value().get(root);
  if (!error) { error = walk.value(root, 1); }
  if (error && walk.in_scalar) { return refine(bytes, length, {code_of(error), walk.last}); }

  const char *place;
  size_t offset = error ? walk.last : length;
  if (!document.current_location().get(place)) {
    walk.at(place);
    offset = std::max(offset, walk.last);
    if (!error) { return refine(bytes, length, {CSJ_TRAILING, offset}); }
  } else if (error) {
    offset = length;
  }
  return refine(bytes, length, {error ? code_of(error) : code, offset});
}
