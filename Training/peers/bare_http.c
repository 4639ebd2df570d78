/* The least that libmicrohttpd can do: sends one body with some headers to whoever asks, on epoll threads.
 *
 * bare_http THREADS BODY-FILE [HEADER...]     prints its port, and runs until it is killed
 *
 * service.py compares the service with it. */
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum MHD_Result answer(void *response, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **seen) {
  (void)url, (void)method, (void)version, (void)upload, (void)upload_size;
  /* The first call is with the head alone. */
  if (*seen == NULL) {
    *seen = response;
    return MHD_YES;
  }
  return MHD_queue_response(connection, MHD_HTTP_OK, response);
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

int main(int count, char **words) {
  if (count < 3) {
    fprintf(stderr, "Usage: bare_http THREADS BODY-FILE [HEADER...]\n");
    return 64;
  }
  FILE *file = fopen(words[2], "rb");
  if (file == NULL) fail(words[2]);
  fseek(file, 0, SEEK_END);
  size_t size = (size_t)ftell(file);
  rewind(file);
  char *body = malloc(size + 1);
  if (body == NULL || fread(body, 1, size, file) != size) fail(words[2]);
  fclose(file);

  struct MHD_Response *response =
      MHD_create_response_from_buffer(size, body, MHD_RESPMEM_PERSISTENT);
  for (int index = 3; index < count; index++) {
    char *value = strstr(words[index], ": ");
    if (value == NULL) continue;
    *value = 0;
    MHD_add_response_header(response, words[index], value + 2);
  }
  struct MHD_Daemon *daemon = MHD_start_daemon(
      MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO, 0, NULL, NULL, answer, response,
      MHD_OPTION_THREAD_POOL_SIZE, (unsigned int)atoi(words[1]), MHD_OPTION_CONNECTION_TIMEOUT,
      30u, MHD_OPTION_END);
  if (daemon == NULL) fail("MHD_start_daemon");
  printf("%d\n", (int)MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
  fflush(stdout);
  for (;;) pause();
}
