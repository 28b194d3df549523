package import Catalogue
package import Diagnostics
import Documents
package import Inputs
package import Schemas
import Synchronization

/// How objects are compared with the API's types.
package struct TypeOptions: Sendable {
    /// The releases to check against; the newest one known when nil.
    package var releases: ReleaseRange?
    package var missing = MissingTypes.warn
    /// Kinds of definitions that are not among the inputs.
    package var custom = CustomKinds()
    /// Schemas that `lintel schema import` wrote.
    package var packs: [DefinitionPack] = []

    package init() {}
}

/// Compares objects with the types of the API: built-in ones at once, custom ones when all definitions are known.
package final class TypeJudge: Sendable {
    /// The checks in use; numbers of violations are places in it.
    package let checks: [Policy]
    private let slots: [Fault.Rule: Int]
    private let options: TypeOptions
    private let builtin: ObjectCheck
    private let previous: [ObjectKey: Resource]
    private let waiting = Mutex(Waiting())

    private struct Waiting {
        var definitions: [Document] = []
        /// Objects that no built-in kind describes.
        var objects: [Resource] = []
    }

    private struct ObjectKey: Hashable {
        var kind: GroupKind
        var namespace: String?
        var name: String

        init(_ resource: Resource) {
            kind = resource.type.groupKind
            namespace = resource.namespace
            name = resource.name
        }
    }

    /// - Parameters:
    ///   - checks: those of `Policy.typeChecks` that are used.
    ///   - previous: objects as they were before a change.
    package init(_ checks: [Policy], options: TypeOptions, previous: [Resource]) {
        self.checks = checks
        self.options = options
        var slots: [Fault.Rule: Int] = [:]
        for (slot, check) in checks.enumerated() {
            if let rule = Fault.Rule(rawValue: check.slug) { slots[rule] = slot }
        }
        self.slots = slots
        builtin = ObjectCheck(releases: options.releases)
        self.previous = Dictionary(previous.map { (ObjectKey($0), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Judges one object; one of a kind that is not built in is kept for `finish`.
    package func check(_ resource: Resource, into verdicts: inout Verdicts) {
        if resource.type.groupKind == Self.definition { waiting.withLock { $0.definitions.append(resource.document) } }
        switch builtin.check(resource.document) {
        case .checked(let faults):
            add(faults, resource, &verdicts)
            compare(resource, &verdicts)
        case .unknownKind: waiting.withLock { $0.objects.append(resource) }
        case .notAnObject: break
        }
    }

    private static let definition = GroupKind(group: "apiextensions.k8s.io", kind: "CustomResourceDefinition")

    private func compare(_ resource: Resource, _ verdicts: inout Verdicts) {
        guard !previous.isEmpty, let before = previous[ObjectKey(resource)] else { return }
        add(builtin.changes(from: before.document, to: resource.document), resource, &verdicts)
    }

    /// Judges what was kept, now that all objects were given.
    /// - Returns: what could not be evaluated, a sentence for each kind.
    package func finish(into verdicts: inout Verdicts) -> [String] {
        let (definitions, objects) = waiting.withLock { ($0.definitions, $0.objects) }
        if objects.isEmpty { return [] }
        var kinds = options.custom
        for definition in definitions { kinds.add(definition) }
        let check = ObjectCheck(
            releases: options.releases, custom: kinds,
            packs: options.packs + [DefinitionPack.builtin].compactMap(\.self))
        var told: Set<TypeReference> = []
        var seen: Set<TypeReference> = []
        for resource in objects.sorted(by: Self.inFileOrder) {
            switch check.check(resource.document) {
            case .checked(let faults):
                add(faults, resource, &verdicts)
                if let kind = TypeReference(resource.value).flatMap({ kinds.kind($0) }) { seen.insert(kind.type) }
            case .unknownKind(let kind): add(kind, resource, &told, &verdicts)
            case .notAnObject: break
            }
        }
        return kinds.all.filter { seen.contains($0.type) }.compactMap { kind in
            let count = kind.shape?.ruleCount ?? 0
            return count == 0 ? nil : "the \(count) rules in CEL of \(kind.type.kind) (\(kind.type.apiVersion))"
        }
    }

    private static func inFileOrder(_ left: Resource, _ right: Resource) -> Bool {
        if left.path != right.path { return left.path.utf8.lexicographicallyPrecedes(right.path.utf8) }
        if left.documentIndex != right.documentIndex { return left.documentIndex < right.documentIndex }
        return left.itemPath.lexicographicallyPrecedes(right.itemPath)
    }

    private func add(
        _ kind: UnknownKind, _ resource: Resource, _ told: inout Set<TypeReference>, _ verdicts: inout Verdicts
    ) {
        let path = DocumentPath([.key("apiVersion")])
        if kind.isRefused || options.missing == .fail {
            let span = resource.document.place(at: path).span
            add(
                [Fault(rule: .unknownKind, path: path, span: span, message: kind.message, hint: kind.hint)], resource,
                &verdicts)
        } else if options.missing == .warn, slots[.unknownKind] != nil, told.insert(kind.type).inserted {
            verdicts.problems.append(
                Diagnostic(
                    code: "schema_missing", severity: .warning, message: kind.message,
                    range: resource.document.range(resource.document.place(at: path).span), hint: kind.hint))
        }
    }

    private func add(_ faults: [Fault], _ resource: Resource, _ verdicts: inout Verdicts) {
        if verdicts.evaluated.count < checks.count { verdicts.evaluated.formUnion(checks.map(PolicyKey.init)) }
        if faults.isEmpty { return }
        let locator = FindingLocator(resource: resource)
        for fault in faults {
            guard let slot = slots[fault.rule] else { continue }
            var message = fault.message
            if let first = fault.releases.first, let last = fault.releases.last {
                message += first == last ? " (Kubernetes \(first))" : " (Kubernetes \(first) to \(last))"
            }
            if let hint = fault.hint { message += "; \(hint)" }
            verdicts.violations.append(
                Violation(
                    slot: slot, message: message, resource: resource.reference, path: fault.path,
                    location: locator.location(of: fault.path, span: fault.span), details: nil))
        }
    }
}
