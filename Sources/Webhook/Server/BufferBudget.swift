package import NIOCore
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Bytes of bodies that may wait in memory at once: those on their way, those that wait to be judged, and answers on their
/// way out.
///
/// A body whose length is known gets its room before it is read, in the order of arrival; until then its socket is not
/// read. So every body that has room can arrive completely, and none waits for another that waits. Small bodies have some
/// room of their own, so that honest requests pass by what fills the rest. Bodies of unknown length take room as they grow,
/// half of it together at most.
final class BufferBudget: Sendable {
    /// Bodies up to here pass by larger ones.
    private static let smallBody = 64 << 10

    private struct Waiter {
        var size: Int
        var number: Int
        var loop: any EventLoop
        var go: @Sendable () -> Void
    }

    private struct State {
        var used = 0
        /// Of `used`, what bodies of unknown length have.
        var growing = 0
        var waiters: [Waiter] = []
        var number = 0
    }

    let limit: Int
    private let state = Mutex(State())

    init(limit: Int) { self.limit = limit }

    var used: Int { state.withLock { $0.used } }

    /// Takes room for a body.
    /// - Parameter go: called on the event loop when there is room, if there is none yet.
    /// - Returns: nil when there is room at once, else a number to give up waiting by.
    func take(_ size: Int, on loop: any EventLoop, _ go: @escaping @Sendable () -> Void) -> Int? {
        state.withLock { state in
            let isSmall = size <= Self.smallBody
            let room = isSmall ? limit + limit / 4 : limit
            // A body larger than all room there is passes when nothing else is there.
            if isSmall || state.waiters.isEmpty, state.used + size <= room || state.used == 0 {
                state.used += size
                return nil
            }
            state.number += 1
            state.waiters.append(Waiter(size: size, number: state.number, loop: loop, go: go))
            return state.number
        }
    }

    /// Takes room for more of a body whose length is not known; false when there is none.
    func grow(by size: Int) -> Bool {
        state.withLock { state in
            if state.growing + size > max(limit / 2, 1) { return false }
            state.growing += size
            state.used += size
            return true
        }
    }

    /// Takes room for an answer, which must leave in any case.
    func add(_ size: Int) { state.withLock { $0.used += size } }

    /// Gives room back.
    /// - Parameter growing: how much of it was taken by `grow`.
    func give(_ size: Int, growing: Int = 0) {
        if size == 0 { return }
        let ready = state.withLock { state -> [Waiter] in
            state.used -= size
            state.growing -= growing
            var ready: [Waiter] = []
            while let first = state.waiters.first, state.used + first.size <= limit || state.used == 0 {
                state.used += first.size
                ready.append(first)
                state.waiters.removeFirst()
            }
            return ready
        }
        for waiter in ready { waiter.loop.execute(waiter.go) }
    }

    /// Stops waiting; false when the room has been given already.
    func giveUp(_ number: Int) -> Bool {
        state.withLock { state in
            guard let index = state.waiters.firstIndex(where: { $0.number == number }) else { return false }
            state.waiters.remove(at: index)
            return true
        }
    }
}

/// The default of the room for bodies.
package enum BufferLimit {
    /// An eighth of the memory there is, from 32 to 512 MiB.
    package static func standard(memory: Int?) -> Int { min(max((memory ?? .max) / 8, 32 << 20), 512 << 20) }
}
