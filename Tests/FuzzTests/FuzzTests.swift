import Foundation
import RegoRuntime
import Synchronization
import TestSupport
import Testing

/// Feeds generated and mutated text to every reader, the formatter, the compiler and the evaluator.
///
/// `LINTEL_FUZZ_SECONDS` says how long (6 by default), `LINTEL_FUZZ_SEED` where the random numbers start. The text being
/// checked is kept in `lintel-fuzz-input` in the temporary folder, so that a crash leaves it behind; a text that takes
/// longer than 20 s ends the process.
@Suite(.serialized) struct FuzzTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seconds = environment["LINTEL_FUZZ_SECONDS"].flatMap(Double.init) ?? 6
    private static let seed = environment["LINTEL_FUZZ_SEED"].flatMap(UInt64.init) ?? 1
    private static let place = FileManager.default.temporaryDirectory.appendingPathComponent("lintel-fuzz-input")

    @Test func holds() throws {
        let watchdog = Watchdog()
        let corpus = try FuzzCorpus()
        var random = SeededRandom(seed: Self.seed)
        let end = ContinuousClock.now + .seconds(Self.seconds)
        var counts: [String: Int] = [:], failures: [String] = []
        while ContinuousClock.now < end, failures.count < 10 {
            let kind = random.pick(["generated", "generated", "module", "module", "policy", "json", "yaml"])
            let text = Self.text(kind, corpus, &random)
            try Data(text.utf8).write(to: Self.place)
            watchdog.started()
            let problem =
                switch kind {
                case "json": FuzzChecks.json(text)
                case "yaml": FuzzChecks.yaml(text)
                default: FuzzChecks.module(text)
                }
            let time = watchdog.ended()
            counts[kind, default: 0] += 1
            if let problem { failures.append("\(kind): \(problem)\n\(text)") }
            if time > .seconds(5) { failures.append("\(kind) took \(time)\n\(text)") }
        }
        print(
            "fuzz: seed \(Self.seed), "
                + counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
        #expect(failures.isEmpty, "\(failures.joined(separator: "\n======\n"))")
        #expect(counts.count == 5, "not every kind of text was checked: \(counts)")
    }

    private static func text(_ kind: String, _ corpus: FuzzCorpus, _ random: inout SeededRandom) -> String {
        if kind == "generated" {
            var generator = ModuleGenerator(random: SeededRandom(seed: random.next()), builtins: FuzzChecks.table.builtins)
            let text = generator.module()
            guard random.once(in: 4) else { return text }
            var mutator = Mutator(random: SeededRandom(seed: random.next()))
            return mutator.mutated(text, with: random.pick(corpus.modules))
        }
        let texts =
            switch kind {
            case "module": corpus.modules
            case "policy": corpus.policies
            case "json": corpus.json
            default: corpus.yaml
            }
        var mutator = Mutator(random: SeededRandom(seed: random.next()))
        return mutator.mutated(random.pick(texts), with: random.pick(texts))
    }
}

/// Ends the process when one text takes too long.
private final class Watchdog: Sendable {
    private let start = Mutex<ContinuousClock.Instant?>(nil)

    init() {
        let thread = Thread { [weak self] in
            while let self {
                if let start = self.start.withLock({ $0 }), ContinuousClock.now - start > .seconds(20) {
                    fatalError("a text in lintel-fuzz-input takes longer than 20 s")
                }
                Thread.sleep(forTimeInterval: 0.5)
            }
        }
        thread.start()
    }

    func started() { start.withLock { $0 = .now } }

    func ended() -> Duration {
        start.withLock { start in
            defer { start = nil }
            return start.map { .now - $0 } ?? .zero
        }
    }
}
