/// A catalogue of clauses that a report answers one by one.
public struct Framework: Sendable {
    /// Where the answer to a clause comes from.
    public enum Evaluation: String, Sendable {
        case policies
        case hostFacts = "host-facts"
        case attestation
    }

    /// One requirement: an id of the framework's publisher and a title of ours.
    public struct Clause: Sendable {
        public var id: String
        public var title: String
        public var level: String?
        public var assessment: String?
        public var role: String?
        public var evaluation: Evaluation
        /// The status when nothing answers the clause.
        public var fallback: ClauseStatus
        public var remediation: String?
        /// Recommendations of the CIS benchmark that are evidence for this clause; `1.2.*` names a section.
        public var benchmark: [String]

        public init(
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
        public var section: String {
            if let colon = id.firstIndex(of: ":") { return String(id[..<colon]) }
            if let dash = id.lastIndex(of: "-") { return String(id[..<dash]) }
            let parts = id.split(separator: ".")
            return parts.count > 1 ? parts.dropLast().joined(separator: ".") : id
        }
    }

    public var id: String
    public var title: String
    public var version: String
    /// Shorter names for the command line.
    public var aliases: [String]
    /// The Rego package whose `results` answer the clauses; without one, policies that name a clause do.
    public var module: String?
    /// Whether a pass only supports the claim instead of proving it (organisational criteria).
    public var isSupporting: Bool
    /// What the sections are about, by name.
    public var sections: [String: String]
    public var clauses: [Clause]

    public init(
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

    /// A section as a heading: `1.2 API server`.
    func heading(_ section: String) -> String { sections[section].map { "\(section) \($0)" } ?? section }

    /// Whether a name of the command line means this framework.
    public func answers(to name: String) -> Bool { id == name || aliases.contains(name) }
}

/// The answer to a clause.
public enum ClauseStatus: String, Sendable, CaseIterable {
    case pass
    case fail
    case passWithExceptions = "pass-with-exceptions"
    case notApplicable = "not-applicable"
    case notEvaluated = "not-evaluated"
    case manual

    /// Whether evidence decided the clause.
    public var isEvaluated: Bool { self == .pass || self == .fail || self == .passWithExceptions }
}
