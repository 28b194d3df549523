/// What the metrics mean, for `# HELP` lines.
enum MetricNames {
    static let help: [String: String] = [
        "lintel_admission_requests_total": "Admission requests by operation, kind, verdict and dry run.",
        "lintel_admission_duration_seconds": "Time from the last byte of an admission request to its answer.",
        "lintel_evaluation_duration_seconds": "Time of evaluating all policies for one admission request.",
        "lintel_policy_duration_seconds": "Time of evaluating one policy for one admission request.",
        "lintel_violations": "Violations by policy and what they lead to.",
        "lintel_policy_errors_total": "Policies that gave no answer to a request.",
        "lintel_policy_failures_total": "Policies that gave no answer to a request, by policy.",
        "lintel_budget_stops_total": "Requests whose evaluation used up its budget of time, steps or memory.",
        "lintel_missed_deadlines_total": "Requests answered by the fail mode because their time was up.",
        "lintel_refused_requests_total": "Requests refused because too many were waiting.",
        "lintel_refused_connections_total": "Connections closed because too many were open.",
        "lintel_oversize_requests_total": "Requests refused because of the size of their body.",
        "lintel_timed_out_connections_total": "Connections closed because a request did not arrive in time.",
        "lintel_tls_handshake_errors_total": "TLS handshakes that failed.",
        "lintel_queue_depth": "Requests that wait for a worker.",
        "lintel_connections": "Open connections.",
        "lintel_reload_total": "Attempts to load policies or certificates, by result.",
        "lintel_reload_duration_seconds": "Time from noticing changed policies to serving them.",
        "lintel_reload_last_success_timestamp_seconds": "When policies were last activated.",
        "lintel_certificate_expiry_seconds": "When the serving certificate ends, in seconds since 1970.",
        "lintel_audit_events_total": "Audit events judged.",
        "lintel_audit_violations_total": "Violations by audit events, by policy.",
        "lintel_bundle_loaded_total": "Downloads of a bundle that were taken over.",
        "lintel_bundle_failed_load_total": "Downloads of a bundle that failed or were refused.",
        "lintel_bundle_last_request_timestamp_seconds": "When a bundle was last asked for.",
        "lintel_bundle_last_success_timestamp_seconds": "When a new bundle was last taken over.",
        "lintel_decision_log_events_total": "Decisions that were logged.",
        "lintel_decision_log_lost_total": "Decisions that could not be logged.",
        "lintel_decision_log_failed_uploads_total": "Uploads of decisions that failed and will be repeated.",
        "lintel_build_info": "The version of the server; always 1.",
    ]
}

/// The version of this build.
public enum BuildVersion {
    public static let number = "0.1.0"
}
