import Diagnostics
import Documents
import Foundation
import Rego
import RegoRuntime
import RegoSyntax
import TestSupport
import Testing

/// Runs OPA's evaluation cases; `shared/conformance/rego-v1/README.md` says when one passes.
@Suite struct ConformanceTests {
    static let files = ConformanceData.files(below: "rego-v1", suffix: ".json")

    @Test(.enabled(if: !files.isEmpty, "no conformance data"), arguments: files)
    func category(file: URL) throws {
        let source = SourceFile(path: file.path, bytes: Array(try Data(contentsOf: file)))
        let document = try JSONReader.read(source, keepsPositions: false)
        var failures: [String] = []
        for (number, value) in document.root.elements.enumerated() {
            let testCase = ConformanceCase(value)
            if let problem = testCase.problem() { failures.append("#\(number) \(testCase.note): \(problem)") }
        }
        let name = file.deletingPathExtension().lastPathComponent
        print("conformance \(name): \(document.root.count - failures.count) passed, \(failures.count) failed")
        #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
    }
}

/// One case of the suite.
struct ConformanceCase {
    let value: Value
    init(_ value: Value) { self.value = value }

    var note: String { value.field("note").stringValue ?? "" }

    /// Why the case fails; nil when it passes, with brief functions in place of their calls and without.
    func problem() -> String? {
        problem(CompileOptions())
            ?? {
                var options = CompileOptions()
                options.recordsOrigins = true
                return problem(options).map { "with calls of all functions, \($0)" }
            }()
    }

    private func problem(_ options: CompileOptions) -> String? {
        let query = value.field("query").string
        let modules = value.field("modules")
        let sources = (modules.kind == .array ? Array(modules.elements) : []).enumerated().map { index, text in
            ModuleSource(file: SourceFile(path: "test-\(index).rego", text: text.string), version: version(of: index))
        }
        let (engine, diagnostics) = Engine.compile(sources, queries: [query], builtins: TestBuiltins.table, options: options)
        guard let engine else {
            let messages = diagnostics.map { problem in
                (problem.range.map { "\($0.file.path):\($0.position.line): " } ?? "") + "\(problem.code): \(problem.message)"
            }
            if let code = value.field("want_error_code").stringValue,
                zip(diagnostics, messages).contains(where: {
                    let wanted = value.field("want_error").stringValue ?? ""
                    return $0.code == code && (wanted.isEmpty || $1.contains(wanted))
                })
            {
                return nil
            }
            return "does not compile: " + messages.joined(separator: "; ")
        }
        var data = value.field("data")
        let empty = Document { $0.object([ObjectEntry]()) }
        if data.isUndefined || data.kind == .null { data = empty.root }
        let evaluator = Evaluator(engine, data: data, strictBuiltinErrors: value.field("strict_error").isTrue)
        evaluator.context.now = Int64(Date().timeIntervalSince1970 * 1e9)
        evaluator.budget = Budget(instructions: 50_000_000, memory: 256 << 20, time: 20_000_000_000)
        let term = inputTerm()
        evaluator.begin(input: term?.value ?? value.field("input"))
        let wantedCode = value.field("want_error_code").stringValue
        let wantedText = value.field("want_error").stringValue
        do {
            let rows = try evaluator.query(query)
            if wantedCode != nil || wantedText != nil { return "gave \(text(of: rows)) instead of an error" }
            return compare(rows)
        } catch {
            guard wantedCode != nil || wantedText != nil else { return "\(error.code): \(error.message)" }
            if let wantedCode, wantedCode != error.code { return "code \(error.code) (\(error.message)), not \(wantedCode)" }
            let place = error.range.map { "\($0.file.path):\($0.position.line): " } ?? ""
            let message = "\(place)\(error.code): \(error.message)"
            if let wantedText, !wantedText.isEmpty, !message.contains(wantedText) {
                return "message \(message), not \(wantedText)"
            }
            return nil
        }
    }

    /// The dialect of a module: `rego_versions` lists 0 or 1 for each, 1 where it is left out.
    private func version(of module: Int) -> RegoVersion {
        let versions = value.field("rego_versions")
        return versions.kind == .array && module < versions.count && versions.elements[module] == .int(0) ? .v0 : .v1
    }

    /// The input written as a Rego term, with the evaluator that owns it.
    private func inputTerm() -> (value: Value, owner: Evaluator)? {
        guard let text = value.field("input_term").stringValue else { return nil }
        let (engine, _) = Engine.compile([], queries: ["x = \(text)"], builtins: TestBuiltins.table)
        guard let engine else { return nil }
        let evaluator = Evaluator(engine)
        evaluator.begin(input: .undefined)
        guard let row = try? evaluator.query("x = \(text)").first else { return nil }
        return (row.bindings[0].value, evaluator)
    }

    private func text(of rows: [Evaluator.Row]) -> String {
        "["
            + rows.map { row in
                "{" + row.bindings.map { "\($0.name): \(JSONWriter.string($0.value))" }.joined(separator: ", ") + "}"
            }.joined(separator: ", ") + "]"
    }

    private func compare(_ rows: [Evaluator.Row]) -> String? {
        let scratch = Document { _ in .null }
        let arena = scratch.arena
        let sorts = value.field("sort_bindings").isTrue
        let wanted = value.field("want_result")
        var expected = wanted.kind == .array ? Array(wanted.elements) : []
        if let text = wanted.stringValue, let rows = try? parsed(text, arena) { expected = Array(rows.elements) }
        if let corrected = Self.answersOfNewerOPA[note], let rows = try? parsed(corrected, arena) {
            expected = Array(rows.elements)
        }
        func normal(_ value: Value) -> Value {
            let json = (try? parsed(JSONWriter.string(value), arena)) ?? .null
            guard sorts, json.kind == .array else { return json }
            var elements = Array(json.elements)
            elements.withUnsafeMutableBufferPointer { ValueOrder.sort($0) }
            return arena.array(elements)
        }
        func row(_ entries: [(name: String, value: Value)]) -> Value {
            arena.object(entries.map { ObjectEntry(key: arena.string($0.name), value: normal($0.value)) })
        }
        let ignoresGenerated = value.field("ignore_generated_vars").isTrue
        let got = arena.set(
            rows.map { solution in
                row(solution.bindings.filter { !ignoresGenerated || !$0.name.hasPrefix("__local") })
            })
        let want = arena.set(
            expected.map { entry in
                row(zip(entry.keys, entry.values).map { ($0.string, $1) })
            })
        return got == want ? nil : "got \(JSONWriter.string(got)), want \(JSONWriter.string(want))"
    }

    /// Where the suite records an answer of older versions: what OPA 1.20.2 answers (see the suite's README).
    private static let answersOfNewerOPA = [
        "reachable_paths/cycle_1022_3": """
        [{"x": [["one", "five", "seven", "eight", "three"], ["one", "five", "six", "nine"],
        ["one", "five", "six", "seven", "eight", "three"], ["one", "two", "four", "three"]]}]
        """
    ]

    private func parsed(_ text: String, _ arena: Arena) throws -> Value {
        var copy = text
        return try copy.withUTF8 { try JSONReader.value($0, in: arena) }
    }
}
