import GoLibrary
import RegoRuntime

/// What clients may ask for; times in nanoseconds.
package struct ServerLimits: Sendable {
    /// Bytes of a body, after decompression.
    package var bodySize = 7 << 20
    /// From the first byte of a request, or from the connection, to the last byte.
    package var receiveTimeout: Int64 = 10_000_000_000
    /// Between requests; longer than the 90 s after which Go's clients close.
    package var idleTimeout: Int64 = 120_000_000_000
    /// Between requests once the server is stopping.
    package var quiescingIdleTime: Int64 = 1_000_000_000
    package var connections = 8192
    /// Bytes of bodies that wait: on their way in, to be judged, on their way out.
    package var buffered = 512 << 20
    /// Requests that wait for a worker.
    package var queue = 1024
    /// Threads that evaluate.
    package var workers = 2
    /// Threads for what takes long.
    package var patientWorkers = 2
    /// The time to answer when a request does not say.
    package var defaultTimeout: Int64 = 10_000_000_000
    /// The longest time a request can ask for: the API server's.
    package var longestTimeout: Int64 = 30_000_000_000
    /// How long before the client's deadline the answer leaves.
    package var margin: Int64 = 500_000_000
    /// What an evaluation on an event loop may take; beyond it starts again in the quick lane, and the loop takes none for
    /// ten times as long.
    package var loopTime: Int64 = 1_000_000
    /// Steps an evaluation on an event loop may take; what they take differs less than time does when the machine is busy.
    package var loopSteps = 100_000
    /// When an evaluation on an event loop that is bounded by its steps is given up all the same: on a busy machine its thread may
    /// have to wait for a processor, and beginning again elsewhere, where more threads wait for one, would cost more than it.
    package var loopPatience: Int64 = 50_000_000
    /// Bytes of a body that may be judged on an event loop.
    package var loopBodySize = 64 << 10
    /// What an evaluation in the quick lane may take.
    package var quickTime: Int64 = 20_000_000

    /// Bytes of values that one evaluation may make.
    package var evaluationMemory = 128 << 20

    package init() {}

    /// What one evaluation may make where this much memory is: an eighth, from 32 to 128 MiB. Several go on at a time.
    package static func evaluationMemory(of memory: Int?) -> Int { min(max((memory ?? .max) / 8, 32 << 20), 128 << 20) }

    /// Nanoseconds there are to answer; nil when `timeout=` is not a duration.
    func time(asked text: String?) -> Int64? {
        guard let text else { return defaultTimeout - margin }
        guard let asked = GoDuration.nanoseconds(text), asked > 0 else { return nil }
        let time = min(asked, longestTimeout)
        // Of times too short for the margin, half is left for the way back.
        return max(time - margin, time / 2)
    }
}
