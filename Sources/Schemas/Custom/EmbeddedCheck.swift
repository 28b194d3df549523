import Documents

/// Checks objects of the API inside custom resources: apiVersion, kind and metadata.
struct EmbeddedCheck {
    let inspection: Inspection
    var catalogue = TypeCatalogue.builtin

    func check(_ node: Node, _ shape: CustomShape, isResource: Bool) {
        if inspection.isFull { return }
        switch node.value.kind {
        case .object:
            if isResource || shape.isEmbedded { checkResource(node) }
            for (key, child) in node.entries where child.value.isCollection {
                if let field = shape.field(key.string) {
                    check(child, field, isResource: false)
                } else if case .shape(let element) = shape.additional {
                    check(child, element, isResource: false)
                }
            }
        case .array:
            guard let items = shape.items else { return }
            for child in node.elements where child.value.isCollection { check(child, items, isResource: false) }
        default: break
        }
    }

    private func checkResource(_ node: Node) {
        for field in [node["apiVersion"], node["kind"]] {
            if field.isEmptyText {
                field.missing("\(field.name) is required\(node.link < 0 ? "" : " in \(node.name)")")
            } else if field.value.kind != .string {
                inspection.report(
                    .wrongType, field.path, at: .value, "\(field.name) is \(Wording.shown(field.value)), but must be text")
            }
        }
        let kind = node["kind"]
        var lowered = kind.text.lowercased()
        if !lowered.isEmpty, let problem = lowered.withUTF8({ NameRule.dns1035Label($0) }) {
            kind.invalid("kind is \(Wording.quoted(kind.text)), but it \(Node.phrase(problem))")
        }
        let version = node["apiVersion"]
        if version.text.count(where: { $0 == "/" }) > 1 {
            version.invalid("apiVersion is \(Wording.quoted(version.text)), but must be GROUP/VERSION")
        }
        // The metadata of the object itself is looked at beside its spec.
        if node.link >= 0, node["metadata"].isSet { checkMetadata(node["metadata"]) }
    }

    /// Embedded objects have the metadata of all objects, and need no name.
    private func checkMetadata(_ metadata: Node) {
        let configMap = TypeReference(group: "", version: "v1", kind: "ConfigMap")
        var causes: [DocumentPath] = []
        if let shape = catalogue.shape(of: configMap, in: inspection.release), let field = shape.field("metadata") {
            var structure = StructureCheck(inspection, catalogue: catalogue, root: field.shape, type: configMap)
            structure.check(metadata, field.shape)
            causes = structure.causes
        }
        let start = inspection.faults.count
        MetadataRules(metadata: metadata).check(nameForm: { NameRule.pathSegment($0) }, needsName: false)
        inspection.dropConsequences(of: causes, from: start)
    }
}
