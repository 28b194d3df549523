import Documents

/// The defaults in the schemas of a CustomResourceDefinition: the API server takes only what the schema beside them allows.
struct DefinitionDefaults {
    private let inspection: Inspection
    private let catalogue: TypeCatalogue
    /// Deeper schemas are not looked at.
    private static let maximumDepth = 100

    static func check(_ definition: Node, _ catalogue: TypeCatalogue) {
        let defaults = DefinitionDefaults(inspection: definition.inspection, catalogue: catalogue)
        for version in definition["spec"]["versions"].elements {
            let schema = version["schema"]["openAPIV3Schema"]
            if schema.isObject { defaults.check(schema, CustomShape(schema.value), isResource: true, depth: 0) }
        }
    }

    /// - Parameter isResource: whether the schema describes an object of the API.
    private func check(_ schema: Node, _ shape: CustomShape, isResource: Bool, isInMetadata: Bool = false, depth: Int) {
        if depth == Self.maximumDepth { return }
        let isResource = isResource || shape.isEmbedded
        let isInMetadata = isInMetadata && !shape.isEmbedded
        let value = schema["default"]
        if value.isSet { check(value, shape, isInMetadata: isInMetadata) }
        for (name, property) in schema["properties"].entries {
            guard let inner = shape.field(name.string) else { continue }
            let isOfObject = isResource && ["apiVersion", "kind", "metadata"].contains(name.string)
            check(property, inner, isResource: false, isInMetadata: isInMetadata || isOfObject, depth: depth + 1)
        }
        // The server does not follow further keys of maps.
        if let items = shape.items {
            check(schema["items"], items, isResource: false, isInMetadata: isInMetadata, depth: depth + 1)
        }
    }

    private func check(_ value: Node, _ shape: CustomShape, isInMetadata: Bool) {
        // Defaults are compared as they are: nothing is dropped from them or filled into them first.
        var check = CustomCheck(inspection)
        check.check(value, shape)
        if !check.causes.isEmpty || isInMetadata { return }
        EmbeddedCheck(inspection: inspection, catalogue: catalogue).check(value, shape, isResource: shape.isEmbedded)
        let arena = Arena.make()
        defer { arena.destroy() }
        var pruning = Pruning(in: arena)
        _ = pruning.pruned(value.value, shape, isResource: shape.isEmbedded)
        for path in pruning.dropped {
            let name = path.steps.last.map { DocumentPath([$0]).fieldPath } ?? ""
            inspection.report(
                .unknownField, DocumentPath(value.path.steps + path.steps), at: .key,
                "\(name) is no field of the schema beside the default", hint: "add it there, or leave it out here")
        }
    }
}
