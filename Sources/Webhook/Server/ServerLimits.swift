/// What clients may ask for; times in nanoseconds.
public struct ServerLimits: Sendable {
    /// Bytes of a body, after decompression.
    public var bodySize = 7 << 20
    /// From the first byte of a request, or from the connection, to the last byte.
    public var receiveTimeout: Int64 = 10_000_000_000
    /// Between requests; longer than the 90 s after which Go's clients close.
    public var idleTimeout: Int64 = 120_000_000_000
    /// Between requests once the server is stopping.
    public var quiescingIdleTime: Int64 = 1_000_000_000
    public var connections = 8192
    /// Requests that wait for a worker.
    public var queue = 1024
    /// Threads that evaluate.
    public var workers = 2
    /// Threads for what takes long.
    public var patientWorkers = 2
    /// The time to answer when a request does not say.
    public var defaultTimeout: Int64 = 10_000_000_000
    /// The longest time a request can ask for: the API server's.
    public var longestTimeout: Int64 = 30_000_000_000
    /// How long before the client's deadline the answer leaves.
    public var margin: Int64 = 500_000_000
    /// What an evaluation on an event loop may take; beyond it starts again in the quick lane, and the loop takes none for
    /// ten times as long.
    public var loopTime: Int64 = 10_000_000
    /// Bytes of a body that may be judged on an event loop.
    public var loopBodySize = 64 << 10
    /// What an evaluation in the quick lane may take.
    public var quickTime: Int64 = 20_000_000

    public init() {}

    /// Nanoseconds there are to answer; nil when `timeout=` is not a duration.
    func time(asked text: String?) -> Int64? {
        guard let text else { return defaultTimeout - margin }
        guard let asked = GoDuration.nanoseconds(text), asked > 0 else { return nil }
        let time = min(asked, longestTimeout)
        // Of times too short for the margin, half is left for the way back.
        return max(time - margin, time / 2)
    }
}
