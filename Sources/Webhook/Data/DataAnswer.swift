import Documents
import NIOHTTP1
import Text

/// The answer to a request for a document.
struct DataAnswer {
    let result: Value
    let path: [String]
    let style: DataController.Style
    let request: ServerRequest
    /// Nanoseconds, by OPA's names.
    var times: [(name: String, time: Int64)] = []
    var bundles: [String: String] = [:]
    var isInputMissing = false
    var isDefinedByRules = false
    var explanation: String?
    /// The labels of the rules that had a value (OPA 1.21: `rule_labels`).
    var ruleLabels: [Value] = []
    var decisionID: String?

    /// The result alone; empty when it is undefined.
    var resultText: [UInt8] {
        var text: [UInt8] = []
        if result.isDefined { JSONWriter.append(result, to: &text) }
        return text
    }

    var response: ServerResponse {
        switch style {
        case .wrapped:
            let document = Document { arena in wrapped(in: arena) }
            return response(.ok, document.root)
        case .plain:
            if result.isDefined { return response(.ok, result) }
            let state = isDefinedByRules ? "undefined" : "missing"
            return .error(
                .notFound, "document \(state): data\(path.map { "." + $0 }.joined())", code: "undefined_document")
        }
    }

    private func response(_ status: HTTPResponseStatus, _ value: Value) -> ServerResponse {
        var body: [UInt8] = []
        JSONWriter.append(value, to: &body, style: request.hasFlag("pretty") ? .pretty : .compact)
        body += "\n"
        var response = ServerResponse(status, body: body)
        response.mayCompress = true
        return response
    }

    private func wrapped(in arena: Arena) -> Value {
        var entries: [ObjectEntry] = []
        func add(_ name: String, _ value: Value) { entries.append(ObjectEntry(key: arena.string(name), value: value)) }
        if let decisionID { add("decision_id", arena.string(decisionID)) }
        if result.isDefined { add("result", result) }
        if request.hasFlag("metrics") || request.hasFlag("instrument") {
            add("metrics", arena.object(times.map { ObjectEntry(key: arena.string($0.name), value: .int($0.time)) }))
        }
        if request.hasFlag("provenance") {
            let known = bundles.map { name, revision in
                ObjectEntry(key: arena.string(name), value: arena.object(["revision": arena.string(revision)]))
            }
            add("provenance", arena.object(["version": arena.string(BuildVersion.number), "bundles": arena.object(known)]))
        }
        if request.hasFlag("rule_labels"), !ruleLabels.isEmpty { add("rule_labels", arena.array(ruleLabels)) }
        if let explanation {
            add("explanation", arena.array(explanation.split(separator: "\n").map { arena.string($0) }))
        }
        if isInputMissing {
            add(
                "warning",
                arena.object([
                    "code": arena.string("api_usage_warning"),
                    "message": arena.string("'input' key missing from the request"),
                ]))
        }
        return arena.object(entries)
    }
}
