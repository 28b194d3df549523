public import Documents

/// What a `lintel.yaml` asks for.
public struct Configuration: Sendable {
    /// The file it was read from; nil when there is none.
    public var path: String?
    /// Profiles named in the file; nil when it names none.
    public var profiles: [String]?
    public var kubernetesVersion: KubernetesVersion?
    public var podSecurityVersion: KubernetesVersion?
    public var failOn: FailThreshold?
    /// Ids of policies that are not used.
    public var skip: [String] = []
    /// Severities that replace those of the policies, by id.
    public var severities: [String: PolicySeverity] = [:]
    /// Parameters that replace the defaults, by id and name.
    public var parameters: [String: [String: Value]] = [:]
    public var admission = AdmissionSettings()
    /// Keeps the values of `parameters` alive.
    private var document: Document?

    public init() {}

    init(path: String, document: Document) {
        self.path = path
        self.document = document
    }
}

/// The level from which findings make a run fail.
public enum FailThreshold: String, Sendable, Hashable, CaseIterable {
    case error, warning, never

    /// Whether a finding of this level fails the run.
    public func isReached(by level: FindingLevel) -> Bool {
        switch self {
        case .error: level == .error
        case .warning: level != .note
        case .never: false
        }
    }
}

extension Configuration {
    /// The value a parameter has in a run.
    public func value(of parameter: Policy.Parameter, for policy: Policy) -> Value {
        parameters[policy.id]?[parameter.name] ?? parameter.defaultValue
    }
}
