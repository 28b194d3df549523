import Foundation
import Rego
import RegoRuntime
import Testing

/// Every builtin charges what it does and ends when a budget is spent.
@Suite struct BuiltinLimitTests {
    static let names = TestBuiltins.builtins.map(\.name).sorted()

    private static func run(_ name: String) throws -> BuiltinRun? {
        BuiltinRun(try #require(TestBuiltins.table[name]), TestBuiltins.table)
    }

    /// With arguments that grow, the steps come to an end; a builtin that never gets there does not charge for what it does.
    @Test(arguments: names)
    func isStopped(_ name: String) throws {
        if GrowingArguments.constant.contains(name) || GrowingArguments.needsKeys.contains(name) { return }
        guard let run = try Self.run(name) else {
            #expect(GrowingArguments.uncallable.contains(name), "policies cannot call \(name)")
            return
        }
        let budget = Budget(instructions: 5_000, memory: 64 << 20)
        var n = 64
        while n <= 1 << 16 {
            let result = try #require(run.call(n, budget: budget), "no arguments for \(name)")
            if result.isStopped { return }
            n *= 4
        }
        Issue.record("\(name) was not stopped with arguments of \(n / 4)")
    }

    /// Builtins whose work does not grow are not charged as if it did.
    @Test(arguments: GrowingArguments.constant.sorted())
    func isBrief(_ name: String) throws {
        guard TestBuiltins.table[name] != nil, let run = try Self.run(name) else { return }
        guard let result = run.call(200, budget: Budget(instructions: 20_000, memory: 64 << 20)) else { return }
        #expect(!result.isStopped)
    }

    /// `LINTEL_BUILTIN_TABLE=FILE` writes how long each builtin goes on with arguments that need 1, 10 and 100 times what a
    /// budget of 20 ms has room for.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["LINTEL_BUILTIN_TABLE"] != nil))
    func table() throws {
        let path = try #require(ProcessInfo.processInfo.environment["LINTEL_BUILTIN_TABLE"])
        var text = "| builtin | arguments | 1 × | 10 × | 100 × |\n| --- | ---: | ---: | ---: | ---: |\n"
        for name in Self.names {
            guard let run = try Self.run(name) else { continue }
            text += BuiltinTimes(run).row + "\n"
        }
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }
}

/// How long a builtin goes on under a budget of time.
struct BuiltinTimes {
    private static let time: Int64 = 20_000_000
    private static let budget = Budget(instructions: 1 << 50, memory: 256 << 20, time: time)
    /// Longer arguments would take the memory of the machine.
    private static let largest = 16 << 20

    let row: String
    /// Nanoseconds of the longest call.
    private(set) var longest: Int64 = 0

    init(_ run: BuiltinRun) {
        var n = 64, reached = false
        while n <= Self.largest / 4, !reached {
            guard let result = run.call(n, budget: Self.budget) else { break }
            longest = max(longest, result.time)
            reached = result.isStopped || result.time > Self.time
            if !reached { n *= 4 }
        }
        let name = "`\(run.builtin.name)`"
        if !reached {
            row = "| \(name) | | ends by itself, at most \(Self.milliseconds(longest)) ms | | |"
            return
        }
        var cells: [String] = []
        for factor in [1, 10, 100] {
            guard n * factor <= Self.largest, let result = run.call(n * factor, budget: Self.budget) else {
                cells.append("")
                continue
            }
            longest = max(longest, result.time)
            cells.append(Self.milliseconds(result.time) + (result.isStopped ? "" : " done"))
        }
        row = "| \(name) | \(n) | \(cells.joined(separator: " | ")) |"
    }

    private static func milliseconds(_ time: Int64) -> String {
        let tenths = (time + 50_000) / 100_000
        return "\(tenths / 10).\(tenths % 10)"
    }
}
