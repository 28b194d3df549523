import Diagnostics
import Documents
import RegoRuntime

/// Writes decisions as OPA's decision log events (OPA documentation, "Decision Logs").
struct DecisionEvents {
    /// What every event says of this process.
    let labels: [(name: String, value: String)]
    private var rules = LogRules()
    private var count = 0

    init(labels: [(name: String, value: String)]) { self.labels = labels }

    /// The event of a decision as one JSON object; nil when the rules drop it.
    mutating func text(of decision: Decision, rules documents: ServedDocuments?) throws(LogRules.Failure) -> [UInt8]? {
        rules.use(documents)
        count += 1
        var edits = EventEdits()
        let input = decision.input?.root ?? .undefined
        for path in SecretMask.paths(in: input) { edits.erase(path) { $0 == "input" ? input : .undefined } }
        if rules.isEmpty { return text(decision, edits, result: nil) }
        let result = try Self.result(of: decision)
        // Results of the rules live in the evaluator until its next query: the text is written before.
        let event = Self.document(decision, result)
        return try withExtendedLifetime((event, result)) { () throws(LogRules.Failure) in
            if try rules.drops(event.root) { return nil }
            try rules.mask(event.root, &edits)
            return text(decision, edits, result: result)
        }
    }

    private static func result(of decision: Decision) throws(LogRules.Failure) -> Document? {
        if decision.result.isEmpty { return nil }
        do { return try JSONReader.read(SourceFile(path: "result", bytes: decision.result), keepsPositions: false) } catch {
            throw LogRules.Failure(message: "the result is not JSON")
        }
    }

    /// What the rules see as `input`.
    private static func document(_ decision: Decision, _ result: Document?) -> Document {
        let arena = Arena.make(capacity: 1024)
        var members = [
            ObjectEntry(key: arena.string("decision_id"), value: arena.string(decision.id)),
            ObjectEntry(key: arena.string("path"), value: arena.string(decision.path)),
            ObjectEntry(key: arena.string("requested_by"), value: arena.string(decision.requestedBy)),
            ObjectEntry(key: arena.string("timestamp"), value: arena.string(Self.time(decision.timestamp))),
        ]
        if let input = decision.input { members.append(ObjectEntry(key: arena.string("input"), value: input.root)) }
        if let result { members.append(ObjectEntry(key: arena.string("result"), value: result.root)) }
        if let labels = decision.ruleLabels.withUnsafeBufferPointer({ try? JSONReader.value($0, in: arena) }) {
            members.append(ObjectEntry(key: arena.string("rule_labels"), value: labels))
        }
        if let error = decision.error { members.append(ObjectEntry(key: arena.string("error"), value: arena.string(error))) }
        return Document(arena: arena, root: arena.object(members))
    }

    private func text(_ decision: Decision, _ edits: EventEdits, result: Document?) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(1024 + decision.result.count)
        text += "{"
        JSONBytes.appendKey("labels", isFirst: true, to: &text)
        Self.append(labels, to: &text)
        Self.member("decision_id", decision.id, to: &text)
        Self.member("trace_id", decision.traceID, to: &text)
        Self.member("span_id", decision.spanID, to: &text)
        Self.member("revision", decision.revision, to: &text)
        if !decision.bundles.isEmpty {
            JSONBytes.appendKey("bundles", to: &text)
            text += "{"
            for (index, bundle) in decision.bundles.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { text += "," }
                JSONBytes.append(bundle.key, to: &text)
                text += ":"
                Self.append([("revision", bundle.value)], to: &text)
            }
            text += "}"
        }
        Self.member("path", decision.path, to: &text)
        _ = edits.append(decision.input?.root ?? .undefined, named: "input", to: &text)
        if let result {
            _ = edits.append(result.root, named: "result", to: &text)
        } else if !decision.result.isEmpty {
            JSONBytes.appendKey("result", to: &text)
            text += decision.result
        }
        if let error = decision.error {
            JSONBytes.appendKey("error", to: &text)
            Self.append([("code", "internal_error"), ("message", error)], to: &text)
        }
        Self.member("requested_by", decision.requestedBy, to: &text)
        Self.member("timestamp", Self.time(decision.timestamp), to: &text)
        if !decision.metrics.isEmpty {
            JSONBytes.appendKey("metrics", to: &text)
            text += "{"
            for (index, metric) in decision.metrics.enumerated() {
                if index > 0 { text += "," }
                JSONBytes.append(metric.name, to: &text)
                text += ":"
                text += Array(String(metric.time).utf8)
            }
            text += "}"
        }
        for (name, paths) in [("erased", edits.erased), ("masked", edits.masked)] as [(StaticString, [String])]
        where !paths.isEmpty {
            JSONBytes.appendKey(name, to: &text)
            JSONBytes.append(paths.sorted(), to: &text)
        }
        if !decision.ruleLabels.isEmpty {
            JSONBytes.appendKey("rule_labels", to: &text)
            text += decision.ruleLabels
        }
        JSONBytes.appendKey("req_id", to: &text)
        text += Array(String(count).utf8)
        text += "}"
        return text
    }

    private static func member(_ name: StaticString, _ value: String, to text: inout [UInt8]) {
        if value.isEmpty { return }
        JSONBytes.appendKey(name, to: &text)
        JSONBytes.append(value, to: &text)
    }

    private static func append(_ members: [(name: String, value: String)], to text: inout [UInt8]) {
        text += "{"
        for (index, member) in members.enumerated() {
            if index > 0 { text += "," }
            JSONBytes.append(member.name, to: &text)
            text += ":"
            JSONBytes.append(member.value, to: &text)
        }
        text += "}"
    }

    /// RFC 3339 in UTC with nanoseconds.
    static func time(_ time: Int64) -> String {
        let nanoseconds = String(time % 1_000_000)
        let rest = String(repeating: "0", count: 6 - nanoseconds.utf8.count) + nanoseconds
        return WallClock.text(time).dropLast() + rest + "Z"
    }
}
