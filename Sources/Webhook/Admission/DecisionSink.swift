public import Documents

/// What was decided about one request, for decision logs.
public struct Decision: Sendable {
    public var id: String
    /// Nanoseconds since 1970.
    public var timestamp: Int64
    /// The document that was asked for, without `data`: `lintel/admit`, or that of a `/v1/data` request.
    public var path: String
    /// What policies were given; nil for none.
    public var input: Document?
    /// The answer as JSON; empty for an undefined document.
    public var result: [UInt8]
    /// The peer's address.
    public var requestedBy: String
    /// W3C trace context of the request; empty without one.
    public var traceID = ""
    public var spanID = ""
    /// Revisions of the bundles in use, by name.
    public var bundles: [String: String] = [:]
    public var revision = ""
    /// Nanoseconds, by OPA's names of metrics.
    public var metrics: [(name: String, time: Int64)] = []
    /// A failure instead of a result.
    public var error: String?
}

/// Takes decisions; called on worker threads, so it must not wait.
public protocol DecisionSink: Sendable {
    func record(_ decision: Decision)
}
