import Catalogue
package import Diagnostics
import Documents
package import Findings

/// A baseline as a file: JSON with one entry a line, so that changes of it can be read.
package enum BaselineFile {
    static let formatVersion = 1

    /// Why a file is no baseline.
    package struct Problem: Error {
        package var diagnostic: Diagnostic
    }

    /// The text of a baseline.
    package static func text(_ baseline: Baseline) -> String {
        var text = "{\n\"formatVersion\": \(formatVersion),\n\"tool\": \"lintel\",\n\"findings\": ["
        for (index, entry) in baseline.entries.enumerated() {
            var json = JSONText()
            json.object { json in
                json.member("fingerprint", entry.fingerprint)
                json.member("policy", entry.policyID)
                json.member("name", unlessEmpty: entry.policySlug)
                json.member("severity", unlessEmpty: entry.severity)
                json.member("resource", entry.resource)
                json.member("file", entry.file)
                json.member("path", unlessEmpty: entry.path)
                json.member("message", entry.message)
                json.member("count", entry.count)
                json.member("since", unlessEmpty: entry.since)
                json.member("until", unlessEmpty: entry.until)
                json.member("reason", unlessEmpty: entry.reason)
            }
            text += (index == 0 ? "\n" : ",\n") + json.line
        }
        return text + "\n]\n}\n"
    }

    /// The baseline in a file.
    /// - Throws: `Problem` for a text that is none.
    package static func read(_ source: SourceFile) throws(Problem) -> Baseline {
        let document: Document
        do { document = try JSONReader.read(source) } catch { throw Problem(diagnostic: error.diagnostic(in: source)) }
        defer { withExtendedLifetime(document) {} }
        let root = document.root
        let list = root.field("findings")
        guard root.field("formatVersion").intValue == Int64(formatVersion), list.kind == .array else {
            throw problem(
                "\(source.path) is no baseline of format version \(formatVersion)",
                SourceRange(file: source, start: 0, end: 0))
        }
        var entries: [Baseline.Entry] = []
        for (index, item) in list.elements.enumerated() {
            let place = document.range(list.valueSpan(at: index))
            guard let entry = entry(item) else {
                throw problem("an entry has fingerprint, policy, resource, file, message and a count from 1", place)
            }
            guard entry.until.isEmpty || CalendarDate.isValid(entry.until) else {
                throw problem("until is a date such as 2027-01-31", place)
            }
            entries.append(entry)
        }
        return Baseline(entries)
    }

    private static func problem(_ message: String, _ range: SourceRange?) -> Problem {
        Problem(
            diagnostic: Diagnostic(
                code: "baseline_error", message: message, range: range, hint: "lintel baseline create -o FILE writes one"))
    }

    private static func entry(_ item: Value) -> Baseline.Entry? {
        guard let fingerprint = item.field("fingerprint").stringValue, let policy = item.field("policy").stringValue,
            let resource = item.field("resource").stringValue, let file = item.field("file").stringValue,
            let message = item.field("message").stringValue
        else { return nil }
        let count = item.field("count")
        guard count.isUndefined || (count.intValue.map { $0 >= 1 && $0 <= 1 << 32 } ?? false) else { return nil }
        var entry = Baseline.Entry(
            fingerprint: fingerprint, policyID: policy, resource: resource, file: file, message: message)
        entry.policySlug = item.field("name").stringValue ?? ""
        entry.severity = item.field("severity").stringValue ?? ""
        entry.path = item.field("path").stringValue ?? ""
        entry.count = Int(count.intValue ?? 1)
        entry.since = item.field("since").stringValue ?? ""
        entry.until = item.field("until").stringValue ?? ""
        entry.reason = item.field("reason").stringValue ?? ""
        return entry
    }
}
