/*
 * Stands in for the members of libgit2.a that speak TLS, SSH and Kerberos. govctl never opens a connection; without
 * these, the linker pulls in mbedTLS, libssh2 and GSSAPI, and every start parses the system's certificate bundle.
 * The names are libgit2's own; the linker takes a member of an archive only for a name that nothing defined before.
 */
static const int not_supported = -1;

int git_mbedtls_stream_global_init(void) { return 0; }

int git_mbedtls__set_cert_location(const char *file, const char *path) {
    (void)file, (void)path;
    return not_supported;
}

int git_mbedtls_stream_new(void **out, const char *host, const char *port) {
    (void)out, (void)host, (void)port;
    return not_supported;
}

int git_mbedtls_stream_wrap(void **out, void *in, const char *host) {
    (void)out, (void)in, (void)host;
    return not_supported;
}

int git_transport_ssh_global_init(void) { return 0; }

int git_transport_ssh_with_paths(void **out, void *owner, void *payload) {
    (void)out, (void)owner, (void)payload;
    return not_supported;
}

int git_smart_subtransport_ssh(void **out, void *owner, void *param) {
    (void)out, (void)owner, (void)param;
    return not_supported;
}

int git_http_auth_negotiate(void **out, const void *url) {
    (void)out, (void)url;
    return not_supported;
}
