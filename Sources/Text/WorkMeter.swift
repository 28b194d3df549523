import CThreadMeter

/// Counts the work of an evaluation wherever it is done, also far below the machine: where values are compared, where a
/// parser reads on.
///
/// A step is about what an instruction of the machine costs, some 20 ns. What may work for long calls `charge` as it goes
/// and ends soon, with any result, once it answers false: the evaluation then ends with a fault, and the result is dropped.
/// Without an evaluation on the thread nothing is counted.
///
/// The handle is trivially copyable; whoever calls `make` must call `destroy`.
package struct WorkMeter: @unchecked Sendable {
    @usableFromInline
    package struct State {
        /// Steps until the next look; negative when it is due.
        @usableFromInline var left = 0
        /// Steps that looks allowed so far.
        var granted = 0
        @usableFromInline var isSpent = false
        var look: (Int, Int) -> Int
    }

    @usableFromInline let state: UnsafeMutablePointer<State>

    /// A meter that asks `look` when the steps it allowed last are used up.
    /// - Parameter look: from all steps so far, and how many of them are about to be taken at once, how many more there may be
    ///   until it is asked again; 0 ends the work.
    package static func make(look: @escaping (Int, Int) -> Int) -> WorkMeter {
        let state = UnsafeMutablePointer<State>.allocate(capacity: 1)
        state.initialize(to: State(look: look))
        return WorkMeter(state: state)
    }

    package func destroy() {
        state.deinitialize(count: 1)
        state.deallocate()
    }

    /// Steps counted since `reset`.
    package var spent: Int { state.pointee.granted &- state.pointee.left }
    /// Whether a look said that the work must end.
    @inlinable
    package var isSpent: Bool { state.pointee.isSpent }

    /// Begins to count again.
    package func reset() { (state.pointee.left, state.pointee.granted, state.pointee.isSpent) = (0, 0, false) }

    /// Ends the work.
    package func stop() { (state.pointee.isSpent, state.pointee.left, state.pointee.granted) = (true, -1, spent &- 1) }

    /// Counts steps; false when the work must end.
    @inlinable @inline(__always)
    package func spend(_ steps: Int) -> Bool {
        state.pointee.left &-= min(steps, 1 << 40)
        return state.pointee.left >= 0 || mayGoOn()
    }

    @usableFromInline @inline(never)
    func mayGoOn() -> Bool {
        if state.pointee.isSpent { return false }
        let spent = spent, more = state.pointee.look(spent, -state.pointee.left)
        guard more > 0 else {
            state.pointee.isSpent = true
            return false
        }
        (state.pointee.granted, state.pointee.left) = (spent &+ more, more)
        return true
    }

    // MARK: The thread's meter

    /// Counts steps of whatever evaluation runs on this thread; false when its work must end.
    package static func charge(_ steps: Int) -> Bool {
        guard let current = lintel_meter() else { return true }
        return WorkMeter(state: current.assumingMemoryBound(to: State.self)).spend(steps)
    }

    /// Runs `body` with this as the thread's meter.
    package func within<Result>(_ body: () -> Result) -> Result {
        let outer = lintel_meter()
        lintel_set_meter(state)
        defer { lintel_set_meter(outer) }
        return body()
    }
}
