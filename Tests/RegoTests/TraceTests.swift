import Diagnostics
import Documents
import Foundation
import Rego
import RegoRuntime
import Testing

/// Traces of small policies beside those of OPA 1.20.2: events and their order.
///
/// Each file of `Snippets/traces` has its input in the first line and OPA's events in the second: operation and line, 0 for the
/// query. Both sides are brought to one form, for OPA's compiler splits expressions and Lintel's does not: events of one
/// line and query that follow each other count once, and what OPA reports of unification and of its index is left out.
@Suite struct TraceTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snippets/traces")
    private static let policies =
        ((try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? [])
        .filter { $0.pathExtension == "rego" }.sorted { $0.path < $1.path }

    @Test func thereAreFortyTraces() { #expect(Self.policies.count >= 40) }

    @Test(arguments: policies)
    func eventsAreThoseOfOPA(_ path: URL) throws {
        let file = SourceFile(path: path.lastPathComponent, bytes: Array(try Data(contentsOf: path)))
        let lines = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let input = try JSONReader.read(
            SourceFile(path: "input.json", text: String(lines[0].dropFirst("# input: ".count))), keepsPositions: false)
        let expected = lines[1].dropFirst("# OPA: ".count).split(separator: ",").map { $0.drop { $0 == " " } }.map(String.init)
        var options = CompileOptions()
        options.isInstrumented = true
        let (engine, problems) = Engine.compile(
            [ModuleSource(file: file)], queries: ["data.test.p"], builtins: TestBuiltins.table, options: options)
        let compiled = try #require(engine, "\(problems)")
        let evaluator = Evaluator(compiled)
        let tracer = Tracer(evaluator, level: .full)
        evaluator.begin(input: input.root)
        _ = try evaluator.query("data.test.p")
        let trace = tracer.text
        let found = Self.events(trace, heads: Self.heads(lines))
        #expect(found == expected, "\(file.path)\n\(trace)")
        withExtendedLifetime((evaluator, input)) {}
    }

    /// The lines on which rules begin.
    private static func heads(_ lines: [Substring]) -> Set<Int> {
        Set(lines.enumerated().filter { $0.element.first?.isLetter ?? false }.map { $0.offset + 1 })
    }

    private struct Event: Equatable {
        var operation: Substring
        var line: Int
        var text: String { "\(operation) \(line)" }
    }

    /// The events of a trace in the form that both sides have.
    private static func events(_ trace: String, heads: Set<Int>) -> [String] {
        var last: [Int: Event] = [:], found: [Event] = []
        for row in trace.split(separator: "\n") {
            let words = row.split(separator: " ")
            guard let place = words.first?.split(separator: ":"), place.count == 2 else { continue }
            let bars = words.dropFirst().prefix { $0 == "|" }.count
            let event = Event(operation: words[1 + bars], line: place[0] == "<query>" ? 0 : Int(place[1]) ?? -1)
            let afterExit = event.operation == "Redo" && found.last == Event(operation: "Exit", line: event.line)
            // Enter and Exit stand where the caller's expressions do.
            let depth = bars + (["Enter", "Exit"].contains(event.operation) || heads.contains(event.line) || afterExit ? 1 : 0)
            for key in last.keys where key > depth { last[key] = nil }
            if last[depth] == event, event.operation != "Enter" { continue }
            last[depth] = event
            if event.operation == "Enter" {
                for (key, entry) in last where key < depth && entry.operation == "Redo" { last[key] = nil }
            }
            if found.last != event { found.append(event) }
        }
        return found.map(\.text)
    }
}
