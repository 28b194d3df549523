/// What one request and one client may use.
public struct PlaygroundLimits: Sendable {
    /// Bytes of a request's body.
    public var body = 8 << 20
    /// Bytes that an uploaded archive may unpack to.
    public var unpacked = 16 << 20
    /// Loop steps and calls of one evaluation.
    public var steps = 100_000_000
    /// Bytes of values that one evaluation makes.
    public var memory = 128 << 20
    /// Seconds of all evaluations of a request together.
    public var seconds = 3.0
    /// Threads that evaluate.
    public var workers = 2
    /// Requests of one client that wait for a thread; the next is refused.
    public var waitingPerClient = 256
    /// Requests of all clients that wait for a thread.
    public var waiting = 1024
    /// Requests a second that one client may make for long.
    public var requestsPerSecond = 100.0
    /// Requests that one client may make at once.
    public var burst = 600.0
    /// Resources of one request.
    public var resources = 5000
    /// Events of a trace.
    public var traceEvents = 10_000
    /// Bytes of JSON of one value; longer ones are not shown.
    public var valueSize = 256 << 10
    /// Bytes of JSON of all values of an answer.
    public var valuesSize = 4 << 20
    /// Bytes of all Rego files of a request.
    public var modules = 512 << 10

    public init() {}
}
