package import Catalogue
package import Diagnostics
import Documents
package import Findings
import Inputs
import Judging

/// Reads what `--format json` wrote, so that it can be written in another format.
package struct SavedReport {
    /// Why a text is no report.
    package struct Problem: Error {
        package var diagnostic: Diagnostic
    }

    private let document: Document
    private let policies: [String: Policy]
    /// Texts that findings are shown in, by the name of their file.
    private var sources: [String: SourceFile] = [:]
    private let open: (String) -> SourceFile?
    private var rules: [String: RuleReference] = [:]
    private var used: [String: Policy] = [:]

    /// - Parameters:
    ///   - policies: the policies that are known; those of the report that are not among them are known by what it says.
    ///   - open: the text of a file that a finding names, if it can still be read.
    /// - Throws: `Problem` for a text that is no report of this form.
    package static func read(
        _ source: SourceFile, policies: [Policy], open: @escaping (String) -> SourceFile?
    ) throws(Problem) -> Report {
        let document: Document
        do { document = try JSONReader.read(source) } catch {
            throw Problem(diagnostic: error.diagnostic(in: source))
        }
        let version = document.root.field("formatVersion").intValue
        guard document.root.field("tool").field("name").stringValue == "lintel", version == 1 else {
            throw Problem(
                diagnostic: Diagnostic(
                    code: "report_error", message: "\(source.path) is no report of lintel in JSON of format version 1",
                    hint: "lintel check --format json=FILE writes one"))
        }
        var reader = SavedReport(
            document: document,
            policies: Dictionary(policies.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }), open: open)
        return reader.report()
    }

    private init(document: Document, policies: [String: Policy], open: @escaping (String) -> SourceFile?) {
        self.document = document
        self.policies = policies
        self.open = open
    }

    private mutating func report() -> Report {
        let root = document.root, summary = root.field("summary")
        var report = Report()
        for entry in list(root.field("policies")) { describe(entry) }
        report.findings = list(root.field("findings")).compactMap { finding($0) }
        report.suppressed = list(root.field("suppressed")).compactMap { finding($0) }
        report.omitted = list(root.field("omitted")).map { entry in
            let rule = RuleReference(
                id: text(entry.field("policy")), slug: text(entry.field("name")),
                severity: PolicySeverity(rawValue: text(entry.field("severity"))) ?? .critical,
                level: FindingLevel(rawValue: text(entry.field("level"))) ?? .error, remediation: "")
            return Report.Omitted(rule: rule, count: number(entry.field("count")), objects: number(entry.field("objects")))
        }
        report.comparison = comparison(root.field("comparison"))
        report.files = number(summary.field("files"))
        report.resources = number(summary.field("resources"))
        report.evaluatedPolicies = number(summary.field("policiesEvaluated"))
        report.selectedPolicies = number(summary.field("policiesSelected"))
        report.policies = used.values.sorted { $0.id < $1.id }
        report.skipped = list(root.field("skipped")).compactMap { entry in
            guard let reason = SkippedDocument.Reason(rawValue: text(entry.field("reason"))) else { return nil }
            return SkippedDocument(
                path: text(entry.field("file")), documentIndex: number(entry.field("document")),
                line: number(entry.field("line")), reason: reason)
        }
        report.notEvaluated = list(root.field("notEvaluated")).map { entry in
            Report.NotEvaluated(
                policyID: text(entry.field("policy")), policySlug: text(entry.field("name")), reason: text(entry.field("reason")))
        }
        report.settings = settings(root.field("settings"))
        report.diagnostics = list(root.field("diagnostics")).map { diagnostic($0) }
        report.allowsEmpty = root.field("summary").field("passed").isTrue
        report.time = root.field("timestamp").stringValue
        return report
    }

    /// A policy that this program does not know, by what the report says of it.
    private mutating func describe(_ entry: Value) {
        let id = text(entry.field("policy"))
        if let known = policies[id] { return used[id] = known }
        let document = Document { arena in
            var members: [(String, Value)] = []
            for (name, key) in [
                ("id", "policy"), ("slug", "name"), ("severity", "severity"), ("category", "category"),
                ("confidence", "confidence"), ("remediation", "remediation"),
            ] {
                if let text = entry.field(named: key).stringValue { members.append((name, arena.string(text))) }
            }
            members.append(("tags", arena.array(list(entry.field("tags")).map { arena.string(text($0)) })))
            let pages = entry.field("url").stringValue.map { [arena.string($0)] } ?? []
            return arena.object([
                "title": arena.string(text(entry.field("title"))), "description": arena.string(text(entry.field("description"))),
                "related_resources": arena.array(pages),
                "custom": arena.object(members.map { ObjectEntry(key: arena.string($0.0), value: $0.1) }),
            ])
        }
        used[id] = Policy(saved: document, entrypoint: text(entry.field("rule")))
    }

    private mutating func finding(_ entry: Value) -> Finding? {
        let id = text(entry.field("policy")), object = entry.field("resource")
        if id.isEmpty || object.kind != .object { return nil }
        if used[id] == nil { describe(entry) }
        let resource = ResourceReference(
            type: GroupVersionKind(apiVersion: text(object.field("apiVersion")), kind: text(object.field("kind"))),
            namespace: object.field("namespace").stringValue, name: text(object.field("name")),
            documentIndex: number(entry.field("document")))
        var violation = Violation(
            slot: 0, message: text(entry.field("message")), resource: resource,
            path: DocumentPath(parsing: text(entry.field("pointer"))) ?? DocumentPath(), location: place(entry),
            screen: nil,
            origin: list(entry.field("origin")).map { Diagnostic.Note(text($0.field("message")), range: range($0)) },
            details: entry.field("details").isDefined ? JSONWriter.string(entry.field("details")) : nil)
        violation.suppression = suppression(entry.field("suppression"))
        violation.edits = edits(entry.field("edits"))
        return Finding(
            violation, of: rule(id, entry), fingerprint: text(entry.field("fingerprint")),
            container: entry.field("container").stringValue)
    }

    /// The changes of texts that are at hand; none when one is not.
    private mutating func edits(_ entry: Value) -> [SourceEdit] {
        var edits: [SourceEdit] = []
        for item in list(entry) {
            let start = Position(line: number(item.field("line")), column: number(item.field("column")))
            let end = Position(line: number(item.field("endLine")), column: number(item.field("endColumn")))
            guard start.line > 0, end.line >= start.line, let range = range(text(item.field("file")), start, end) else {
                return []
            }
            edits.append(SourceEdit(range, text(item.field("replacement"))))
        }
        return edits
    }

    private mutating func rule(_ id: String, _ entry: Value) -> RuleReference {
        let severity = severity(entry.field("severity"))
        let level = FindingLevel(rawValue: text(entry.field("level"))) ?? severity.level
        let key = "\(id) \(severity.rawValue) \(level.rawValue)"
        if let known = rules[key] { return known }
        let rule = RuleReference(
            id: id, slug: text(entry.field("name")), severity: severity, level: level,
            remediation: text(entry.field("remediation")))
        rules[key] = rule
        return rule
    }

    private func suppression(_ entry: Value) -> Suppression? {
        guard entry.kind == .object else { return nil }
        return Suppression(
            source: Suppression.Source(rawValue: text(entry.field("source"))) ?? .configuration,
            reason: text(entry.field("reason")), owner: text(entry.field("owner")), until: text(entry.field("until")),
            file: text(entry.field("file")), line: number(entry.field("line")), tool: text(entry.field("tool")))
    }

    private mutating func comparison(_ entry: Value) -> Comparison? {
        guard let basis = Comparison.Basis(rawValue: text(entry.field("with"))) else { return nil }
        var comparison = Comparison(basis, name: text(entry.field("name")))
        comparison.unchanged = list(entry.field("unchanged")).compactMap { finding($0) }
        comparison.gone = list(entry.field("fixed")).map { gone in
            Comparison.Gone(
                fingerprint: text(gone.field("fingerprint")), policyID: text(gone.field("policy")),
                policySlug: text(gone.field("name")), severity: text(gone.field("severity")),
                resource: text(gone.field("resource")), file: text(gone.field("file")), line: number(gone.field("line")),
                message: text(gone.field("message")))
        }
        return comparison
    }

    private func settings(_ entry: Value) -> RunSettings? {
        guard entry.kind == .object else { return nil }
        let changes = list(entry.field("changes")).map { change in
            var found = RunSettings.Change(
                text(change.field("setting")), policyID: text(change.field("policy")), policySlug: text(change.field("name")),
                value: text(change.field("value")), before: text(change.field("before")))
            found.layer = text(change.field("file"))
            return found
        }
        return RunSettings(path: text(entry.field("configuration")), floor: text(entry.field("floor")), changes: changes)
    }

    // MARK: Places

    private mutating func place(_ entry: Value) -> SourcePlace {
        let start = Position(line: max(1, number(entry.field("line"))), column: max(1, number(entry.field("column"))))
        let end = Position(
            line: max(start.line, number(entry.field("endLine"))), column: max(1, number(entry.field("endColumn"))))
        let file = text(entry.field("file"))
        var place = SourcePlace(file: file, start: start, end: end, range: range(file, start, end))
        place.isSecret = entry.field("secret").isTrue
        return place
    }

    /// The text of a place, when the file can be read and has it.
    private mutating func range(_ file: String, _ start: Position, _ end: Position) -> SourceRange? {
        if sources[file] == nil { sources[file] = open(file) ?? SourceFile(path: file, bytes: []) }
        guard let source = sources[file], !source.bytes.isEmpty, start.line <= source.lineCount else { return nil }
        return SourceRange(file: source, start: offset(of: start, in: source), end: offset(of: end, in: source))
    }

    private func offset(of position: Position, in source: SourceFile) -> UInt32 {
        let line = source.byteRange(ofLine: position.line)
        var offset = line.lowerBound, column = 1
        while offset < line.upperBound, column < position.column {
            offset += 1
            while offset < line.upperBound, source.bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            column += 1
        }
        return UInt32(offset)
    }

    /// A place of which the report has but the beginning; its file is a name without text.
    private mutating func range(_ entry: Value) -> SourceRange? {
        guard let file = entry.field("file").stringValue else { return nil }
        let position = Position(line: max(1, number(entry.field("line"))), column: max(1, number(entry.field("column"))))
        if let known = range(file, position, position) { return known }
        // Lines and columns that lead to the place, of a text that is not at hand.
        let line = min(position.line, 1 << 20), column = min(position.column, 1 << 16)
        let bytes = [UInt8](repeating: UInt8(ascii: "\n"), count: line - 1) + [UInt8](repeating: UInt8(ascii: " "), count: column)
        let offset = UInt32(line - 1 + column - 1)
        return SourceRange(file: SourceFile(path: file, bytes: bytes), start: offset, end: offset)
    }

    private mutating func diagnostic(_ entry: Value) -> Diagnostic {
        Diagnostic(
            code: text(entry.field("code")), severity: Severity(rawValue: text(entry.field("severity"))) ?? .error,
            message: text(entry.field("message")), range: range(entry))
    }

    // MARK: Values

    private func list(_ value: Value) -> [Value] { value.kind == .array ? Array(value.elements) : [] }
    private func text(_ value: Value) -> String { value.stringValue ?? "" }
    private func number(_ value: Value) -> Int { max(0, Int(clamping: value.integerValue ?? 0)) }
    private func severity(_ value: Value) -> PolicySeverity { PolicySeverity(rawValue: text(value)) ?? .high }
}
