/// How much a violation matters, worst first.
package enum PolicySeverity: String, Sendable, Hashable, CaseIterable, Comparable {
    case critical, high, medium, low, info

    /// Worse severities are greater.
    package static func < (left: PolicySeverity, right: PolicySeverity) -> Bool { left.rank > right.rank }

    /// 0 for critical, 4 for info.
    package var rank: Int {
        switch self {
        case .critical: 0
        case .high: 1
        case .medium: 2
        case .low: 3
        case .info: 4
        }
    }

    /// The level of tools that know three of them.
    package var level: FindingLevel {
        switch self {
        case .critical, .high, .medium: .error
        case .low: .warning
        case .info: .note
        }
    }
}

/// The three levels of SARIF, GitHub annotations and `--fail-on`.
package enum FindingLevel: String, Sendable, Hashable, CaseIterable, Comparable {
    case note, warning, error

    package static func < (left: FindingLevel, right: FindingLevel) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .error: 2
        }
    }
}
