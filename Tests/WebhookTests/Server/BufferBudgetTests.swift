import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import Webhook

/// The bound on bodies that wait.
struct BufferBudgetTests {
    private let loop = MultiThreadedEventLoopGroup.singleton.next()

    /// The order in which waiters got room.
    private final class Turns: Sendable {
        private let state = Mutex<[String]>([])
        var list: [String] { state.withLock { $0 } }
        func add(_ name: String) { state.withLock { $0.append(name) } }
    }

    private func settle() throws { try loop.submit {}.wait() }

    @Test func largeBodiesWaitInOrder() throws {
        let budget = BufferBudget(limit: 1_000_000), turns = Turns()
        #expect(budget.take(600_000, on: loop) { turns.add("first") } == nil)
        let second = try #require(budget.take(500_000, on: loop) { turns.add("second") })
        // One that would fit does not overtake another that waits.
        #expect(budget.take(300_000, on: loop) { turns.add("third") } != nil)
        #expect(second > 0)
        // Small ones do.
        #expect(budget.take(1_000, on: loop) {} == nil)
        budget.give(1_000)
        budget.give(600_000)
        try settle()
        #expect(turns.list == ["second", "third"])
        #expect(budget.used == 800_000)
    }

    @Test func smallBodiesHaveRoomOfTheirOwnAndNoMore() {
        let budget = BufferBudget(limit: 100_000)
        #expect(budget.take(100_000, on: loop) {} == nil)
        #expect(budget.take(20_000, on: loop) {} == nil)
        #expect(budget.take(20_000, on: loop) {} != nil)
    }

    @Test func aBodyLargerThanAllRoomPassesAlone() throws {
        let budget = BufferBudget(limit: 1_000), turns = Turns()
        #expect(budget.take(500, on: loop) {} == nil)
        #expect(budget.take(200_000, on: loop) { turns.add("large") } != nil)
        budget.give(500)
        try settle()
        #expect(turns.list == ["large"])
    }

    @Test func whoGivesUpIsNotCalled() throws {
        let budget = BufferBudget(limit: 100_000), turns = Turns()
        #expect(budget.take(100_000, on: loop) {} == nil)
        let number = try #require(budget.take(90_000, on: loop) { turns.add("gone") })
        #expect(budget.giveUp(number))
        #expect(!budget.giveUp(number))
        budget.give(100_000)
        try settle()
        #expect(turns.list.isEmpty)
        #expect(budget.used == 0)
    }

    @Test func bodiesOfUnknownLengthHaveHalf() {
        let budget = BufferBudget(limit: 100_000)
        #expect(budget.grow(by: 50_000))
        #expect(!budget.grow(by: 1))
        budget.give(50_000, growing: 50_000)
        #expect(budget.grow(by: 10))
    }

    @Test(arguments: [(256 << 20, 32 << 20), (1 << 30, 128 << 20), (64 << 30, 512 << 20), (nil, 512 << 20)] as [(Int?, Int)])
    func standard(memory: Int?, limit: Int) { #expect(BufferLimit.standard(memory: memory) == limit) }
}
