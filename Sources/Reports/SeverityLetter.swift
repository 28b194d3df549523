import Catalogue

extension PolicySeverity {
    /// What tells severities apart where there is no colour, and for those who do not see it.
    var letter: String {
        switch self {
        case .critical: "C"
        case .high: "H"
        case .medium: "M"
        case .low: "L"
        case .info: "I"
        }
    }
}
