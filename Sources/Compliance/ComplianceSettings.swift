package import Documents
import Inputs

/// What a user sets for compliance reports: parameters of the rules and accepted violations.
package struct ComplianceSettings: Sendable {
    /// An accepted violation and where it applies.
    package struct Acceptance: Sendable {
        /// A clause id of the framework.
        package var clause: String
        /// The object, as `Deployment shop/web`, with `*` for any text; nil for all of the clause's evidence.
        package var resource: String?
        package var exception: Exception
    }

    /// Keeps `parameters` alive.
    private let document: Document?
    /// An object that goes to the rules as `input.settings`; undefined when nothing is set.
    package let parameters: Value
    package let acceptances: [Acceptance]
    /// How far policies have to hold, by clause; they replace what the framework says about the same policy.
    package let coverage: [Demand]

    /// A share asked for by the user.
    package struct Demand: Sendable {
        /// A clause id, of this framework when it is named.
        package var clause: String
        package var framework: String?
        package var coverage: CoverageDemand
    }

    /// No parameters, no exceptions.
    package init() {
        document = nil
        parameters = .undefined
        acceptances = []
        coverage = []
    }

    /// The parameters of the rules (`settings` in policies/cis/defaults.rego).
    static let parameterNames: Set<String> = [
        "allowedCapabilities", "automountAllowed", "certificateMode", "clusterAdmins", "etcdDataOwners",
        "exemptNamespaces", "includeControllers", "kubernetesVersion", "namespace", "requestTimeout", "seccompTypes",
        "strict",
    ]

    /// Reads a settings file: `parameters`, an object of known names, and `exceptions`, a list of objects with `clause`
    /// and `reason`, and if wanted `resource`, `owner` and `expires` (a date).
    package init(reading document: Document) throws(SettingsError) {
        let root = document.root
        guard root.kind == .object else { throw SettingsError(message: "a settings file holds an object") }
        try Self.check(root, among: ["coverage", "exceptions", "parameters"], "setting")
        let parameters = root.field("parameters")
        if parameters.kind == .object {
            try Self.check(parameters, among: Self.parameterNames, "parameter")
        } else if parameters.isDefined, parameters.kind != .null {
            throw SettingsError(message: "parameters is an object")
        }
        let list = root.field("exceptions")
        guard list.kind == .array || list.isUndefined || list.kind == .null else {
            throw SettingsError(message: "exceptions is a list")
        }
        var acceptances: [Acceptance] = []
        for item in list.kind == .array ? Array(list.elements) : [] { acceptances.append(try Self.acceptance(item)) }
        self.document = document
        self.parameters = parameters.kind == .object ? parameters : .undefined
        self.acceptances = acceptances
        coverage = try Self.demands(root.field("coverage"))
    }

    private static func demands(_ list: Value) throws(SettingsError) -> [Demand] {
        if list.isUndefined || list.kind == .null { return [] }
        guard list.kind == .array else { throw SettingsError(message: "coverage is a list") }
        var demands: [Demand] = []
        for item in list.elements {
            guard item.kind == .object, let clause = item.field("clause").stringValue else {
                throw SettingsError(message: "a coverage needs clause and policy as text")
            }
            try check(item, among: CoverageDemand.members.union(["clause", "framework"]), "member of a coverage")
            do {
                let coverage = try CoverageDemand(reading: item)
                demands.append(Demand(clause: clause, framework: item.field("framework").stringValue, coverage: coverage))
            } catch { throw SettingsError(message: error.message) }
        }
        return demands
    }

    private static func acceptance(_ item: Value) throws(SettingsError) -> Acceptance {
        guard item.kind == .object else { throw SettingsError(message: "an exception is an object") }
        try check(item, among: ["clause", "resource", "reason", "owner", "expires"], "member of an exception")
        guard let clause = item.field("clause").stringValue, let reason = item.field("reason").stringValue, !reason.isEmpty
        else { throw SettingsError(message: "an exception needs clause and reason as text") }
        let expires = item.field("expires").stringValue
        if let expires, !isDate(expires) {
            throw SettingsError(message: "the exception for \(clause) expires on a date such as 2027-01-31, not \"\(expires)\"")
        }
        return Acceptance(
            clause: clause, resource: item.field("resource").stringValue,
            exception: Exception(reason: reason, owner: item.field("owner").stringValue, expires: expires))
    }

    private static func check(_ object: Value, among names: Set<String>, _ what: String) throws(SettingsError) {
        for key in object.keys where !names.contains(key.string) {
            let known = names.sorted().joined(separator: ", ")
            throw SettingsError(message: "there is no \(what) \"\(key.string)\"; there are \(known)")
        }
    }

    /// Whether text is a calendar date of ISO 8601.
    static func isDate(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.count) == [4, 2, 2] else { return false }
        let numbers = parts.compactMap { $0.allSatisfy(\.isASCII) ? UInt($0) : nil }
        return numbers.count == 3 && (1...12).contains(numbers[1]) && (1...31).contains(numbers[2])
    }
}

