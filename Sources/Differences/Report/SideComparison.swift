package import Diagnostics
import Documents
import Inputs
import Judging
import Text

/// Compares two sides.
package struct SideComparison {
    private let types: TypeSource
    private let old: DiffSide
    private let new: DiffSide
    private let acrossNamespaces: Bool

    /// - Parameter acrossNamespaces: whether objects of the same kind and name are the same one in any namespace, as those of
    ///   two environments.
    package init(_ old: DiffSide, _ new: DiffSide, types: TypeSource, acrossNamespaces: Bool = false) {
        (self.old, self.new, self.types, self.acrossNamespaces) = (old, new, types, acrossNamespaces)
    }

    package func report() -> DiffReport {
        var report = DiffReport(old: Self.summary(old), new: Self.summary(new))
        let pairs = ObjectPairs(old.objects, new.objects, acrossNamespaces: acrossNamespaces)
        let rules = FieldComparison.Rules(ignoresNamespace: acrossNamespaces)
        var changed: [(old: ComparedObject, new: ComparedObject)] = [], images = ImageChanges()
        for (before, now) in pairs.pairs {
            let fields = FieldComparison.changes(from: before.resource, to: now.resource, types: types, rules: rules)
            if fields.isEmpty {
                report.unchanged += 1
                continue
            }
            changed.append((before, now))
            var change = ObjectChange(.changed, old: before, new: now)
            change.fields = fields
            change.signature = Self.signature(change, fields)
            report.objects.append(change)
            images.add(before, now)
        }
        // What the other side cannot build is neither gone nor new.
        let lostNow = Self.unbuilt(new), lostBefore = Self.unbuilt(old)
        let removed = pairs.removed.filter { !lostNow.contains($0.application.title) }
        let added = pairs.added.filter { !lostBefore.contains($0.application.title) }
        for object in removed {
            report.objects.append(Self.whole(.removed, object))
            images.add(object, nil)
        }
        for object in added {
            report.objects.append(Self.whole(.added, object))
            images.add(nil, object)
        }
        report.objects.sort(by: Self.inOrder)
        var risks = RiskFinder(types)
        risks.look(at: changed, added: added, removed: removed)
        risks.look(forUsersOf: removed, among: new.objects)
        report.risks = risks.sorted()
        report.images = images.list
        if let before = old.findings, let now = new.findings { report.findings = FindingChanges(before, now, acrossNamespaces) }
        addBuilds(to: &report)
        return report
    }

    /// What a side cannot build, by title.
    private static func unbuilt(_ side: DiffSide) -> Set<String> {
        Set(side.builds.lazy.filter { !$0.record.isBuilt }.map { Application($0.record, path: $0.record.path).title })
    }

    static func summary(_ side: DiffSide) -> DiffReport.Side {
        var counts: [SkippedDocument.Reason: Int] = [:]
        for skip in side.skipped { counts[skip.reason, default: 0] += 1 }
        let skipped = SkippedDocument.Reason.allCases.compactMap { reason in counts[reason].map { (reason.id, $0) } }
        return DiffReport.Side(label: side.label, objects: side.objects.count, files: side.files, skipped: skipped)
    }

    private static func whole(_ kind: ObjectChange.Kind, _ object: ComparedObject) -> ObjectChange {
        var change = ObjectChange(kind, old: kind == .removed ? object : nil, new: kind == .added ? object : nil)
        change.signature =
            "\(kind.rawValue) \(object.resource.title) \(object.resource.type.apiVersion) \(object.application.title) \(object.file)"
        return change
    }

    private static func signature(_ change: ObjectChange, _ fields: FieldChanges) -> String {
        var hash = FNVHash()
        func add(_ text: String) {
            hash.combine(text.utf8)
        }
        for field in fields.list {
            add(field.path + field.kind.rawValue)
            add("\(field.old as Any) \(field.new as Any)")
            // What nobody sees may differ all the same.
            if field.old == field.new, field.kind == .changed { add(change.object.title) }
        }
        return "\(change.object.type.group)/\(change.object.type.kind) \(fields.omitted) \(hash.text)"
    }

    /// By what applies them, kind and name.
    private static func inOrder(_ left: ObjectChange, _ right: ObjectChange) -> Bool {
        func key(_ change: ObjectChange) -> [String] {
            let object = change.object
            return [
                change.application, object.namespace ?? "", object.type.kind, object.name,
                change.newPlace?.file ?? change.oldPlace?.file ?? "",
            ]
        }
        return key(left).lexicographicallyPrecedes(key(right))
    }

    // MARK: Builds

    /// Says what was not built. What one side builds and the other does not would seem to be added or removed: that is an
    /// error, and so is what cannot be built although it is here.
    private func addBuilds(to report: inout DiffReport) {
        func key(_ build: Build) -> String { "\(build.record.appliedBy)\u{0}\(build.record.path)\u{0}\(build.record.values)" }
        let before = Dictionary(old.builds.map { (key($0), $0) }) { first, _ in first }
        let now = Dictionary(new.builds.map { (key($0), $0) }) { first, _ in first }
        for (builds, others, label) in [(old.builds, now, old.label), (new.builds, before, new.label)] {
            for build in builds where !build.record.isBuilt {
                let isOtherBuilt = others[key(build)]?.record.isBuilt == true
                let title = Application(build.record, path: build.record.path).title
                if build.problems.isEmpty, !isOtherBuilt {
                    let entry = DiffReport.NotCompared(title: title, reason: build.record.reason)
                    if !report.notCompared.contains(entry) { report.notCompared.append(entry) }
                    continue
                }
                // Its own error says so already.
                if build.problems.contains(where: { $0.severity == .error }), !isOtherBuilt { continue }
                report.problems.append(
                    Diagnostic(
                        code: "diff_incomplete",
                        message: "\(title) cannot be built in \(label), so that it is not compared: \(build.record.reason)",
                        range: build.problems.first?.range,
                        hint: build.problems.first?.hint ?? "leave it out of both sides with --exclude"))
            }
        }
    }

    private typealias Build = (record: BuildRecord, problems: [Diagnostic])
}
