/// The members a request object may have, for `http.send` and for what signs its requests (OPA policy reference, "HTTP").
package enum RequestMembers {
    /// Those that are strings.
    package static let strings: Set<String> = [
        "method", "url", "raw_body", "tls_ca_cert", "tls_ca_cert_file", "tls_ca_cert_env_variable", "tls_client_cert",
        "tls_client_cert_file", "tls_client_cert_env_variable", "tls_client_key", "tls_client_key_file",
        "tls_client_key_env_variable", "tls_server_name",
    ]
    package static let all = strings.union([
        "body", "enable_redirect", "force_json_decode", "force_yaml_decode", "headers", "tls_use_system_certs",
        "tls_insecure_skip_verify", "timeout", "cache", "force_cache", "force_cache_duration_seconds", "raise_error",
        "caching_mode", "max_retry_attempts", "cache_ignored_headers",
    ])
}
