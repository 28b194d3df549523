/// A catalogue of clauses that a report answers one by one.
package struct Framework: Sendable {
    /// Where the answer to a clause comes from.
    package enum Evaluation: String, Sendable {
        case policies
        case hostFacts = "host-facts"
        case attestation
    }

    /// One requirement: an id of the framework's publisher and a title of ours.
    package struct Clause: Sendable {
        package var id: String
        package var title: String
        package var level: String?
        package var assessment: String?
        package var role: String?
        package var evaluation: Evaluation
        /// The status when nothing answers the clause.
        package var fallback: ClauseStatus
        package var remediation: String?
        /// Recommendations of the CIS benchmark that are evidence for this clause; `1.2.*` names a section.
        package var benchmark: [String]
        /// Policies that are evidence for this clause, beside those whose metadata names it.
        package var policies: [String] = []
        /// How far policies have to hold; the share decides in place of their single violations.
        package var coverage: [CoverageDemand] = []
        /// Whether the clause asks for more than evidence can show, so that it never passes.
        package var isPartial = false
        /// Why this evidence answers the clause.
        package var why: String?

        package init(
            id: String, title: String, level: String? = nil, assessment: String? = nil, role: String? = nil,
            evaluation: Evaluation = .policies, fallback: ClauseStatus = .notEvaluated, remediation: String? = nil,
            benchmark: [String] = []
        ) {
            self.id = id
            self.title = title
            self.level = level
            self.assessment = assessment
            self.role = role
            self.evaluation = evaluation
            self.fallback = fallback
            self.remediation = remediation
            self.benchmark = benchmark
        }

        /// The chapter the clause stands in: `1.2` of `1.2.3`, `POD` of `POD-4`, `baseline` of `baseline:privileged`,
        /// `T1552` of `T1552.001`.
        package var section: String {
            if let colon = id.firstIndex(of: ":") { return String(id[..<colon]) }
            if let dash = id.lastIndex(of: "-") { return String(id[..<dash]) }
            let parts = id.split(separator: ".")
            return parts.count > 1 ? parts.dropLast().joined(separator: ".") : id
        }
    }

    package var id: String
    package var title: String
    package var version: String
    /// Shorter names for the command line.
    package var aliases: [String]
    /// The Rego package whose `results` answer the clauses; without one, policies that name a clause do.
    package var module: String?
    /// Whether a pass only supports the claim instead of proving it (organisational criteria).
    package var isSupporting: Bool
    /// What the sections are about, by name.
    package var sections: [String: String]
    package var clauses: [Clause]

    package init(
        id: String, title: String, version: String, aliases: [String] = [], module: String? = nil,
        isSupporting: Bool = false, sections: [String: String] = [:], clauses: [Clause]
    ) {
        self.id = id
        self.title = title
        self.version = version
        self.aliases = aliases
        self.module = module
        self.isSupporting = isSupporting
        self.sections = sections
        self.clauses = clauses
    }

    /// The section a clause stands in: the longest beginning of its id that has a heading, such as `7` for `7.2.5.1`.
    func section(of clause: Clause) -> String {
        if sections[clause.id] != nil { return clause.id }
        var name = clause.section
        while sections[name] == nil, let dot = name.lastIndex(of: ".") { name = String(name[..<dot]) }
        return name
    }

    /// Clauses that configuration can answer.
    var answerable: [Clause] { clauses.filter { $0.evaluation != .attestation } }

    /// A section as a heading: `1.2 API server`.
    func heading(_ section: String) -> String { sections[section].map { "\(section) \($0)" } ?? section }

    /// Whether a name of the command line means this framework.
    package func answers(to name: String) -> Bool { id == name || aliases.contains(name) }
}

/// The answer to a clause.
package enum ClauseStatus: String, Sendable, CaseIterable {
    case pass
    case fail
    case passWithExceptions = "pass-with-exceptions"
    /// Nothing that was looked at violates the clause, but it asks for more than evidence can show.
    case partial
    case notApplicable = "not-applicable"
    case notEvaluated = "not-evaluated"
    case manual

    /// Whether evidence speaks about the clause.
    package var isEvaluated: Bool { self == .pass || self == .fail || self == .passWithExceptions || self == .partial }
}
