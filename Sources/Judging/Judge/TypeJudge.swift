package import Catalogue
package import Diagnostics
import Documents
package import Inputs
package import Schemas
import Synchronization
import Text

/// How objects are compared with the API's types.
package struct TypeOptions: Sendable {
    /// The releases to check against; the newest one known when nil.
    package var releases: ReleaseRange?
    package var missing = MissingTypes.warn
    /// Kinds of definitions that are not among the inputs.
    package var custom = CustomKinds()
    /// Schemas that `lintel schema import` wrote.
    package var packs: [DefinitionPack] = []
    /// The most mistakes of a kind in one object that are told; the others are counted.
    package var violationLimit = Int.max
    /// What is accepted; nil when nothing is.
    package var exceptions: Exceptions?
    /// Gives the paths of objects before a change, and of those after it, names that they share.
    package var previousName: @Sendable (String) -> String = { $0 }
    /// Where objects are noted for a run that compares with them; nil when none does.
    package var noted: EarlierObjects?
    /// Waits for the objects before a change, when another run reads them meanwhile; nil when none does.
    package var earlier: (@Sendable () -> EarlierObjects?)?

    package init() {}
}

/// Compares objects with the types of the API: built-in ones at once, custom ones when all definitions are known.
package final class TypeJudge: Sendable {
    /// The checks in use; numbers of violations are places in it.
    package let checks: [Policy]
    /// The slot of each rule that is used; a list, for they are few.
    private let slots: [(rule: Fault.Rule, slot: Int)]
    private let options: TypeOptions
    private let builtin: ObjectCheck
    private let previous: EarlierObjects?
    private let waiting = Mutex(Waiting())

    private struct Waiting {
        var definitions: [Resource] = []
        /// Objects that no built-in kind describes.
        var objects: [Resource] = []
        /// Objects to compare with those before the change, once they are known.
        var changed: [Resource] = []
    }

    /// - Parameters:
    ///   - checks: those of `Policy.typeChecks` that are used.
    ///   - previous: objects as they were before a change.
    package init(_ checks: [Policy], options: TypeOptions, previous: [Resource]) {
        self.checks = checks
        self.options = options
        slots = checks.enumerated().compactMap { slot, check in Fault.Rule(rawValue: check.slug).map { ($0, slot) } }
        builtin = ObjectCheck(releases: options.releases)
        self.previous = previous.isEmpty ? nil : EarlierObjects(previous, name: options.previousName)
    }

    private func slot(of rule: Fault.Rule) -> Int? { slots.first { $0.rule == rule }?.slot }

    /// Judges one object; one of a kind that is not built in is kept for `finish`.
    /// - Parameter isContext: whether it is there for others only: what says the same on both sides of a comparison is passed
    ///   over.
    package func check(_ resource: Resource, isContext: Bool = false, into results: inout CheckResults) {
        if Self.clientGroups.contains(resource.type.group) { return }
        if resource.type.groupKind == Self.definition { waiting.withLock { $0.definitions.append(resource) } }
        if isContext, builtin.isBuiltin(resource.type.reference) { return }
        options.noted?.add(resource)
        if options.earlier != nil, EarlierObjects.matters(resource) { waiting.withLock { $0.changed.append(resource) } }
        switch builtin.check(resource.document) {
        case .checked(let faults):
            add(faults, resource, &results)
            if let previous { add(previous.faults(of: resource, by: builtin), resource, &results) }
        case .unknownKind: waiting.withLock { $0.objects.append(resource) }
        case .notAnObject: break
        }
    }

    /// Files in the form of objects that no API server sees: for tools, for components of the cluster, and what this
    /// program makes of charts.
    private static let clientGroups: Set<String> = [
        "lintel", "kustomize.config.k8s.io", "audit.k8s.io", "kubeadm.k8s.io", "kubelet.config.k8s.io",
        "kubeproxy.config.k8s.io", "kubescheduler.config.k8s.io", "apiserver.config.k8s.io", "apiserver.k8s.io",
        "client.authentication.k8s.io", "kind.x-k8s.io", "config.kubernetes.io",
    ]

    private static let definition = GroupKind(group: "apiextensions.k8s.io", kind: "CustomResourceDefinition")

    /// Whether what is said of objects of a type depends on nothing but the object.
    package static func isBuiltin(_ type: GroupVersionKind, in releases: ReleaseRange?) -> Bool {
        ObjectCheck(releases: releases).isBuiltin(type.reference)
    }

    /// Compares the objects that waited for those before the change.
    private func compareWithEarlier(_ changed: [Resource], _ results: inout CheckResults) {
        guard !changed.isEmpty, let earlier = options.earlier?() else { return }
        for resource in changed.sorted(by: Self.inFileOrder) {
            let faults = earlier.faults(of: resource, by: builtin)
            if !faults.isEmpty { add(faults, resource, &results) }
        }
    }

    /// What is left when all objects were judged.
    package struct Rest: Sendable {
        /// What could not be evaluated, in words.
        package var notEvaluated: [String] = []
        /// What is to be said of kinds that nothing describes.
        package var problems: [Diagnostic] = []
        /// Kinds that nothing describes, and how many objects are of each.
        package var unknownKinds: [TypeReference: Int] = [:]
    }

    /// Judges what was kept, now that all objects were given.
    package func finish(into results: inout CheckResults) -> Rest {
        let (definitions, objects, changed) = waiting.withLock { ($0.definitions, $0.objects, $0.changed) }
        var rest = Rest()
        compareWithEarlier(changed, &results)
        if objects.isEmpty { return rest }
        var kinds = options.custom, own = CustomKinds()
        var redefined: [TypeReference: Diagnostic] = [:]
        for definition in definitions.sorted(by: Self.inFileOrder) {
            kinds.add(definition.document)
            let twice = own.add(definition.document)
            for kind in CustomKind.kinds(in: definition.document) { redefined[kind.type] = twice ?? redefined[kind.type] }
        }
        let check = ObjectCheck(
            releases: options.releases, custom: kinds,
            packs: options.packs + [DefinitionPack.builtin].compactMap(\.self))
        var told: Set<TypeReference> = []
        var seen: Set<TypeReference> = []
        for resource in objects.sorted(by: Self.inFileOrder) {
            switch check.check(resource.document) {
            case .checked(let faults):
                add(faults, resource, &results)
                if let kind = TypeReference(resource.value).flatMap({ kinds.kind($0) }) { seen.insert(kind.type) }
            case .unknownKind(let kind): add(kind, resource, &told, &results, &rest)
            case .notAnObject: break
            }
        }
        var refused: Set<String> = []
        for kind in kinds.all where seen.contains(kind.type) {
            if let twice = redefined[kind.type], !rest.problems.contains(twice) { rest.problems.append(twice) }
            // Definitions among the objects were judged as they came along.
            guard own.kind(kind.type) == nil, refused.insert("\(kind.type.group)/\(kind.type.kind)").inserted else { continue }
            if let problem = refusal(of: kind) { rest.problems.append(problem) }
        }
        rest.notEvaluated = kinds.all.filter { seen.contains($0.type) }.compactMap { kind in
            let count = kind.shape?.ruleCount ?? 0
            return count == 0 ? nil : "the \(count) rules in CEL of \(kind.type.kind) (\(kind.type.apiVersion))"
        }
        return rest
    }

    /// Says that the API server would refuse the definition of a kind, by which objects were judged all the same.
    private func refusal(of kind: CustomKind) -> Diagnostic? {
        guard case .checked(let faults) = builtin.check(kind.document), let first = faults.first else { return nil }
        let others = faults.count == 1 ? "" : " (and \(faults.count - 1) more)"
        return Diagnostic(
            code: "schema_refused", severity: .warning,
            message: "the API server refuses this definition of \(kind.type.kind): \(first.message)\(others)",
            range: first.span.flatMap { kind.document.range($0) } ?? kind.place,
            hint: "mend it, as its objects are checked by what it says; lintel check \(kind.origin) tells all")
    }

    private static func inFileOrder(_ left: Resource, _ right: Resource) -> Bool {
        if left.path != right.path { return ExactText.precedes(left.path, right.path) }
        if left.documentIndex != right.documentIndex { return left.documentIndex < right.documentIndex }
        return left.itemPath.lexicographicallyPrecedes(right.itemPath)
    }

    private func add(
        _ kind: UnknownKind, _ resource: Resource, _ told: inout Set<TypeReference>, _ results: inout CheckResults,
        _ rest: inout Rest
    ) {
        let path = DocumentPath([.key("apiVersion")])
        // Told by a finding of this check; a kind of another release also by the policies about removed APIs.
        let isTold = kind.isRefused && (slot(of: .unknownKind) != nil || kind.isOtherVersion)
        if !isTold { rest.unknownKinds[kind.type, default: 0] += 1 }
        if kind.isRefused || options.missing == .fail {
            let span = resource.document.place(at: path).span
            add(
                [Fault(rule: .unknownKind, path: path, span: span, message: kind.message, hint: kind.hint)], resource,
                &results)
        } else if options.missing == .warn, slot(of: .unknownKind) != nil, told.insert(kind.type).inserted {
            rest.problems.append(
                Diagnostic(
                    code: "schema_missing", severity: .warning, message: kind.message,
                    range: resource.document.range(resource.document.place(at: path).span), hint: kind.hint))
        }
    }

    /// What puts in what was meant. The API server drops or refuses what is there, so that the change is one of behaviour.
    private static func changes(for fault: Fault) -> [ObjectEdit] {
        guard let meant = fault.meant, !fault.path.steps.isEmpty else { return [] }
        if fault.rule == .unknownField { return [ObjectEdit(.rename, fault.path, meant, isUnsafe: true)] }
        let value = Document { $0.string(meant) }.withRoot { JSONWriter.string($0) }
        return [ObjectEdit(.replace, fault.path, value, isUnsafe: true)]
    }

    private func add(_ faults: [Fault], _ resource: Resource, _ results: inout CheckResults) {
        if results.evaluated.isEmpty { results.evaluated = Array(checks.indices) }
        results.turns += 1
        if faults.isEmpty { return }
        let finder = PlaceFinder(resource: resource), screen = SecretScreen(resource)
        var counts = [Int](repeating: 0, count: faults.count > options.violationLimit ? checks.count : 0)
        for fault in faults {
            guard let slot = slot(of: fault.rule) else { continue }
            if !counts.isEmpty {
                counts[slot] += 1
                if counts[slot] > options.violationLimit {
                    results.omit(slot, nil)
                    continue
                }
            }
            var message = fault.message
            if let first = fault.releases.first, let last = fault.releases.last {
                message += first == last ? " (Kubernetes \(first))" : " (Kubernetes \(first) to \(last))"
            }
            if let hint = fault.hint { message += "; \(hint)" }
            var violation =
                Violation(
                    slot: slot, message: message, resource: resource.reference, path: fault.path,
                    location: finder.location(of: fault.path, span: fault.span), screen: screen,
                    origin: resource.document.origin, stablePath: StablePath.text(of: fault.path, in: resource.document))
            violation.changes = Self.changes(for: fault)
            options.exceptions?.apply(to: &violation, of: checks[slot], in: resource)
            results.violations.append(violation)
        }
    }
}

extension GroupVersionKind {
    fileprivate var reference: TypeReference { TypeReference(group: group, version: version, kind: kind) }
}
