import Documents
import Inputs
import Judging
import Schemas

/// Finds what is risky about the changes between two sides.
struct RiskFinder {
    let types: TypeSource
    private(set) var risks: [Risk] = []

    init(_ types: TypeSource) { self.types = types }

    mutating func look(at pairs: [(old: ComparedObject, new: ComparedObject)], added: [ComparedObject], removed: [ComparedObject])
    {
        let check = ObjectCheck(releases: types.release.map { ReleaseRange($0) }, custom: types.custom, packs: types.packs)
        for (old, new) in pairs {
            for fault in check.changes(from: old.resource.document, to: new.resource.document) {
                let hint = fault.hint.map { "; \($0)" } ?? ""
                add(.refused, .high, "\(fault.message)\(hint)", new, fault.path)
            }
            look(at: new, before: old)
        }
        for object in added { look(at: object, before: nil) }
        for object in removed { lookAtRemoved(object) }
    }

    /// - Parameter before: the object as it was; nil for a new one.
    private mutating func look(at object: ComparedObject, before: ComparedObject?) {
        let root = object.resource.value, old = before?.resource.value ?? .undefined
        switch (object.resource.type.group, object.resource.type.kind) {
        case ("rbac.authorization.k8s.io", "Role"), ("rbac.authorization.k8s.io", "ClusterRole"):
            add(RightsChange.ofRole(old, root), of: .rights, object, DocumentPath([.key("rules")]))
        case ("rbac.authorization.k8s.io", "RoleBinding"), ("rbac.authorization.k8s.io", "ClusterRoleBinding"):
            add(RightsChange.ofBinding(old, root), of: .rights, object, DocumentPath([.key("subjects")]))
        case ("networking.k8s.io", "NetworkPolicy") where before != nil:
            add(NetworkPolicyChange.openings(old, root), of: .network, object, DocumentPath([.key("spec")]))
        case ("", "Namespace"):
            add(GuardChange.ofNamespace(old, root), of: .rights, object, DocumentPath([.key("metadata"), .key("labels")]))
        case ("apiextensions.k8s.io", "CustomResourceDefinition"):
            add(GuardChange.ofDefinition(old, root), of: .removal, object, DocumentPath([.key("spec"), .key("versions")]))
        default:
            add(Exposure.openings(object.resource.type.groupKind, old, root), of: .exposure, object, DocumentPath([.key("spec")]))
        }
        if before != nil || SyncOrder(root).isSaid { lookAtOrder(object, old: old) }
    }

    private mutating func lookAtOrder(_ object: ComparedObject, old: Value) {
        let (before, now) = (SyncOrder(old), SyncOrder(object.resource.value))
        if old.isDefined, before != now {
            let path = DocumentPath([.key("metadata"), .key("annotations")])
            add(.order, .low, "is applied \(now.text) instead of \(before.text)", object, path)
        }
    }

    private mutating func lookAtRemoved(_ object: ComparedObject) {
        let type = object.resource.type
        if type.group == "networking.k8s.io", type.kind == "NetworkPolicy" {
            let pods = NetworkPolicyChange.selection(object.resource.value)
            add(.network, .high, "is removed: \(pods) may be reached unless another policy covers them", object, DocumentPath())
            return
        }
        if let (weight, message) = Removal.loss(type.groupKind, object.resource.value) {
            add(.removal, weight, message, object, DocumentPath())
        }
    }

    // MARK: Risks

    private mutating func add(_ notes: [RiskNote], of kind: Risk.Kind, _ object: ComparedObject, _ path: DocumentPath) {
        for note in notes { add(kind, note.weight, note.message, object, note.path ?? path) }
    }

    mutating func add(
        _ kind: Risk.Kind, _ weight: Risk.Weight, _ message: String, _ object: ComparedObject, _ path: DocumentPath
    ) {
        let screen = SecretScreen(object.resource)
        let place = PlaceFinder(resource: object.resource).location(of: path)
        risks.append(
            Risk(
                kind: kind, weight: weight, message: screen.shown(line: message), object: object.resource.reference,
                application: object.application.kind == nil ? "" : object.application.title, place: place))
    }

    /// The risks, the worst first; what is said of one object in several applications is said once.
    func sorted() -> [Risk] {
        struct Key: Hashable {
            var kind: Risk.Kind
            var message: String
            var title: String
        }
        var list: [Risk] = [], known: [Key: Int] = [:]
        for risk in risks {
            let key = Key(kind: risk.kind, message: risk.message, title: risk.object.title)
            if let index = known[key] {
                list[index].alsoIn.append(risk.application)
            } else {
                known[key] = list.count
                list.append(risk)
            }
        }
        let kinds = Dictionary(uniqueKeysWithValues: Risk.Kind.allCases.enumerated().map { ($1, $0) })
        return list.enumerated().sorted { left, right in
            let (a, b) = (left.element, right.element)
            return (a.weight, kinds[a.kind] ?? 0, left.offset) < (b.weight, kinds[b.kind] ?? 0, right.offset)
        }.map(\.element)
    }
}

/// What a change of one object opens.
struct RiskNote: Equatable {
    var weight: Risk.Weight
    var message: String
    var path: DocumentPath?

    init(_ weight: Risk.Weight, _ message: String, at path: DocumentPath? = nil) {
        (self.weight, self.message, self.path) = (weight, message, path)
    }
}
