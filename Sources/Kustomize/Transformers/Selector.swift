/// Which objects a patch or replacement is for: parts are regular expressions, labels and annotations selectors.
struct Selector {
    let group: SelectorPart
    let version: SelectorPart
    let kind: SelectorPart
    let name: SelectorPart
    let namespace: SelectorPart
    let labels: LabelSelector
    let annotations: LabelSelector
    /// Whether labels or annotations are selected by.
    let hasMetadataTests: Bool
    /// Whether any part of the ID is given.
    let hasID: Bool
    let id: ResourceID

    init(_ fields: Fields) throws(BuildError) {
        try fields.requireStrictly(Kustomization.selectorFields)
        let (g, v, k) = (try fields.text("group"), try fields.text("version"), try fields.text("kind"))
        let (n, s) = (try fields.text("name"), try fields.text("namespace"))
        group = try SelectorPart(g)
        version = try SelectorPart(v)
        kind = try SelectorPart(k)
        name = try SelectorPart(n)
        namespace = try SelectorPart(s)
        let (label, annotation) = (try fields.text("labelSelector"), try fields.text("annotationSelector"))
        labels = try LabelSelector(label)
        annotations = try LabelSelector(annotation)
        hasMetadataTests = label != nil || annotation != nil
        id = ResourceID(
            gvk: Gvk(group: g?.text ?? "", version: v?.text ?? "", kind: k?.text ?? ""), name: n?.text ?? "",
            namespace: s?.text ?? "")
        hasID = !id.isEmpty
    }

    func matches(_ gvk: Gvk) -> Bool {
        group.matches(gvk.group) && version.matches(gvk.version) && kind.matches(gvk.kind)
    }

    /// Whether an ID is selected.
    func matches(_ id: ResourceID) -> Bool {
        matches(id.gvk) && name.matches(id.name) && namespace.matches(id.effectiveNamespace)
    }

    /// Whether labels and annotations are as wanted.
    func matchesMetadata(_ resource: Resource) -> Bool {
        labels.matches(resource.labels) && annotations.matches(resource.annotations)
    }

    /// Whether an object is the target of a patch: by its current or first name and namespace.
    func matches(_ resource: Resource) -> Bool {
        let (current, original) = (resource.id, resource.originalID)
        return (namespace.matches(original.effectiveNamespace) || namespace.matches(current.effectiveNamespace))
            && (name.matches(original.name) || name.matches(current.name)) && matches(current.gvk)
            && matchesMetadata(resource)
    }
}