/// What is wrong with a settings file.
package struct SettingsError: Error, Sendable {
    package var message: String
}

extension ComplianceSettings {
    /// The demands that are about a framework.
    private func demands(on framework: Framework) -> [Demand] {
        coverage.filter { $0.framework.map(framework.answers(to:)) ?? true }
    }

    /// Whether what is asked for can be answered: clauses of the framework, and policies among `policies` by id.
    package func check(_ framework: Framework, policies: Set<String>) throws(SettingsError) {
        for demand in demands(on: framework) {
            guard framework.module == nil else {
                throw SettingsError(message: "\(framework.id) is answered by rules of its own: its clauses take no coverage")
            }
            guard framework.clauses.contains(where: { $0.id == demand.clause }) else {
                let known = framework.clauses.map(\.id)
                throw SettingsError(
                    message:
                        "\(framework.id) has no clause \"\(demand.clause)\"\(Suggestion.text(for: demand.clause, among: known))")
            }
            guard policies.contains(demand.coverage.policy) else {
                throw SettingsError(
                    message:
                        "there is no policy \"\(demand.coverage.policy)\"\(Suggestion.text(for: demand.coverage.policy, among: Array(policies)))"
                )
            }
        }
    }

    /// The framework with the shares that these settings ask for.
    func demanding(_ framework: Framework) -> Framework {
        var framework = framework
        for demand in demands(on: framework) {
            guard let index = framework.clauses.firstIndex(where: { $0.id == demand.clause }) else { continue }
            framework.clauses[index].coverage.removeAll { $0.policy == demand.coverage.policy }
            framework.clauses[index].coverage.append(demand.coverage)
        }
        return framework
    }

    /// The answer with accepted violations marked; one whose violations are all accepted passes with exceptions.
    /// An exception ends with the day it expires; `today` is a date of ISO 8601.
    package func apply(to answer: ComplianceReport.Answer, today: String) -> ComplianceReport.Answer {
        let valid = acceptances.filter { $0.clause == answer.clause.id && ($0.exception.expires ?? today) >= today }
        guard answer.status == .fail, !valid.isEmpty else { return answer }
        var answer = answer
        for index in answer.evidence.indices where answer.evidence[index].verdict == "fail" {
            let resource = answer.evidence[index].resource ?? ""
            if let match = valid.first(where: { $0.resource.map { Self.matches(resource, $0) } ?? true }) {
                answer.evidence[index].exception = match.exception
            }
        }
        if answer.evidence.allSatisfy({ $0.verdict != "fail" || $0.exception != nil }) { answer.status = .passWithExceptions }
        return answer
    }

    /// Whether text fits a pattern in which `*` stands for any text.
    static func matches(_ text: String, _ pattern: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return text == pattern }
        guard text.hasPrefix(parts[0]), text.hasSuffix(parts[parts.count - 1]),
            text.utf8.count >= parts[0].utf8.count + parts[parts.count - 1].utf8.count
        else { return false }
        var rest = text.dropFirst(parts[0].count).dropLast(parts[parts.count - 1].count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }
}
