package import Catalogue
package import Findings

/// Writes a report in one format.
protocol Reporter {
    func write(_ report: Report, to output: inout ReportSink)
}

/// The formats of `--format`.
package enum ReportFormat: String, Sendable, CaseIterable {
    case text, json, sarif, junit, github, gitlab, azure, compact, markdown, html, csv, table, tap, checkstyle, sonarqube
    case openReports = "openreports"
    case policyReport = "policyreport"
    case conftest = "conftest-json"

    /// Writes the report in this format.
    package func write(_ report: Report, options: ReportOptions, to sink: ReportSink) {
        var output = sink
        reporter(options).write(report, to: &output)
        output.flush()
    }

    /// The report in this format as one text, for short ones.
    package func render(_ report: Report, options: ReportOptions) -> String {
        var bytes: [UInt8] = []
        write(report, options: options, to: ReportSink { bytes.append(contentsOf: $0) })
        return String(decoding: bytes, as: UTF8.self)
    }

    private func reporter(_ options: ReportOptions) -> any Reporter {
        switch self {
        case .text: TextReporter(options: options)
        case .json: JSONReporter(options: options)
        case .sarif: SARIFReporter(options: options)
        case .junit: JUnitReporter(options: options)
        case .github: GitHubReporter(options: options)
        case .gitlab: GitLabReporter(options: options)
        case .azure: AzureReporter(options: options)
        case .compact: CompactReporter()
        case .markdown: MarkdownReporter(options: options)
        case .html: HTMLReporter(options: options)
        case .csv: CSVReporter(options: options)
        case .table: TableReporter(options: options)
        case .tap: TAPReporter(options: options)
        case .checkstyle: CheckstyleReporter(options: options)
        case .sonarqube: SonarQubeReporter(options: options)
        case .openReports: PolicyReportReporter(options: options, form: .openReports)
        case .policyReport: PolicyReportReporter(options: options, form: .workingGroup)
        case .conftest: ConftestReporter(options: options)
        }
    }
}

/// What reports need to know besides the findings.
package struct ReportOptions: Sendable {
    /// The version of this tool.
    package var version: String
    /// Whether text is coloured for a terminal.
    package var usesColour = false
    /// Leaves out everything but findings in text.
    package var isQuiet = false
    /// When the run began, as RFC 3339 in UTC; nil leaves times out.
    package var timestamp: String?
    /// The level from which the run fails, which the formats with a verdict state.
    package var failOn = FailThreshold.error
    /// Threads that may write parts of a long report.
    package var jobs = 1
    /// How code hosts know the files.
    package var paths = ReportPath()
    /// Whether text lists every policy that could not be evaluated.
    package var listsNotEvaluated = false

    package init(version: String) { self.version = version }
}
