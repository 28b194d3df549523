import Synchronization

/// Whether a run has to end before its work is done, and why. The surface says so, as its clock and its view of the memory
/// tell it; all threads of the run ask, at points where ending is safe.
package final class RunStop: Sendable {
    package enum Reason: Int, Sendable {
        /// The time that the run was given is over.
        case time = 1
        /// The run takes more memory than it may.
        case memory = 2
    }

    private let state = Atomic<Int>(0)

    package init() {}

    /// Why the run has to end; nil while it has not.
    package var reason: Reason? { Reason(rawValue: state.load(ordering: .relaxed)) }

    package var isStopped: Bool { state.load(ordering: .relaxed) != 0 }

    /// Ends the run at the next safe points of its threads; the first reason counts.
    package func stop(_ reason: Reason) {
        _ = state.compareExchange(expected: 0, desired: reason.rawValue, ordering: .relaxed)
    }
}
