import Documents

/// The defaults in the schemas of a CustomResourceDefinition: the API server takes only what the schema beside them allows.
enum DefinitionDefaults {
    /// Deeper schemas are not looked at.
    private static let maximumDepth = 100

    static func check(_ definition: Node) {
        for version in definition["spec"]["versions"].elements {
            let schema = version["schema"]["openAPIV3Schema"]
            if schema.isObject { check(schema, CustomShape(schema.value), depth: 0) }
        }
    }

    private static func check(_ schema: Node, _ shape: CustomShape, depth: Int) {
        if depth == maximumDepth { return }
        let value = schema["default"]
        if value.value.isDefined {
            var check = CustomCheck(value.inspection)
            check.check(value, shape)
        }
        for (name, property) in schema["properties"].entries {
            if let inner = shape.field(name.string) { check(property, inner, depth: depth + 1) }
        }
        if let items = shape.items { check(schema["items"], items, depth: depth + 1) }
        if case .shape(let values) = shape.additional { check(schema["additionalProperties"], values, depth: depth + 1) }
    }
}
