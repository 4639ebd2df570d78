#ifndef CXLSXWRITER_SHIM_H
#define CXLSXWRITER_SHIM_H

#include <sys/syscall.h>
#include <unistd.h>
#include <xlsxwriter.h>

/* A file in memory that has no name; below 0 when there is none to be had. libxlsxwriter writes to a
 * path only: /proc/self/fd has one for it. */
static inline int workbook_memory_file(void) {
  const unsigned int close_on_exec = 1;
  return (int)syscall(SYS_memfd_create, "workbook", close_on_exec);
}

/* Who made the book and when; without a time of its own the library takes that of the clock. */
static inline lxw_error workbook_describe(
    lxw_workbook *book, const char *title, const char *company, const char *comments,
    int64_t created) {
  lxw_doc_properties properties = {0};
  properties.title = (char *)title;
  properties.company = (char *)company;
  properties.comments = (char *)comments;
  properties.created = (time_t)created;
  return workbook_set_properties(book, &properties);
}

/* White at 0, yellow at `middle`, red from `highest` on. */
static inline lxw_error worksheet_colour_scale(
    lxw_worksheet *sheet, lxw_row_t last_row, lxw_col_t column, double middle, double highest) {
  lxw_conditional_format scale = {0};
  scale.type = LXW_CONDITIONAL_3_COLOR_SCALE;
  scale.min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;
  scale.mid_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;
  scale.max_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;
  scale.min_value = 0;
  scale.mid_value = middle;
  scale.max_value = highest;
  scale.min_color = 0xFFFFFF;
  scale.mid_color = 0xFFE699;
  scale.max_color = 0xF4A6A0;
  return worksheet_conditional_format_range(sheet, 1, column, last_row, column, &scale);
}

#endif
