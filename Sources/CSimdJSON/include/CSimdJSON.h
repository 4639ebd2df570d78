/* simdjson behind a C door.
 *
 * The rest of the program sees only this header: an opaque reader, flat tables of plain structs,
 * and error codes. C++ stays in the .cpp files, because Swift's C++ interoperation spreads to every
 * module that imports one. No function throws; all lengths are in bytes; no text has a final NUL.
 */
#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { CSJ_PADDING = 64 };

enum {
  CSJ_NULL = 0,
  CSJ_BOOL = 1,
  CSJ_INTEGER = 2,
  CSJ_NUMBER = 3,
  CSJ_STRING = 4,
  CSJ_OBJECT = 5,
  CSJ_ARRAY = 6,
};

enum {
  CSJ_OK = 0,
  CSJ_EMPTY = 1,         /* nothing but white space */
  CSJ_NOT_UTF8 = 2,
  CSJ_CONTROL = 3,       /* a control character inside a string */
  CSJ_OPEN_STRING = 4,   /* a string without its closing quote */
  CSJ_CUT_OFF = 5,       /* an object or array without its end */
  CSJ_SYNTAX = 6,
  CSJ_BAD_STRING = 7,    /* an invalid escape, or half of a surrogate pair */
  CSJ_BAD_LITERAL = 8,   /* a word that is not true, false or null, NaN for instance */
  CSJ_BAD_NUMBER = 9,    /* misspelt, or out of the range of 64 bits */
  CSJ_TOO_DEEP = 10,
  CSJ_TOO_BIG = 11,      /* 4 GiB or more */
  CSJ_NO_MEMORY = 12,
  CSJ_TRAILING = 13,     /* something after the end of the document */
  CSJ_NOT_OBJECT = 14,   /* csj_parse_row: valid, but not an object */
};

/* One value: a member of a row, or a node of a document in document order (parents first). */
typedef struct {
  int32_t field;          /* number given by csj_add_name, -1 when the key is not known */
  uint32_t kind;
  uint32_t key_offset;    /* into csj_text; length 0 for elements of arrays */
  uint32_t key_length;
  uint32_t text_offset;   /* strings, unescaped: into csj_text */
  uint32_t text_length;
  uint32_t count;         /* objects and arrays of a document: how many children; else 0 */
  int64_t integer;        /* integers; booleans as 0 and 1 */
  double number;          /* integers and numbers */
} csj_node;

/* One row of an envelope: a range of the document's bytes. */
typedef struct {
  uint32_t offset;
  uint32_t length;
} csj_range;

typedef struct {
  uint8_t is_bare_object;     /* the document is one row, not a list of rows */
  uint8_t has_next_link;
  uint8_t has_total;
  int64_t total;
  csj_range next_link;        /* into csj_text */
} csj_envelope;

/* A value of a table of lines. Its text is a range of the block that was parsed, as it is written there.
 * A number is the place of its value among the numbers. */
typedef struct {
  uint32_t offset;
  uint32_t length;
} csj_cell;

enum {
  CSJ_CELL_ABSENT = 0xFFFFFFFF,     /* length of a cell whose row has no such field, or null */
  CSJ_CELL_NUMBER = 0xFFFFFFFE,     /* length of a cell that is a number; offset is its place */
  CSJ_CELL_ESCAPED = 0x80000000,    /* set in the length of a text of a lax field that has escapes */
};

/* A line of the block, without its end. */
typedef struct {
  uint32_t number;                  /* from 0 */
  uint32_t row;                     /* rows of the table before it */
  uint32_t offset;
  uint32_t length;
} csj_line;

/* A key that no field goes by, with how many lines of the table have it. */
typedef struct {
  const uint8_t *key;
  size_t length;
  size_t count;
} csj_unknown_key;

typedef struct {
  const csj_cell *cells;            /* row_count x field_count, row after row */
  const double *numbers;
  size_t number_count;
  const csj_line *rows;             /* the line of each row */
  size_t row_count;
  const csj_line *odd;              /* lines left to csj_parse_row: no plain rows */
  size_t odd_count;
  const csj_unknown_key *unknown;
  size_t unknown_count;
  size_t line_count;
} csj_table;

