package import Documents

/// Where a piece of evidence stands.
package struct EvidencePlace: Sendable {
    package var resource: String?
    package var file: String?
    package var line: Int?
    package var column: Int?
    package var field: String?

    package init(resource: String? = nil, file: String? = nil, line: Int? = nil, column: Int? = nil, field: String? = nil) {
        self.resource = resource
        self.file = file
        self.line = line
        self.column = column
        self.field = field
    }
}

extension Framework {
    /// The answers in the `results` set of the framework's Rego module: objects with `clause`, `status`, `confidence`
    /// and `evidence`, whose `path` leads from the input to the value that decided. `locate` finds such a path.
    package func answers(results: Value, locate: (DocumentPath) -> EvidencePlace?) -> [ComplianceReport.Answer] {
        var found: [String: Value] = [:]
        if results.kind == .set || results.kind == .array {
            for result in results.elements {
                if let id = result.field("clause").stringValue { found[id] = result }
            }
        }
        return clauses.map { clause in
            guard let result = found[clause.id],
                let status = ClauseStatus(rawValue: result.field("status").stringValue ?? "")
            else {
                let gap = Evidence(verdict: "unknown", message: "the module gives no result", source: module ?? id)
                return .init(clause: clause, status: .notEvaluated, confidence: .partial, evidence: [gap])
            }
            let items = result.field("evidence")
            return .init(
                clause: clause, status: status,
                confidence: Confidence(rawValue: result.field("confidence").stringValue ?? "") ?? .partial,
                evidence: items.kind == .array ? items.elements.map { evidence($0, locate) } : [])
        }
    }

    private func evidence(_ item: Value, _ locate: (DocumentPath) -> EvidencePlace?) -> Evidence {
        let path = DocumentPath(item.field("path").kind == .array ? item.field("path").elements.compactMap(Self.step) : [])
        let place = path.steps.isEmpty ? nil : locate(path)
        let source =
            if item.field("imported").isTrue {
                "kube-bench"
            } else if path.steps.first == .key("node_facts") {
                "node facts"
            } else {
                module ?? id
            }
        return Evidence(
            verdict: item.field("verdict").stringValue ?? "unknown", message: item.field("msg").stringValue ?? "",
            source: source, resource: place?.resource, file: place?.file, line: place?.line, column: place?.column,
            field: place?.field)
    }

    private static func step(_ value: Value) -> DocumentPath.Step? {
        switch value.kind {
        case .string: .key(value.string)
        case .int: .index(Int(value.rawInt))
        default: nil
        }
    }
}
