import Documents

/// Checks objects of the API inside custom resources: apiVersion, kind and metadata.
struct EmbeddedCheck {
    let inspection: Inspection

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
            }
        }
        let kind = node["kind"]
        var lowered = kind.text.lowercased()
        if !kind.isEmptyText, let problem = lowered.withUTF8({ NameRule.dns1035Label($0) }) {
            kind.invalid("kind is \(Wording.quoted(kind.text)), but it \(Node.phrase(problem))")
        }
        let version = node["apiVersion"]
        if version.text.filter({ $0 == "/" }).count > 1 {
            version.invalid("apiVersion is \(Wording.quoted(version.text)), but must be GROUP/VERSION")
        }
        if node.link >= 0, node["metadata"].isObject { checkMetadata(node["metadata"]) }
    }

    /// Names of embedded objects are not required.
    private func checkMetadata(_ metadata: Node) {
        MetadataRules.checkLabels(metadata["labels"])
        MetadataRules.checkAnnotations(metadata["annotations"])
        metadata["namespace"].mustBe(NameRule.dnsLabel)
    }
}
