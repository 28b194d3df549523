import Documents
import Rego
import RegoRuntime

/// What the user's rules `data.system.log.mask` and `data.system.log.drop` say about decisions (OPA documentation,
/// "Decision Logs").
struct LogRules {
    /// Why a decision must not be logged: its masking failed.
    struct Failure: Error {
        var message: String
    }

    private var documents: ServedDocuments?
    private var evaluator: Evaluator?
    private var hasMask = false, hasDrop = false

    /// Looks at the policies of the moment.
    mutating func use(_ documents: ServedDocuments?) {
        if let documents, self.documents === documents { return }
        self.documents = documents
        evaluator = nil
        (hasMask, hasDrop) = (false, false)
        guard let documents else { return }
        hasMask = documents.query(for: ["system", "log", "mask"]).rest.isEmpty
        hasDrop = documents.query(for: ["system", "log", "drop"]).rest.isEmpty
        if hasMask || hasDrop { evaluator = documents.evaluator() }
    }

    var isEmpty: Bool { !hasMask && !hasDrop }

    /// Whether the rules want the decision left out.
    func drops(_ event: Value) throws(Failure) -> Bool { hasDrop ? try value(of: "drop", event).isTrue : false }

    /// Adds what the rules want taken away or replaced.
    func mask(_ event: Value, _ edits: inout EventEdits) throws(Failure) {
        if !hasMask { return }
        let rules = try value(of: "mask", event)
        if rules.isUndefined { return }
        guard rules.kind == .set || rules.kind == .array else { throw Failure(message: "data.system.log.mask is not a set") }
        for rule in rules.elements { try add(rule, event, &edits) }
    }

    private func add(_ rule: Value, _ event: Value, _ edits: inout EventEdits) throws(Failure) {
        let text = rule.stringValue ?? rule.field("path").stringValue
        guard let text, let path = EventEdits.steps(of: text), ["input", "result", "nd_builtin_cache"].contains(path[0]) else {
            throw Failure(
                message: "a mask must name a path below /input, /result or /nd_builtin_cache: \(JSONWriter.string(rule))")
        }
        switch rule.kind == .object ? rule.field("op").stringValue ?? "" : "remove" {
        case "remove": edits.erase(path) { event.field(named: $0) }
        case "upsert":
            let value = rule.field("value")
            edits.replace(path, by: value.isDefined ? value : .null)
        case let other: throw Failure(message: "\"\(other)\" is not an operation of a mask; use remove or upsert")
        }
    }

    private func value(of name: String, _ event: Value) throws(Failure) -> Value {
        guard let documents, let evaluator else { return .undefined }
        guard let text = documents.query(for: ["system", "log", name]).text else { return .undefined }
        evaluator.context.now = WallClock.now()
        evaluator.budget = Budget(instructions: 10_000_000, memory: 32 << 20, time: 250_000_000)
        evaluator.begin(input: event)
        do {
            let rows = try evaluator.query(text)
            return rows.first?.bindings.first { $0.name == "result" }?.value ?? .undefined
        } catch { throw Failure(message: "data.system.log.\(name) failed: \(error.message)") }
    }
}
