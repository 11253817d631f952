// libmicrohttpd with nothing around it, as the measure of what the server could reach; its port is the argument.
#include <microhttpd.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

static struct MHD_Response *response;
static int head_seen;

static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *data, size_t *length, void **state) {
    // An answer before the request is whole would end the connection.
    if (*state == NULL) {
        *state = &head_seen;
        return MHD_YES;
    }
    return MHD_queue_response(connection, MHD_HTTP_OK, response);
}

int main(int count, char **arguments) {
    if (count < 2) return 64;
    static char body[] = "{\"ok\":true,\"result\":[]}";
    response = MHD_create_response_from_buffer(sizeof body - 1, body, MHD_RESPMEM_PERSISTENT);
    MHD_add_response_header(response, "Content-Type", "application/json");
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO, (uint16_t)atoi(arguments[1]), NULL, NULL, &answer, NULL,
                         MHD_OPTION_THREAD_POOL_SIZE, 2u, MHD_OPTION_END);
    if (daemon == NULL) return 1;
    for (;;) pause();
}
