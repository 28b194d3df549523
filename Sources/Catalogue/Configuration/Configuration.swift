package import Documents

/// What a `lintel.yaml` asks for.
package struct Configuration: Sendable {
    /// The file it was read from; nil when there is none.
    package var path: String?
    /// Profiles named in the file; nil when it names none.
    package var profiles: [String]?
    package var kubernetesVersion: KubernetesVersion?
    package var podSecurityVersion: KubernetesVersion?
    package var failOn: FailThreshold?
    /// Files and folders with definitions of custom resources; relative ones from the folder of the file.
    package var schemas: [String] = []
    package var missingSchemas: MissingTypes?
    /// Ids of policies that are not used.
    package var skip: [String] = []
    /// Severities that replace those of the policies, by id.
    package var severities: [String: PolicySeverity] = [:]
    /// Parameters that replace the defaults, by id and name.
    package var parameters: [String: [String: Value]] = [:]
    package var admission = AdmissionSettings()
    /// Keeps the values of `parameters` alive.
    private var document: Document?

    package init() {}

    init(path: String, document: Document) {
        self.path = path
        self.document = document
    }
}

/// The level from which findings make a run fail.
package enum FailThreshold: String, Sendable, Hashable, CaseIterable {
    case error, warning, never

    /// Whether a finding of this level fails the run.
    package func isReached(by level: FindingLevel) -> Bool {
        switch self {
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
