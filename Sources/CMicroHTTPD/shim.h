#ifndef CMICROHTTPD_SHIM_H
#define CMICROHTTPD_SHIM_H
#include <microhttpd.h>
#include <stdint.h>

/* MHD_start_daemon takes a variable list, which Swift cannot call: all options come in one array, which
 * ends with MHD_OPTION_END. */
static inline struct MHD_Daemon *http_start(unsigned int flags, uint16_t port,
                                            MHD_AccessHandlerCallback handler, void *context,
                                            struct MHD_OptionItem *options) {
  return MHD_start_daemon(flags, port, NULL, NULL, handler, context, MHD_OPTION_ARRAY, options,
                          MHD_OPTION_END);
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
#endif
