extension ComplianceReport {
    /// One line per clause and piece of evidence (RFC 4180), for spreadsheets.
    package func csv() -> String {
        var lines = [
            [
                "framework", "clause", "title", "level", "status", "confidence", "verdict", "evidence", "source", "resource",
                "file", "line", "column", "field", "exception", "tool", "library_digest", "input_digest", "time",
            ]
        ]
        for answer in answers {
            let evidence: [Evidence?] = answer.evidence.isEmpty ? [nil] : answer.evidence
            for item in evidence {
                lines.append([
                    framework.id, answer.clause.id, answer.clause.title, answer.clause.level ?? "",
                    answer.status.rawValue, answer.confidence.rawValue, item?.verdict ?? "", item?.message ?? "",
                    item?.source ?? "", item?.resource ?? "", item?.file ?? "", item?.line.map(String.init) ?? "",
                    item?.column.map(String.init) ?? "", item?.field ?? "", item?.exception?.reason ?? "",
                    provenance.toolVersion, provenance.libraryDigest, provenance.inputDigest, provenance.time,
                ])
            }
        }
        return lines.map { $0.map(Self.cell).joined(separator: ",") + "\r\n" }.joined()
    }

    /// Quoted where needed; a leading `=`, `+`, `-` or `@` would be a formula to a spreadsheet.
    static func cell(_ text: String) -> String {
        let safe = text.first.map { "=+-@\t\r".contains($0) } == true ? "'" + text : text
        guard safe.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
