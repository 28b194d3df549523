package import Documents
import Synchronization

/// Judges objects as the API server would: their shape and the rules beyond it.
package struct ObjectCheck: Sendable {
    package let catalogue: TypeCatalogue
    /// The releases to check against.
    package let releases: ReleaseRange
    /// Kinds of definitions at hand.
    package let custom: CustomKinds
    /// Schemas for kinds that no definition at hand describes; the first that has one counts.
    package let packs: [DefinitionPack]

    package init(
        catalogue: TypeCatalogue = .builtin, releases: ReleaseRange? = nil, custom: CustomKinds = CustomKinds(),
        packs: [DefinitionPack] = []
    ) {
        self.packs = packs
        self.catalogue = catalogue
        self.custom = custom
        let releases = releases ?? ReleaseRange(catalogue.newest)
        self.releases = releases
        let known = catalogue.releases.filter { releases.first <= $0 && $0 <= releases.last }
        let nearest = catalogue.releases.isEmpty ? [] : [catalogue.releases[catalogue.index(of: releases.last)]]
        asked = known.isEmpty ? nearest : known
    }

    /// What was found out about kinds that nothing describes, for the next objects of them.
    private let unknownKinds = UnknownKinds()

    /// What came of looking at an object.
    package enum Outcome: Sendable {
        /// The kind is known; nothing found where the list is empty.
        case checked([Fault])
        /// No release asked about and no definition given knows the kind.
        case unknownKind(UnknownKind)
        /// It is not an object of the API: without `apiVersion` or `kind`.
        case notAnObject
    }

    /// The releases in the range that the catalogue knows; its newest one where it knows none.
    let asked: [Release]

    /// Checks one object.
    package func check(_ document: Document) -> Outcome {
        document.withRoot { root in
            guard let type = TypeReference(root) else { return .notAnObject }
            if let kind = custom.kind(type), kind.isServed {
                let release = asked.last ?? releases.last
                return .checked(CustomObjectCheck.faults(of: document, kind, release: release, catalogue: catalogue))
            }
            guard let entry = catalogue.kind(type) else {
                if let versions = custom.versions(of: type) {
                    return .unknownKind(UnknownKind(type: type, versions: versions))
                }
                guard let kind = packs.lazy.compactMap({ $0.kind(type) }).first else { return unknown(type) }
                return .checked(wellKnownFaults(of: document, kind))
            }
            var merged = MergedFaults(count: asked.count)
            var isKnown = false
            for release in asked.reversed() {
                guard let shape = catalogue.shape(of: entry, in: release) else { continue }
                isKnown = true
                merged.add(Self.faults(of: document, type, entry, shape, release, catalogue), from: release)
            }
            if !isKnown { return unknown(type) }
            if let missing = missingReleases(entry, type, document) { merged.prepend(missing) }
            return .checked(merged.faults)
        }
    }

    /// Whether a built-in kind describes objects of a type, so that no definition can change what is said of them.
    package func isBuiltin(_ type: TypeReference) -> Bool {
        guard let entry = catalogue.kind(type) else { return false }
        return asked.contains { catalogue.shape(of: entry, in: $0) != nil }
    }

    /// Findings by a schema that may be of another version than the one in use.
    private func wellKnownFaults(of document: Document, _ kind: CustomKind) -> [Fault] {
        let release = asked.last ?? releases.last
        return CustomObjectCheck.faults(of: document, kind, release: release, catalogue: catalogue).map { fault in
            var fault = fault
            let note = "judged by the definition of \(kind.origin)"
            fault.hint = fault.hint.map { "\($0); \(note)" } ?? note
            return fault
        }
    }

    private static func faults(
        of document: Document, _ type: TypeReference, _ entry: KindEntry, _ shape: Shape, _ release: Release,
        _ catalogue: TypeCatalogue
    ) -> [Fault] {
        let inspection = Inspection(document, release: release)
        var structure = StructureCheck(inspection, catalogue: catalogue, root: shape, type: type)
        structure.run()
        let count = inspection.faults.count
        inspection.forgetNodes()
        KindRules(
            root: inspection.root, group: type.group, version: type.version, kind: type.kind, release: release,
            isStored: entry.isStored
        ).check()
        if type.group == "apiextensions.k8s.io", type.kind == "CustomResourceDefinition" {
            DefinitionDefaults.check(inspection.root, catalogue)
        }
        inspection.dropRepetitions(from: count)
        inspection.dropConsequences(of: structure.causes, from: count)
        return inspection.faults
    }

    /// The finding for releases of the range without the kind, when others have it.
    private func missingReleases(_ entry: KindEntry, _ type: TypeReference, _ document: Document) -> Fault? {
        let without = asked.filter { !entry.exists(in: $0) }
        guard let first = without.first, let last = without.last else { return nil }
        let span = document.place(at: DocumentPath([.key("apiVersion")])).span
        let range = first == last ? "\(first)" : "\(first) to \(last)"
        return Fault(
            rule: .unknownKind, path: DocumentPath([.key("apiVersion")]),
            span: document.range(span) == nil ? nil : span,
            message: "Kubernetes \(range) has no \(type.kind) in \(type.apiVersion)",
            hint: UnknownKind.advice(catalogue.kinds(named: type.kind), in: first), releases: without)
    }

    private func unknown(_ type: TypeReference) -> Outcome {
        .unknownKind(
            unknownKinds.kind(type) {
                UnknownKind(
                    type: type, entries: catalogue.kinds(named: type.kind), catalogue: catalogue,
                    release: asked.last ?? releases.last)
            })
    }
}

/// Kinds that nothing describes, by their names; only so many, as names come from manifests.
private final class UnknownKinds: Sendable {
    private let known = Mutex<[TypeReference: UnknownKind]>([:])

    func kind(_ type: TypeReference, _ make: () -> UnknownKind) -> UnknownKind {
        if let kind = known.withLock({ $0[type] }) { return kind }
        let kind = make()
        known.withLock { if $0.count < 2000 { $0[type] = kind } }
        return kind
    }
}

/// Findings of several releases, each told once.
private struct MergedFaults {
    private(set) var faults: [Fault] = []
    private let count: Int
    private var indices: [String: Int] = [:]

    init(count: Int) { self.count = count }

    mutating func add(_ found: [Fault], from release: Release) {
        if count == 1 {
            faults = found
            return
        }
        for fault in found {
            let key = "\(fault.rule.rawValue) \(fault.path.jsonPointer)"
            if let index = indices[key] {
                faults[index].releases.insert(release, at: 0)
            } else {
                indices[key] = faults.count
                faults.append(fault)
                faults[faults.count - 1].releases = [release]
            }
        }
    }

    mutating func prepend(_ fault: Fault) { faults.insert(fault, at: 0) }
}
