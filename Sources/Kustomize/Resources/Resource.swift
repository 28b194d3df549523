/// One Kubernetes object of a build, with what kustomize remembers of it between the steps.
///
/// kustomize keeps this memory in annotations; where the difference shows (an annotation map that exists because of
/// them), `hasBuildAnnotations` tells.
final class Resource {
    /// What a generated object does when one of its ID exists.
    enum Behavior: String { case unspecified, create, replace, merge }

    /// The object; empty once a patch has deleted it.
    let root: Node
    /// Former kinds, names and effective namespaces, the oldest first.
    private(set) var formerIDs: [(kind: String, name: String, namespace: String)] = []
    var prefixes: [String] = []
    var suffixes: [String] = []
    var behavior = Behavior.unspecified
    var needsHash = false
    /// Whether a patch may change the name, or the kind, of what it is applied to.
    var allowsNameChange = false
    var allowsKindChange = false
    /// Whether a chart made it: its namespace is the chart's affair.
    var isChartOutput = false
    /// Vars that read a field of it.
    var varNames: [String] = []
    /// Where it came from, for the annotations of `buildMetadata`.
    var buildOrigin: BuildOrigin?
    var transformations: [BuildOrigin] = []

    private var cachedID: ResourceID?

    init(_ root: Node) { self.root = root }

    var isDeleted: Bool { root.isNullOrEmpty }

    // MARK: Identity

    var kind: String { root.field("kind")?.text ?? "" }
    var apiVersion: String { root.field("apiVersion")?.text ?? "" }
    var gvk: Gvk { id.gvk }
    var metadata: Node? {
        guard let node = root.field("metadata"), !node.isNullOrEmpty else { return nil }
        return node
    }
    var name: String { metaText("name") }
    var namespace: String { metaText("namespace") }
    var labels: Node? { metadata?.field("labels") }
    var annotations: Node? { metadata?.field("annotations") }

    private func metaText(_ key: String) -> String {
        guard let node = metadata?.field(key), !node.isNullOrEmpty else { return "" }
        return node.text
    }

    /// What the object is called now.
    var id: ResourceID {
        if let cachedID { return cachedID }
        let made = ResourceID(gvk: Gvk(apiVersion: apiVersion, kind: kind), name: name, namespace: namespace)
        cachedID = made
        return made
    }

    /// Must be called after anything that may have changed kind, name or namespace.
    func forgetID() { cachedID = nil }

    /// What it was called before, the oldest first.
    var previousIDs: [ResourceID] {
        let gvk = id.gvk
        return formerIDs.map {
            ResourceID(
                gvk: Gvk(group: gvk.group, version: gvk.version, kind: $0.kind), name: $0.name, namespace: $0.namespace)
        }
    }

    /// What it was called at first.
    var originalID: ResourceID { formerIDs.isEmpty ? id : previousIDs[0] }

    /// Current and former IDs.
    var allIDs: [ResourceID] { [id] + previousIDs }

    /// Remembers what the object is called, before a step that may change it.
    func rememberID() {
        let id = id
        formerIDs.append((id.gvk.kind, id.name, id.effectiveNamespace))
    }

    /// Forgets former names, as happens in kustomize when a patch removes all annotations.
    func forgetFormerIDs() { formerIDs = [] }

    // MARK: Setting metadata

    func setName(_ name: Node) throws(BuildError) {
        try root.fieldOrCreate("metadata", .mapping, tag: .map).set("name", name)
        forgetID()
    }

    /// Sets the namespace; nil removes it.
    func setNamespace(_ namespace: Node?) throws(BuildError) {
        if let namespace {
            try root.fieldOrCreate("metadata", .mapping, tag: .map).set("namespace", namespace)
        } else {
            root.field("metadata")?.clear("namespace")
        }
        forgetID()
    }

    /// Sets an annotation, making the map when it is missing.
    func setAnnotation(_ key: String, _ value: Node) throws(BuildError) {
        let metadata = try root.fieldOrCreate("metadata", .mapping, tag: .map)
        if metadata.field("annotations")?.isNull == true { metadata.clear("annotations") }
        try metadata.fieldOrCreate("annotations", .mapping, tag: .map).set(key, value)
    }

    /// Makes all values of labels or annotations strings, as rewriting them does; an empty map is removed.
    func normalizeMetadataMap(_ key: String) {
        guard let metadata, let map = metadata.field(key) else { return }
        let entries = map.entries
        if entries.isEmpty {
            metadata.clear(key)
            return
        }
        for (name, value) in entries {
            if name.style == .plain { name.tag = .string }
            if value.kind == .scalar, value.tag == .string {
                if value.style == .folded { value.style = .plain }
                continue
            }
            let text = value.kind == .scalar ? value.text : ""
            value.kind = .scalar
            value.content = []
            value.text = text
            value.tag = .string
            value.style = .plain
            value.hasExplicitTag = false
        }
    }

    // MARK: Copies

    /// A copy that shares nothing.
    func copy() -> Resource {
        let result = Resource(root.copy())
        result.takeMemory(of: self)
        return result
    }

    /// Takes over what is remembered of another one.
    func takeMemory(of other: Resource) {
        formerIDs = other.formerIDs
        prefixes = other.prefixes
        suffixes = other.suffixes
        behavior = other.behavior
        needsHash = other.needsHash
        allowsNameChange = other.allowsNameChange
        allowsKindChange = other.allowsKindChange
        isChartOutput = other.isChartOutput
        varNames = other.varNames
        buildOrigin = other.buildOrigin
        transformations = other.transformations
        forgetID()
    }

    /// Takes over the memory of the object that this one replaces or merges into; the hash is kept when both want one.
    func inherit(from other: Resource) {
        let wantsHash = needsHash && other.needsHash
        let (origin, changes) = (buildOrigin ?? other.buildOrigin, transformations)
        takeMemory(of: other)
        needsHash = wantsHash
        buildOrigin = origin
        if !changes.isEmpty { transformations = changes }
    }
}
