// A slow, simple look at text that simdjson refused: which byte is bad, which string never ends,
// where the outermost bracket closes. It never decides whether text is JSON; simdjson does.
#include <cstring>

#include "reader.hpp"

namespace {

// Length of the valid UTF-8 sequence at `text[0]`, or 0 (Unicode 15, table 3-7).
size_t utf8_length(const uint8_t *text, size_t available) {
  const uint8_t first = text[0];
  if (first < 0x80) { return 1; }
  size_t length = 0;
  uint8_t low = 0x80, high = 0xBF;
  if (first >= 0xC2 && first <= 0xDF) {
    length = 2;
  } else if (first >= 0xE0 && first <= 0xEF) {
    length = 3;
    if (first == 0xE0) { low = 0xA0; }
    if (first == 0xED) { high = 0x9F; }
  } else if (first >= 0xF0 && first <= 0xF4) {
    length = 4;
    if (first == 0xF0) { low = 0x90; }
    if (first == 0xF4) { high = 0x8F; }
  } else {
    return 0;
  }
  if (available < length || text[1] < low || text[1] > high) { return 0; }
  for (size_t i = 2; i < length; ++i) {
    if (text[i] < 0x80 || text[i] > 0xBF) { return 0; }
  }
  return length;
}

// What one walk over the text finds; offsets are `length` when there is no such place.
struct Scan {
  size_t bad_byte;
  int bad_code = CSJ_OK;
  size_t open_string;
  size_t after_root;  // first byte after the outermost object or array that is not white space
  size_t depth = 0;   // brackets still open at the end
  size_t end = 0;     // after the last byte that is not white space
};

// Calls `bad(offset, code)` for each byte simdjson would not take, wherever it stands.
template <typename Bad>
Scan scan(const uint8_t *text, size_t length, Bad bad) {
  Scan result;
  result.bad_byte = result.open_string = result.after_root = length;
  bool in_string = false, closed = false;
  size_t i = 0;
  while (i < length) {
    const uint8_t byte = text[i];
    const size_t sequence = utf8_length(text + i, length - i);
    const bool is_control =
        byte < 0x20 && (in_string || (byte != '\t' && byte != '\n' && byte != '\r'));
    if (sequence == 0 || is_control) {
      const int code = sequence == 0 ? CSJ_NOT_UTF8 : CSJ_CONTROL;
      if (result.bad_byte == length) {
        result.bad_byte = i;
        result.bad_code = code;
      }
      bad(i, code);
      ++i;
      continue;
    }
    if (in_string) {
      if (byte == '\\' && i + 1 < length && text[i + 1] >= 0x20 && text[i + 1] < 0x80) {
        ++i;
      } else if (byte == '"') {
        in_string = false;
        result.open_string = length;
      }
    } else if (byte > ' ') {
      if (closed && result.after_root == length) { result.after_root = i; }
      if (byte == '"') {
        in_string = true;
        result.open_string = i;
      } else if (byte == '{' || byte == '[') {
        ++result.depth;
      } else if ((byte == '}' || byte == ']') && result.depth > 0) {
        --result.depth;
        closed = closed || result.depth == 0;
      }
    }
    i += sequence;
    if (byte > ' ') { result.end = i; }
  }
  return result;
}

}  // namespace

void mask_bad_bytes(uint8_t *bytes, size_t length) {
  scan(bytes, length, [bytes](size_t offset, int) { bytes[offset] = '?'; });
}

Location refine(const uint8_t *bytes, size_t length, Location found) {
  const Scan seen = scan(bytes, length, [](size_t, int) {});
  switch (found.code) {
    case CSJ_NOT_UTF8:
    case CSJ_CONTROL:
      if (seen.bad_byte < length) { return {seen.bad_code, seen.bad_byte}; }
      return found;
    case CSJ_OPEN_STRING:
      return {CSJ_OPEN_STRING, seen.open_string};
    case CSJ_CUT_OFF:
    case CSJ_SYNTAX:
    case CSJ_TRAILING:
      if (seen.after_root < length && seen.after_root <= found.offset) {
        return {CSJ_TRAILING, seen.after_root};
      }
      // Brackets are open, and the text ends where the error is: it is not wrong, but cut.
      if (seen.depth > 0 && (found.code == CSJ_CUT_OFF || seen.end <= found.offset + 1)) {
        return {CSJ_CUT_OFF, length};
      }
      if (found.code == CSJ_CUT_OFF) { return {CSJ_SYNTAX, found.offset}; }
      return found;
    case CSJ_BAD_LITERAL:
    case CSJ_BAD_NUMBER: {
      // The last word of a text with open brackets is broken because the text ends there.
      size_t end = found.offset;
      while (end < length && bytes[end] > ' ' && !std::strchr(",:[]{}\"", bytes[end])) { ++end; }
      if (end == length && seen.depth > 0) { return {CSJ_CUT_OFF, length}; }
      return found;
    }
    default:
      return found;
  }
}
