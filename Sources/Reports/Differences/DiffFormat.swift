package import Differences

/// The formats of `lintel diff --format`.
package enum DiffFormat: String, Sendable, CaseIterable {
    case text, json, markdown, html

    /// Writes what differs between two states.
    package func write(_ report: DiffReport, options: DiffReportOptions, to sink: ReportSink) {
        var output = sink
        switch self {
        case .text: DiffTextReporter(options: options).write(report, to: &output)
        case .json: DiffJSONReporter(options: options).write(report, to: output)
        case .markdown: DiffMarkdownReporter(options: options).write(report, to: &output)
        case .html: DiffHTMLReporter(options: options).write(report, to: &output)
        }
        output.flush()
    }

    /// Writes how a cluster differs from a repository.
    package func write(_ report: DriftReport, options: DiffReportOptions, to sink: ReportSink) {
        var output = sink
        switch self {
        case .text: DriftTextReporter(options: options).write(report, to: &output)
        case .json: DriftJSONReporter(options: options).write(report, to: output)
        case .markdown: DriftMarkdownReporter(options: options).write(report, to: &output)
        case .html: DriftHTMLReporter(options: options).write(report, to: &output)
        }
        output.flush()
    }

    /// The report as one text.
    package func render(_ report: DiffReport, options: DiffReportOptions) -> String {
        Self.collected { write(report, options: options, to: $0) }
    }

    /// The report as one text.
    package func render(_ report: DriftReport, options: DiffReportOptions) -> String {
        Self.collected { write(report, options: options, to: $0) }
    }

    private static func collected(_ write: (ReportSink) -> Void) -> String {
        var bytes: [UInt8] = []
        write(ReportSink { bytes.append(contentsOf: $0) })
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// How a report of differences is written.
package struct DiffReportOptions: Sendable {
    /// The version of this tool.
    package var version: String
    package var usesColour = false

    package init(version: String) { self.version = version }
}
