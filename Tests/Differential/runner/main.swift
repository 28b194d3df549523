import Diagnostics
import Documents
import Rego
import RegoCrypto
import RegoRuntime

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Evaluates one case a line: `{"modules": [text], "query": text, "input": …, "data": …}` on standard input, the answer
/// on standard output: `{"result": [bindings]}` or `{"error": text, "stage": "compile" or "eval"}`.
struct CaseRunner {
    let table = BuiltinTable(Builtins.standard + RegoBuiltins.all + RegoCrypto.builtins)

    func answer(_ line: String) -> String {
        guard let document = try? JSONReader.read(SourceFile(path: "case.json", text: line), keepsPositions: false)
        else {
            return #"{"error": "the line is not JSON", "stage": "read"}"#
        }
        let value = document.root
        let query = value.field("query").string
        let texts = value.field("modules").kind == .array ? Array(value.field("modules").elements) : []
        let sources = texts.enumerated().map { index, text in
            ModuleSource(file: SourceFile(path: "test-\(index).rego", text: text.string))
        }
        let (engine, problems) = Engine.compile(sources, queries: [query], builtins: table)
        guard let engine else {
            let messages = problems.map { problem in
                (problem.range.map { "\($0.file.path):\($0.position.line): " } ?? "")
                    + "\(problem.code): \(problem.message)"
            }
            return failure(messages.joined(separator: "; "), stage: "compile")
        }
        let empty = Document { $0.object([ObjectEntry]()) }
        let data = value.field("data").kind == .object ? value.field("data") : empty.root
        defer { withExtendedLifetime(empty) {} }
        let evaluator = Evaluator(engine, data: data, strictBuiltinErrors: true)
        evaluator.context.now = Self.now()
        evaluator.budget = Budget(instructions: 10_000_000, memory: 256 << 20, time: 5_000_000_000)
        evaluator.begin(input: value.field("input"))
        do {
            let rows = try evaluator.query(query)
            let texts = rows.map { row in
                "{" + row.bindings.map { "\(text($0.name)): \(JSONWriter.string($0.value))" }.joined(separator: ", ")
                    + "}"
            }
            return #"{"result": ["# + texts.joined(separator: ", ") + "]}"
        } catch {
            let place = error.range.map { "\($0.file.path):\($0.position.line): " } ?? ""
            return failure("\(place)\(error.code): \(error.message)", stage: "eval")
        }
    }

    /// Nanoseconds since 1970: certificates are judged by the time, and the library has no other.
    private static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    private func failure(_ message: String, stage: String) -> String {
        #"{"error": "# + text(message) + #", "stage": "\#(stage)"}"#
    }

    private func text(_ text: String) -> String { Document { $0.string(text) }.withRoot { JSONWriter.string($0) } }
}

let runner = CaseRunner()
while let line = readLine() {
    print(runner.answer(line))
    fflush(nil)
}
