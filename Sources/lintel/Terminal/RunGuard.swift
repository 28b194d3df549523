import Inputs
import RegoRuntime
import Synchronization
import Text

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Watches the time and the memory of a run from a thread of its own. It tells the run to end; a run that cannot end, because
/// it is in the middle of something long, it ends itself.
final class RunGuard: Sendable {
    /// What a run may take.
    struct Limits: Sendable {
        /// Nanoseconds; nil for no end.
        var time: Int64?
        /// Bytes; nil for half of what there is.
        var memory: Int?
    }

    let stop = RunStop()
    private let limits: Limits
    private let start = MonotonicClock.now()
    private let isJudging = Atomic<Bool>(true)

    /// Nanoseconds that a run has to end in order.
    private static let grace: Int64 = 2_000_000_000
    /// Microseconds from look to look.
    private static let interval: UInt32 = 10_000
    /// Below this nobody asks what there is.
    private static let unwatchedMemory = 64 << 20

    /// Begins to watch.
    init(_ limits: Limits) {
        self.limits = limits
        _ = WorkerThread.detach(stackSize: 256 << 10) { [self] in watch() }
    }

    /// From now on the result is written, which time does not end.
    func endOfJudging() { isJudging.store(false, ordering: .relaxed) }

    private func watch() {
        let gauge = MemoryGauge()
        var most = limits.memory
        while true {
            usleep(Self.interval)
            if let time = limits.time, isJudging.load(ordering: .relaxed) {
                let late = MonotonicClock.now() - start - time
                if late >= 0 { stop.stop(.time) }
                if late >= Self.grace { end(describe(.time)) }
            }
            guard let used = gauge.used, most != nil || used > Self.unwatchedMemory else { continue }
            let limit = most ?? (MemoryGauge.available.map { $0 / 2 } ?? .max)
            most = limit
            if used > limit { stop.stop(.memory) }
            if used > limit + limit / 4 { end(describe(.memory)) }
        }
    }

    private func end(_ what: String) -> Never {
        Console.fail("\(what), in the middle of something that cannot be stopped: the check is not complete")
        _exit(2)
    }

    /// What ended the run, in words.
    func describe(_ reason: RunStop.Reason) -> String {
        switch reason {
        case .time:
            "the check reached the time it was given (--timeout \(Double(limits.time ?? 0) / 1e9) s)"
        case .memory:
            "the check reached the memory it may take ("
                + (limits.memory.map { "--memory-limit \($0 >> 20) MiB" } ?? "half of what there is; see --memory-limit") + ")"
        }
    }
}
