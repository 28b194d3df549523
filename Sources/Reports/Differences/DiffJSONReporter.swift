import Catalogue
import Diagnostics
import Differences
import Documents
import Findings
import Inputs
import Judging

/// For programs; docs/diff.md says what the members mean.
struct DiffJSONReporter {
    let options: DiffReportOptions
    static let version = 1

    func write(_ report: DiffReport, to output: ReportSink) {
        var json = JSONText(to: output)
        json.object { json in
            json.member("version", Self.version)
            json.object("tool") { json in
                json.member("name", "lintel")
                json.member("version", options.version)
            }
            json.object("old") { Self.side(report.old, to: &$0) }
            json.object("new") { Self.side(report.new, to: &$0) }
            json.member("complete", report.isComplete)
            json.object("summary") { json in
                for kind in [ObjectChange.Kind.added, .removed, .changed] {
                    json.member(named: kind.rawValue, report.count(of: kind))
                }
                json.member("unchanged", report.unchanged)
                for weight in Risk.Weight.allCases {
                    json.member(named: "\(weight.rawValue)Risks", report.risks.count { $0.weight == weight })
                }
            }
            json.array("risks", report.risks) { $0.object(fill(Self.risk, $1)) }
            if let findings = report.findings {
                json.object("findings") { json in
                    json.member("unchanged", findings.unchanged)
                    json.array("new", findings.new) { $0.object(fill(Self.finding, $1)) }
                    json.array("gone", findings.gone) { $0.object(fill(Self.finding, $1)) }
                }
            }
            json.array("images", report.images) { $0.object(fill(Self.image, $1)) }
            json.array("objects", report.objects) { $0.object(fill(Self.object, $1)) }
            json.array("notCompared", report.notCompared) { json, entry in
                json.object { json in
                    json.member("build", entry.title)
                    json.member("reason", entry.reason)
                }
            }
            json.array("problems", report.problems) { $0.object(fill(Self.problem, $1)) }
        }
        json.finish()
    }

    private func fill<Element>(
        _ write: @escaping (Element, inout JSONText) -> Void, _ element: Element
    ) -> (inout JSONText) -> Void {
        { write(element, &$0) }
    }

    private static func side(_ side: DiffReport.Side, to json: inout JSONText) {
        json.member("name", side.label)
        json.member("files", side.files)
        json.member("objects", side.objects)
        json.object("skippedByReason") { json in for skip in side.skipped { json.member(named: skip.reason, skip.count) } }
    }

    static func problem(_ problem: Diagnostic, to json: inout JSONText) {
        json.member("severity", problem.severity.rawValue)
        json.member("message", problem.message)
        json.member("hint", unlessEmpty: problem.hint)
        if let range = problem.range {
            json.member("file", range.file.path)
            json.member("line", range.position.line)
        }
    }

    static func reference(_ object: ResourceReference, to json: inout JSONText) {
        json.member("apiVersion", object.type.apiVersion)
        json.member("kind", object.type.kind)
        json.member("namespace", unlessEmpty: object.namespace)
        json.member("name", object.name)
    }

    static func place(_ name: StaticString, _ place: SourcePlace?, to json: inout JSONText) {
        guard let place else { return }
        json.object(name) { json in
            json.member("file", place.file)
            json.member("line", place.start.line)
            json.member("column", place.start.column)
        }
    }

    private static func risk(_ risk: Risk, to json: inout JSONText) {
        json.member("kind", risk.kind.rawValue)
        json.member("weight", risk.weight.rawValue)
        json.member("message", risk.message)
        json.object("object") { reference(risk.object, to: &$0) }
        json.member("application", unlessEmpty: risk.application)
        place("place", risk.place, to: &json)
        if !risk.alsoIn.isEmpty { json.member("alsoIn", risk.alsoIn) }
    }

    private static func finding(_ finding: Finding, to json: inout JSONText) {
        json.member("policy", finding.policyID)
        json.member("name", unlessEmpty: finding.policySlug)
        json.member("severity", finding.severity.rawValue)
        json.member("level", finding.level.rawValue)
        json.member("message", finding.message)
        json.object("object") { reference(finding.resource, to: &$0) }
        json.member("path", unlessEmpty: finding.path.fieldPath)
        place("place", finding.location, to: &json)
        json.member("fingerprint", finding.fingerprint)
    }

    private static func image(_ image: ImageChange, to json: inout JSONText) {
        json.member("old", unlessEmpty: image.old)
        json.member("new", unlessEmpty: image.new)
        json.member("remark", unlessEmpty: image.remark)
        json.array("uses", image.uses) { json, use in
            json.object { json in
                json.object("object") { reference(use.object, to: &$0) }
                json.member("application", unlessEmpty: use.application)
                json.member("container", use.container)
                place("place", use.place, to: &json)
            }
        }
    }

    static func object(_ change: ObjectChange, to json: inout JSONText) {
        json.member("change", change.kind.rawValue)
        json.object("object") { reference(change.object, to: &$0) }
        json.member("application", unlessEmpty: change.application)
        place("oldPlace", change.oldPlace, to: &json)
        place("newPlace", change.newPlace, to: &json)
        if !change.oldOrigin.isEmpty { json.member("oldOrigin", change.oldOrigin.map { ValueText.origin([$0]) }) }
        if !change.newOrigin.isEmpty { json.member("newOrigin", change.newOrigin.map { ValueText.origin([$0]) }) }
        if change.kind != .changed { return }
        json.array("fields", change.fields.list) { json, field in
            json.object { self.field(field, to: &$0) }
        }
        if change.fields.omitted > 0 { json.member("moreFields", change.fields.omitted) }
    }

    private static func field(_ field: FieldChange, to json: inout JSONText) {
        json.member("path", field.path)
        json.member("change", field.kind.rawValue)
        if field.kind != .added { json.member("oldPointer", field.oldPath.jsonPointer) }
        if field.kind != .removed { json.member("newPointer", field.newPath.jsonPointer) }
        if let old = field.old {
            json.key("old")
            value(old, to: &json)
        }
        if let new = field.new {
            json.key("new")
            value(new, to: &json)
        }
        if field.hiddenLines > 0 { json.member("hiddenLines", field.hiddenLines) }
        place("oldPlace", field.oldPlace, to: &json)
        place("newPlace", field.newPlace, to: &json)
    }

    private static func value(_ value: ShownValue, to json: inout JSONText) {
        switch value {
        case .hidden: json.string(SecretScreen.mark)
        case .more: json.string("…")
        case .text(let text): json.string(text)
        case .literal(let text): json.raw(text)
        case .list(let items): json.array(items) { Self.value($1, to: &$0) }
        case .mapping(let members):
            json.object { json in
                for member in members {
                    json.key(named: member.name)
                    Self.value(member.value, to: &json)
                }
            }
        }
    }
}
