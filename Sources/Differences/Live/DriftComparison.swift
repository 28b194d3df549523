package import Diagnostics
import Documents
import Inputs
import Judging
import Schemas
import Text

/// Compares the objects of a repository with those that a cluster has.
package struct DriftComparison {
    private let git: DiffSide
    private let live: DiffSide
    private let types: TypeSource
    private let isPartial: Bool

    /// - Parameter isPartial: whether kinds of which the export holds no object are left out.
    package init(_ git: DiffSide, live: DiffSide, types: TypeSource, isPartial: Bool) {
        (self.git, self.live, self.types, self.isPartial) = (git, live, types, isPartial)
    }

    private struct Name: Hashable {
        var type: GroupKind
        var name: String
    }

    package func report() -> DriftReport {
        var report = DriftReport(old: SideComparison.summary(git), live: SideComparison.summary(live))
        var objects: [ObjectKey: ComparedObject] = [:], names: [Name: [ObjectKey]] = [:]
        for object in live.objects {
            let key = ObjectKey(object.resource)
            if objects.updateValue(object, forKey: key) == nil {
                names[Name(type: key.type, name: key.name), default: []].append(key)
            }
        }
        let exported = Set(objects.keys.map(\.type)), scaled = Self.scaled(git.objects + live.objects)
        var drifts: [String: DriftReport.Drift] = [:], order: [String] = [], found: Set<ObjectKey> = []
        func change(_ title: String, _ edit: (inout DriftReport.Drift) -> Void) {
            if drifts[title] == nil { order.append(title) }
            edit(&drifts[title, default: DriftReport.Drift(title: title)])
        }
        for object in git.objects {
            let title = Self.title(object), key = ObjectKey(object.resource)
            if object.resource.name.hasSuffix("*") {
                report.notComparable.append(.init(object: object.resource.reference, reason: "the server makes its name"))
                continue
            }
            let known =
                objects[key] != nil
                ? key : object.resource.namespace == nil ? only(names[Name(type: key.type, name: key.name)]) : nil
            guard let known, let other = objects[known] else {
                if Self.mayBeGone(object.resource) { continue }
                if isPartial, !exported.contains(key.type) {
                    change(title) { $0.notExported += 1 }
                } else {
                    change(title) { $0.missing.append(ObjectChange(.removed, old: object, new: nil)) }
                }
                continue
            }
            found.insert(known)
            if let reason = Self.obstacle(object.resource, other.resource, types) {
                report.notComparable.append(.init(object: object.resource.reference, reason: reason))
                continue
            }
            let fields = fields(object.resource, other.resource, scaled)
            report.ignoredFields += fields.ignored
            change(title) { drift in
                if fields.isEmpty { return drift.inSync += 1 }
                var change = ObjectChange(.changed, old: object, new: other)
                change.fields = fields
                drift.drifted.append(change)
            }
        }
        let tracking = Tracking(Set(git.objects.map(\.application.appliedBy) + git.builds.map(\.record.appliedBy)))
        for object in live.objects where !found.contains(ObjectKey(object.resource)) {
            guard let title = tracking.owner(of: object.resource) else {
                report.untracked += 1
                continue
            }
            change(title) { $0.extra.append(ObjectChange(.added, old: nil, new: object)) }
        }
        report.applications = order.sorted().compactMap { drifts[$0] }
        report.missingKinds = Set(git.objects.map { ObjectKey($0.resource).type }).subtracting(exported).map(\.kind).sorted()
        finish(&report)
        return report
    }

    private func only(_ keys: [ObjectKey]?) -> ObjectKey? { keys?.count == 1 ? keys?.first : nil }

    private static func title(_ object: ComparedObject) -> String {
        if object.application.kind != nil { return object.application.title }
        let folder = FilePath.folder(of: object.file)
        return folder == "." || folder.isEmpty ? "files" : "files in \(folder)"
    }

    /// Hooks and Jobs that clean up after themselves are only there for a while.
    private static func mayBeGone(_ resource: Resource) -> Bool {
        let annotations = resource.value.field("metadata").field("annotations")
        if annotations.field(named: "helm.sh/hook").isDefined || annotations.field(named: "argocd.argoproj.io/hook").isDefined {
            return true
        }
        return resource.type.kind == "Job" && resource.value.field("spec").field("ttlSecondsAfterFinished").isDefined
    }

    /// Why two objects cannot be compared; nil when they can.
    private static func obstacle(_ git: Resource, _ live: Resource, _ types: TypeSource) -> String? {
        if git.type.version == live.type.version { return nil }
        // Versions with the same fields say the same.
        if case .api(let old, _, _) = types.shape(of: git.value), case .api(let new, _, _) = types.shape(of: live.value),
            fields(old) == fields(new)
        {
            return nil
        }
        let resource =
            "\(PluralNames.name(of: git.type.kind)).\(git.type.version)" + (git.type.group.isEmpty ? "" : ".\(git.type.group)")
        return "the export has it as \(live.type.apiVersion); export \(git.type.apiVersion): kubectl get \(resource) -o yaml"
    }

    private static func fields(_ shape: Shape) -> [String] {
        shape.fields.flatMap { field in [field.name] + field.shape.fields.map { "\(field.name).\($0.name)" } }.sorted()
    }

    private func fields(_ git: Resource, _ live: Resource, _ scaled: Set<ScaleTarget>) -> FieldChanges {
        let (old, new) = (git.stored, live.stored)
        let isScaled = scaled.contains(ScaleTarget(kind: new.type.kind, namespace: new.namespace ?? "default", name: new.name))
        let server = ServerFields(old: old, live: new, isScaled: isScaled)
        let rules = FieldComparison.Rules(knowsServer: true) { server.isIgnored($0, $1, $2) }
        return FieldComparison.changes(from: old, to: new, types: types, rules: rules)
    }

    // MARK: Autoscalers

    private struct ScaleTarget: Hashable {
        var kind: String
        var namespace: String
        var name: String
    }

    private static func scaled(_ objects: [ComparedObject]) -> Set<ScaleTarget> {
        var targets: Set<ScaleTarget> = []
        for object in objects where ["HorizontalPodAutoscaler", "ScaledObject"].contains(object.resource.type.kind) {
            let target = object.resource.value.field("spec").field("scaleTargetRef")
            guard let name = target.field("name").stringValue else { continue }
            let kind = target.field("kind").stringValue ?? "Deployment"
            targets.insert(ScaleTarget(kind: kind, namespace: object.resource.namespace ?? "default", name: name))
        }
        return targets
    }

    // MARK: What is not compared

    private func finish(_ report: inout DriftReport) {
        for build in git.builds where !build.record.isBuilt {
            let title = Application(build.record, path: build.record.path).title
            if build.problems.isEmpty {
                report.notCompared.append(DiffReport.NotCompared(title: title, reason: build.record.reason))
            } else {
                report.problems.append(
                    Diagnostic(
                        code: "diff_incomplete",
                        message: "\(title) cannot be built, so that it is not compared: \(build.record.reason)",
                        range: build.problems.first?.range, hint: build.problems.first?.hint))
            }
        }
        for entry in report.notComparable where !entry.reason.hasPrefix("the server") {
            report.problems.append(
                Diagnostic(code: "diff_incomplete", message: "\(entry.object.title) is not compared: \(entry.reason)"))
        }
        if !report.missingKinds.isEmpty, !isPartial, report.total(\.missing.count) > 0 {
            let names = report.missingKinds.prefix(8).joined(separator: ", ") + (report.missingKinds.count > 8 ? " …" : "")
            report.problems.append(
                Diagnostic(
                    code: "diff_export", severity: .warning, message: "the live files hold no object of some kinds: \(names)",
                    hint: "export them too, or leave them out with --partial"))
        }
    }
}
