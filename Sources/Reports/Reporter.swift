public import Validation

/// Writes a report in one format.
protocol Reporter {
    func write(_ report: Report, to output: inout String)
}

/// The formats of `--format`.
public enum ReportFormat: String, Sendable, CaseIterable {
    case text, json, sarif, junit, github, gitlab, azure, compact

    /// The report in this format.
    public func render(_ report: Report, options: ReportOptions) -> String {
        var output = ""
        reporter(options).write(report, to: &output)
        return output
    }

    private func reporter(_ options: ReportOptions) -> any Reporter {
        switch self {
        case .text: TextReporter(options: options)
        case .json: JSONReporter(options: options)
        case .sarif: SARIFReporter(options: options)
        case .junit: JUnitReporter(options: options)
        case .github: GitHubReporter()
        case .gitlab: GitLabReporter()
        case .azure: AzureReporter()
        case .compact: CompactReporter()
        }
    }
}

/// What reports need to know besides the findings.
public struct ReportOptions: Sendable {
    /// The version of this tool.
    public var version: String
    /// Whether text is coloured for a terminal.
    public var usesColour = false
    /// Leaves out everything but findings in text.
    public var isQuiet = false
    /// When the run began, as RFC 3339 in UTC; nil leaves times out.
    public var timestamp: String?
    /// The level from which the run fails, which the formats with a verdict state.
    public var failOn = FailThreshold.error
    /// Threads that may write parts of a long report.
    public var jobs = 1

    public init(version: String) { self.version = version }
}
