package import Documents

/// What was decided about one request, for decision logs.
package struct Decision: Sendable {
    package var id: String
    /// Nanoseconds since 1970.
    package var timestamp: Int64
    /// The document that was asked for, without `data`: `lintel/admit`, or that of a `/v1/data` request.
    package var path: String
    /// What policies were given; nil for none.
    package var input: Document?
    /// The answer as JSON; empty for an undefined document.
    package var result: [UInt8]
    /// The peer's address.
    package var requestedBy: String
    /// W3C trace context of the request; empty without one.
    package var traceID = ""
    package var spanID = ""
    /// Revisions of the bundles in use, by name.
    package var bundles: [String: String] = [:]
    package var revision = ""
    /// Nanoseconds, by OPA's names of metrics.
    package var metrics: [(name: String, time: Int64)] = []
    /// The labels of the rules that had a value, as a JSON array; empty for none.
    package var ruleLabels: [UInt8] = []
    /// About how many bytes it keeps in memory.
    package var size = 0
    /// A failure instead of a result.
    package var error: String?
}

/// Takes decisions; called on worker threads, so it must not wait.
package protocol DecisionSink: Sendable {
    func record(_ decision: Decision)
}
