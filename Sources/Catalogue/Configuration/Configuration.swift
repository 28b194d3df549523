package import Diagnostics
package import Documents
package import Inputs

/// What a `lintel.yaml` asks for.
package struct Configuration: Sendable {
    /// Objects that exist in the cluster; `*` in each text stands for any characters.
    package struct Existing: Sendable, Hashable {
        package var kind = "*"
        package var namespace = "*"
        package var name = "*"
    }

    /// The file it was read from; nil when there is none.
    package var path: String?
    /// Profiles named in the file; nil when it names none.
    package var profiles: [String]?
    /// Files and folders with policies of one's own, beside those of `--policy`; paths as `schemas`.
    package var policies: [String] = []
    package var kubernetesVersion: KubernetesVersion?
    package var podSecurityVersion: KubernetesVersion?
    package var failOn: FailThreshold?
    /// Files and folders with definitions of custom resources; relative ones from the folder of the file.
    package var schemas: [String] = []
    package var missingSchemas: MissingTypes?
    /// The most violations of a policy that are listed for one object; 0 for all.
    package var maxFindings: Int?
    /// Where charts that live in a registry are on this machine, by name or by `repository/name`; paths as `schemas`.
    package var charts: [String: String] = [:]
    /// Further values files for charts of this repository, by the path of the chart: sets with a name each.
    package var valueSets: [String: [(name: String, files: [String])]] = [:]
    /// URLs by which Argo CD and Flux name the repository whose root the file is in.
    package var repositories: [String] = []
    /// Reasons for which nothing may be skipped.
    package var failOnSkip: [SkippedDocument.Reason] = []
    /// Ids of policies that are not used.
    package var skip: [String] = []
    /// Severities that replace those of the policies, by id.
    package var severities: [String: PolicySeverity] = [:]
    /// Parameters that replace the defaults, by id and name.
    package var parameters: [String: [String: Value]] = [:]
    package var admission = AdmissionSettings()
    /// What exists in the cluster without being in the input.
    package var existing: [Existing] = []
    /// Where kinds hold Pod templates, beside those that are known.
    package var workloads: [GroupKind: [PodPath]] = [:]
    /// Violations that are accepted.
    package var exceptions: [ExceptionEntry] = []
    /// Ids of policies whose violations cannot be accepted.
    package var noExceptions: Set<String> = []
    /// Whether comments and annotations may accept violations; nil when the file does not say.
    package var inlineExceptions: Bool?
    /// Whether those of other tools count too.
    package var foreignExceptions: Bool?
    /// Settings for some of the files below the folder of the file.
    package var overrides: [Override] = []
    /// Files that are looked at, and files that are not, relative to a folder; nothing in `include` stands for all.
    package var include: [FolderGlob] = []
    package var exclude: [FolderGlob] = []
    /// Where each setting is written, by its name in `Setting`.
    package var places: [String: SourceRange] = [:]

    /// An entry of `overrides`.
    package struct Override: Sendable {
        /// Files, relative to the folder of the configuration.
        package var paths: [FolderGlob]
        package var configuration: Configuration
        package var range: SourceRange?
    }

    private var document: Document?
    /// Keep the values of `parameters` alive.
    private var others: [Document] = []

    package init() {}

    /// Finds the Pod templates of objects, those of the configured kinds too.
    package var podTemplates: Workloads { Workloads(workloads) }

    init(path: String, document: Document) {
        self.path = path
        self.document = document
    }

    /// The settings of a file that others extend, for the file that does.
    mutating func becomeBase(of path: String, _ document: Document) {
        if let own = self.document { others.append(own) }
        (self.path, self.document) = (path, document)
    }

    /// Keeps values that were taken over from another configuration alive.
    mutating func keepAlive(_ other: Configuration) {
        others += other.others
        if let document = other.document { others.append(document) }
    }

    /// Where a top-level key stands.
    package func range(ofKey key: String) -> SourceRange? {
        guard let document, document.root.field(named: key).isDefined else { return nil }
        let place = document.place(at: DocumentPath([.key(key)]))
        return document.range(place.keySpan ?? place.span)
    }
}

/// The level or severity from which findings make a run fail.
package enum FailThreshold: String, Sendable, Hashable, CaseIterable {
    case critical, high, medium, low, error, warning, never

    /// Whether a finding of this level and severity fails the run. Violations of Pod Security, when its verdict is asked
    /// for, are errors whatever their severity.
    package func isReached(by level: FindingLevel, _ severity: PolicySeverity) -> Bool {
        switch self {
        case .critical: severity == .critical
        case .high: severity >= .high
        case .medium: severity >= .medium
        case .low: severity >= .low
        case .error: level == .error
        case .warning: level != .note
        case .never: false
        }
    }
}

extension Configuration {
    /// The value a parameter has in a run.
    package func value(of parameter: Policy.Parameter, for policy: Policy) -> Value {
        parameters[policy.id]?[parameter.name] ?? parameter.defaultValue
    }
}
