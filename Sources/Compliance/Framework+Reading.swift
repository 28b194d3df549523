package import Documents
import Inputs

extension Framework {
    /// Reads a framework file (`policies/frameworks/*.yaml`); the error says what is wrong with it.
    package init(reading value: Value) throws(FrameworkError) {
        guard let id = value.field("id").stringValue, let title = value.field("title").stringValue,
            let version = value.field("version").stringValue
        else { throw FrameworkError(message: "a framework needs id, title and version as text") }
        guard value.field("clauses").kind == .array, value.field("clauses").count > 0 else {
            throw FrameworkError(message: "framework \(id) has no clauses")
        }
        var clauses: [Clause] = []
        for item in value.field("clauses").elements {
            let clause = try Clause(reading: item, of: id)
            if clauses.contains(where: { $0.id == clause.id }) {
                throw FrameworkError(message: "framework \(id) has clause \(clause.id) twice")
            }
            clauses.append(clause)
        }
        var sections: [String: String] = [:]
        if value.field("sections").kind == .object {
            for (name, text) in zip(value.field("sections").keys, value.field("sections").values) {
                sections[name.stringValue ?? ""] = text.stringValue
            }
        }
        self.init(
            id: id, title: title, version: version, aliases: value.field("aliases").strings,
            module: value.field("module").stringValue, isSupporting: value.field("supporting").isTrue, sections: sections,
            clauses: clauses)
    }
}

extension Framework.Clause {
    fileprivate init(reading value: Value, of framework: String) throws(FrameworkError) {
        guard let id = value.field("id").stringValue, let title = value.field("title").stringValue else {
            throw FrameworkError(message: "a clause of framework \(framework) needs id and title as text")
        }
        guard let evaluation = Framework.Evaluation(rawValue: value.field("evaluation").stringValue ?? "policies") else {
            throw FrameworkError(
                message: "clause \(id) of framework \(framework): evaluation is policies, host-facts or attestation")
        }
        let fallback = value.field("default").stringValue ?? ClauseStatus.notEvaluated.rawValue
        guard let fallback = ClauseStatus(rawValue: fallback), fallback == .notEvaluated || fallback == .manual else {
            throw FrameworkError(message: "clause \(id) of framework \(framework): default is not-evaluated or manual")
        }
        self.init(
            id: id, title: title, level: value.field("level").stringValue,
            assessment: value.field("assessment").stringValue, role: value.field("role").stringValue,
            evaluation: evaluation, fallback: fallback, remediation: value.field("remediation").stringValue,
            benchmark: value.field("cis").strings)
        policies = value.field("policies").strings
        let demands = value.field("coverage")
        guard demands.isUndefined || demands.kind == .array else {
            throw FrameworkError(message: "clause \(id) of framework \(framework): coverage is a list")
        }
        for item in demands.isUndefined ? [] : Array(demands.elements) {
            do { coverage.append(try CoverageDemand(reading: item)) } catch {
                throw FrameworkError(message: "clause \(id) of framework \(framework): \(error.message)")
            }
        }
        isPartial = value.field("partial").isTrue
        why = value.field("why").stringValue
    }
}

/// What is wrong with a framework file.
package struct FrameworkError: Error, Sendable {
    package var message: String
}