/* What a delimited text looks like. */
typedef struct {
  uint8_t separator;
  size_t column_count;              /* of the header */
  const int32_t *fields;            /* the field of each column, -1 for none; none twice */
  size_t field_count;
  uint64_t number_fields;           /* bit set: fields whose cells are numbers */
  uint64_t date_fields;
  uint64_t lax_fields;              /* whose texts may have escapes, because few of those are read */
  size_t longest_line;
} csj_layout;

/* What lines of a text tell about the others. */
typedef struct {
  uint8_t is_not_plain;             /* the lines cannot be read one by one, or not in this way */
  uint8_t has_decimals;             /* a number has decimals, and not three */
  uint8_t has_three_decimals;       /* one that might be thousands, if others were */
} csj_evidence;

typedef struct csj_reader csj_reader;

/* NULL when there is no memory. */
csj_reader *csj_create(void);
void csj_free(csj_reader *reader);

/* Members whose key equals `name`, whatever the case of ASCII letters, carry the number `field`.
   So do those that differ by spaces, '_', '-' and '.' only, where no name is equal. */
int csj_add_name(csj_reader *reader, const uint8_t *name, size_t length, int32_t field);

/* Parses one JSON object into a table of its members; nested values keep only their kind.
 * The bytes are copied first, so no padding is needed and csj_error_offset works later. */
int csj_parse_row(csj_reader *reader, const uint8_t *bytes, size_t length);

/* Parses any JSON value into a table of all its nodes. */
int csj_parse_document(csj_reader *reader, const uint8_t *bytes, size_t length);

/* Finds the rows of a document. `bytes` must be followed by CSJ_PADDING spaces. Rows are found by their brackets only: a row may still be invalid
 * inside. Everything around the rows is validated. */
int csj_parse_envelope(
    csj_reader *reader, const uint8_t *bytes, size_t length, csj_envelope *envelope);

/* Parses a block of JSON Lines into one table. `bytes` must be followed by CSJ_PADDING readable
 * bytes. Blank lines count as lines and nothing else. A line becomes a row when it is an object whose
 * members are strings without escapes, numbers, booleans of unknown keys and nulls, no field twice;
 * every other line, and every line longer than `longest_line`, is odd. Texts of `lax_fields`, a set of
 * bits, may have escapes in lines that are like others. */
int csj_parse_lines(
    csj_reader *reader, const uint8_t *bytes, size_t length, size_t field_count,
    size_t longest_line, uint64_t lax_fields, csj_table *table);

/* Reads the JSON string whose opening quote stands before `bytes`, which has its closing quote among its
 * `length` bytes. The text belongs to the reader until the next call. */
int csj_read_string(
    csj_reader *reader, const uint8_t *bytes, size_t length, const uint8_t **text, size_t *text_length);

/* Reads a number that is spelled as JSON has it, over its whole length; 0 when it is out of the range of
 * a double. */
int csj_read_number(const uint8_t *bytes, size_t length, double *number);

/* Parses lines of delimited text into one table. `bytes` must be followed by CSJ_PADDING readable
 * bytes. A line becomes a row when no field but a lax one has doubled quotes, when fields behind the
 * last column are empty, and when the number fields are digits with an optional point; every other line
 * that is not empty is odd. The text is not plain, and the table empty, when it is no UTF-8, has a quote
 * that is open at the end of a line or followed by text, a line that is too long, or a number or date
 * that another region writes, which would tell how those of other rows are meant. */
int csj_parse_table(
    csj_reader *reader, const uint8_t *bytes, size_t length, const csj_layout *layout,
    csj_evidence *evidence, csj_table *table);

/* Results of the last call, valid until the next one. */
const csj_node *csj_nodes(const csj_reader *reader, size_t *count);
const uint8_t *csj_text(const csj_reader *reader, size_t *count);
const uint8_t *csj_source(const csj_reader *reader, size_t *count);
const csj_range *csj_rows(const csj_reader *reader, size_t *count);

/* After csj_parse_row gave CSJ_NOT_OBJECT: what it was instead. */
uint32_t csj_root_kind(const csj_reader *reader);

/* Byte offset of the error of the last call, at most the document's length; and its code, which
 * is sharper than the one returned by the call, because now the place is known. */
size_t csj_error_offset(csj_reader *reader);
int csj_error(csj_reader *reader);

/* Byte offset of the key of the row's member number `index`, or 0. */
size_t csj_member_offset(csj_reader *reader, size_t index);

#ifdef __cplusplus
}
#endif
#endif
