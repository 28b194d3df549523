package import Documents

/// Finds the Pod templates of objects whose kinds are not Kubernetes' own: by the table, by what the configuration says
/// and, for unknown kinds, by their shape.
package struct Workloads: Sendable {
    /// What the configuration says of kinds.
    private let configured: [GroupKind: WorkloadKind]

    /// The most templates of one object that are judged.
    private static let limit = 256
    /// How far and how deep an object of an unknown kind is searched.
    private static let searchNodes = 20_000
    private static let searchDepth = 24

    package init(_ configured: [GroupKind: [PodPath]] = [:]) {
        self.configured = configured.mapValues { WorkloadKind($0, life: .lasting) }
    }

    /// The Pod templates of an object; none for Kubernetes' own kinds, which policies read directly.
    package func views(of resource: Resource) -> [PodView] {
        views(of: resource.document, type: resource.type.groupKind)
    }

    package func views(of document: Document, type: GroupKind) -> [PodView] {
        if let known = configured[type] ?? WorkloadTable.kind(type) { return views(of: document, known) }
        guard Self.mayHoldPods(type) else { return [] }
        var search = ShapeSearch(nodes: Self.searchNodes, depth: Self.searchDepth)
        search.look(document.root, path: [])
        return search.found.prefix(Self.limit).map { pod, isPartial in
            PodView(of: document, pod: pod, life: .other, isGuess: true, isPartial: isPartial)
        }
    }

    private func views(of document: Document, _ kind: WorkloadKind) -> [PodView] {
        let nodes = kind.paths.flatMap { $0.nodes(in: document.root, limit: Self.limit) }
        let pods: [PodTemplate] = nodes.flatMap { node, path -> [PodTemplate] in
            switch kind.form {
            case .template, .partial: [PodTemplate(node, path: path)].compactMap(\.self)
            case .argoWorkflow: EnginePods.argo(node, path: path)
            case .tektonTask: [EnginePods.tekton(node, path: path, root: document.root)].compactMap(\.self)
            }
        }
        return pods.prefix(Self.limit).map { pod in
            PodView(
                of: document, pod: pod, life: kind.life, isGuess: false,
                isPartial: kind.form == .partial)
        }
    }

    /// Kinds that hold no Pods although they may hold something of the shape: Kubernetes' own, and those that hold
    /// patterns, patches and settings.
    private static func mayHoldPods(_ type: GroupKind) -> Bool {
        if type.group.isEmpty || type.group == "lintel" || ownGroups.contains(type.group)
            || type.group.hasSuffix(".k8s.io") && !type.group.hasSuffix(".x-k8s.io")
        {
            return false
        }
        if type.group.hasSuffix(".gatekeeper.sh") || type.group.hasSuffix("kyverno.io")
            || type.group.hasSuffix(".toolkit.fluxcd.io")
        {
            return false
        }
        return !otherKinds.contains(type)
    }

    private static let ownGroups: Set = ["apps", "batch", "extensions", "autoscaling", "policy", "kustomize.config.k8s.io"]

    private static let otherKinds: Set = [
        GroupKind("argoproj.io/Application"), GroupKind("argoproj.io/ApplicationSet"), GroupKind("helm.cattle.io/HelmChart"),
        GroupKind("helm.cattle.io/HelmChartConfig"),
    ]
}

/// Looks for Pod templates in an object of which nothing is known: lists of containers that have a name and an image.
private struct ShapeSearch {
    private var nodes: Int
    private let depth: Int
    private(set) var found: [(pod: PodTemplate, isPartial: Bool)] = []

    init(nodes: Int, depth: Int) {
        self.nodes = nodes
        self.depth = depth
    }

    mutating func look(_ node: Value, path: [DocumentPath.Step]) {
        guard nodes > 0, path.count <= depth, node.isCollection else { return }
        nodes -= 1
        if node.kind == .array {
            for (index, item) in node.elements.enumerated() where item.isCollection { look(item, path: path + [.index(index)]) }
            return
        }
        let isTemplate = Self.isTemplate(node)
        if isTemplate || Self.hasContainers(node), let pod = PodTemplate(node, path: path) {
            found.append((pod, isPartial: !isTemplate))
            return
        }
        for index in node.keys.indices where node.values[index].isCollection {
            look(node.values[index], path: path + [.key(node.keys[index].string)])
        }
    }

    /// An object that says nothing but `metadata` and a `spec` with containers.
    private static func isTemplate(_ node: Value) -> Bool {
        node.keys.allSatisfy { ["metadata", "spec"].contains($0.stringValue ?? "") } && hasContainers(node.field("spec"))
    }

    private static func hasContainers(_ node: Value) -> Bool {
        let list = node.field("containers")
        guard list.kind == .array, list.count > 0 else { return false }
        return list.elements.allSatisfy {
            $0.kind == .object && $0.field("name").kind == .string
                && ($0.field("image").kind == .string || $0.field("securityContext").kind == .object)
        } && list.elements.contains { $0.field("image").kind == .string }
    }
}
