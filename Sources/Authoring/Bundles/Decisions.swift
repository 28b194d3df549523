import Diagnostics
import Documents
import Inputs
package import Rego
import RegoRuntime

/// What a decision came to for each of some inputs, in the form of `opa exec`.
package struct Decisions {
    /// As messages call it: `/system/main`.
    private let name: String
    private let query: String
    private let arena = Arena.make(capacity: 16 << 10)
    private let owner: Document
    private var rows: [Value] = []

    /// Inputs for which it is there and not null.
    package private(set) var defined = 0
    /// Inputs for which it is not there.
    package private(set) var undefined = 0
    /// Inputs for which it is null.
    package private(set) var null = 0
    /// Inputs for which it is there, and neither null nor an empty list or set.
    package private(set) var nonEmpty = 0
    /// Inputs for which it could not be evaluated.
    package private(set) var errors = 0
    /// Inputs that could not be read.
    package private(set) var unreadable = 0

    /// How many inputs there were.
    package var count: Int { rows.count }

    /// - Parameter path: the steps below `data`.
    package init(path: [String]) {
        name = "/" + path.joined(separator: "/")
        query = Self.query(path)
        owner = Document(arena: arena, root: .null)
    }

    /// The decision as Rego: `data.main.deny`, `data["a-b"].deny`.
    package static func query(_ path: [String]) -> String {
        "data" + path.map { "[\(quoted($0))]" }.joined()
    }

    private static func quoted(_ text: String) -> String {
        let owner = Document { $0.string(text) }
        return JSONWriter.string(owner.root)
    }

    /// The steps of a decision, written `main/deny`, `/main/deny` or `data.main.deny`.
    package static func path(_ text: String) -> [String] {
        if text == "data" { return [] }
        if text.hasPrefix("data."), !text.contains("/") {
            return text.split(separator: ".").dropFirst().map(String.init)
        }
        return text.split(separator: "/").map(String.init)
    }

    /// Evaluates it for the input in a file; `-` is standard input.
    package mutating func add(_ path: String, _ evaluator: Evaluator) {
        let shown = path == "-" ? "--stdin-input" : path
        switch EvaluationSetup.readInput(path) {
        case .failure(let failure):
            unreadable += 1
            let problem = failure.problems.first
            addRow(shown, "error", error(problem?.code ?? "input_error", problem?.message ?? "it cannot be read"))
        case .success(let document):
            evaluator.begin(input: document.root)
            defer {
                evaluator.begin(input: .undefined)
                withExtendedLifetime(document) {}
            }
            do throws(EvaluationFault) {
                add(shown, try evaluator.query(query).first?.expressions.first?.value ?? .undefined)
            } catch {
                errors += 1
                addRow(shown, "error", self.error(error.code, error.message))
            }
        }
    }

    private mutating func add(_ path: String, _ result: Value) {
        if result.isUndefined {
            undefined += 1
            return addRow(path, "error", error("opa_undefined_error", "\(name) decision was undefined"))
        }
        if result.kind == .null {
            null += 1
        } else {
            defined += 1
            let isList = result.kind == .array || result.kind == .set
            if !isList || result.count > 0 { nonEmpty += 1 }
        }
        addRow(path, "result", arena.copy(result))
    }

    private func error(_ code: String, _ message: String) -> Value {
        arena.object(["code": arena.string(code), "message": arena.string(message)])
    }

    private mutating func addRow(_ path: String, _ key: String, _ value: Value) {
        rows.append(
            arena.object([
                ObjectEntry(key: arena.string("path"), value: arena.string(path)),
                ObjectEntry(key: arena.string(key), value: value),
            ]))
    }

    package var text: String {
        let result = arena.object(["result": arena.array(rows)])
        return owner.withRoot { _ in JSONWriter.string(result, style: .pretty) } + "\n"
    }
}
