/// What one request and one client may use.
package struct PlaygroundLimits: Sendable {
    /// Bytes of a request's body.
    package var body = 8 << 20
    /// Bytes that an uploaded archive may unpack to.
    package var unpacked = 16 << 20
    /// Loop steps and calls of one evaluation.
    package var steps = 100_000_000
    /// Bytes of values that one evaluation makes.
    package var memory = 128 << 20
    /// Seconds of all evaluations of a request together.
    package var seconds = 3.0
    /// Threads that evaluate.
    package var workers = 2
    /// Requests of one client that wait for a thread; the next is refused.
    package var waitingPerClient = 256
    /// Requests of all clients that wait for a thread.
    package var waiting = 1024
    /// Requests a second that one client may make for long.
    package var requestsPerSecond = 100.0
    /// Requests that one client may make at once.
    package var burst = 600.0
    /// Resources of one request.
    package var resources = 5000
    /// Events of a trace.
    package var traceEvents = 10_000
    /// Bytes of JSON of one value; longer ones are not shown.
    package var valueSize = 256 << 10
    /// Bytes of JSON of all values of an answer.
    package var valuesSize = 4 << 20
    /// Nodes of templates that run for one chart, and turns of their loops.
    package var templateSteps = 2_000_000
    /// Bytes that a chart renders to.
    package var rendered = 8 << 20
    /// Bytes of rendered text of an answer; the rest is not shown.
    package var shownText = 2 << 20
    /// Bytes of all Rego files of a request.
    package var modules = 512 << 10

    package init() {}
}
