/// What the API says about merging a field: how lists merge, and the types below.
final class MergeSchema {
    /// How a list takes over the elements of a patch.
    struct ListRule {
        /// The fields that tell elements apart; none for lists of scalars that merge by value.
        var keys: [String]
    }

    var fields: [String: MergeSchema] = [:]
    /// The type of elements of a list.
    var elements: MergeSchema?
    /// The type of the values of a map with any keys.
    var values: MergeSchema?
    /// Nil for a list that a patch replaces.
    var rule: ListRule?

    init() {}

    /// The schema of a field; nil when the API says nothing of it.
    func field(_ name: String) -> MergeSchema? { fields[name] ?? values }
}

/// Where the schemas of kinds come from: kustomize's built-in types or a file that `openapi` names, the outermost
/// kustomization that says so deciding.
final class SchemaChoice {
    private var custom: [String: MergeSchema]?
    private(set) var isSet = false

    /// Takes the types of an OpenAPI document, unless something was chosen before.
    func use(_ document: Node) {
        if isSet { return }
        isSet = true
        custom = OpenAPITypes(document).kinds
    }

    /// Takes the built-in types, unless something was chosen before.
    func useBuiltin() { isSet = true }

    /// The schema of an object.
    func schema(of node: Node) -> MergeSchema? {
        guard let kind = node.field("kind"), let version = node.field("apiVersion"), !kind.valueText.isEmpty,
            !version.valueText.isEmpty
        else { return nil }
        let key = version.text + "/" + kind.text
        // A document takes the place of all built-in types.
        return custom == nil ? BuiltinTypes.kinds[key] : custom?[key]
    }
}
