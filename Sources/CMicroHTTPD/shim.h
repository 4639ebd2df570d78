#ifndef CMICROHTTPD_SHIM_H
#define CMICROHTTPD_SHIM_H
#include <microhttpd.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

/* MHD_start_daemon takes a variable list, which Swift cannot call: all options come in one array, which
 * ends with MHD_OPTION_END. */
static inline struct MHD_Daemon *http_start(unsigned int flags, uint16_t port,
                                            MHD_AcceptPolicyCallback policy, void *policy_context,
                                            MHD_AccessHandlerCallback handler, void *context,
                                            struct MHD_OptionItem *options) {
  return MHD_start_daemon(flags, port, policy, policy_context, handler, context, MHD_OPTION_ARRAY,
                          options, MHD_OPTION_END);
}

/* Callbacks as the pointer-sized integers that options are made of. */
static inline intptr_t http_completed(MHD_RequestCompletedCallback callback) {
  return (intptr_t)callback;
}
static inline intptr_t http_connected(MHD_NotifyConnectionCallback callback) {
  return (intptr_t)callback;
}
static inline intptr_t http_logged(void *(*callback)(void *, const char *, struct MHD_Connection *)) {
  return (intptr_t)callback;
}

/* Members of the union that MHD_get_connection_info answers with. */
static inline int http_socket(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? (int)info->connect_fd : -1;
}
static inline const struct sockaddr *http_peer(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  return info ? info->client_addr : NULL;
}
static inline void *http_socket_context(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info ? info->socket_context : NULL;
}

/* What the headers say of the end of a request. */
struct http_framing {
  int lengths, codings, unclear;
};
static inline enum MHD_Result http_read_framing(void *framing, enum MHD_ValueKind kind,
                                                const char *name, const char *value) {
  struct http_framing *seen = (struct http_framing *)framing;
  size_t length = strlen(name);
  (void)kind;
  if (length > 0 && (name[length - 1] == ' ' || name[length - 1] == '\t')) seen->unclear = 1;
  if (strcasecmp(name, "Content-Length") == 0) seen->lengths++;
  if (strcasecmp(name, "Transfer-Encoding") == 0) {
    seen->codings++;
    if (value == NULL || strcasecmp(value, "chunked") != 0) seen->unclear = 1;
  }
  return MHD_YES;
}
/* Whether a proxy before this server may see another end of the request than libmicrohttpd, so that what is body
 * to one is a further request to the other: a length beside a coding, either of them twice, a coding that is not
 * chunked, a space before a colon. Source: RFC 9112, 5.1 and 6.3, https://www.rfc-editor.org/rfc/rfc9112 */
static inline int http_is_ambiguous(struct MHD_Connection *connection) {
  struct http_framing seen = {0, 0, 0};
  MHD_get_connection_values(connection, MHD_HEADER_KIND, http_read_framing, &seen);
  return seen.unclear || seen.lengths + seen.codings > 1;
}
#endif
