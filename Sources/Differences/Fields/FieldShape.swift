import Documents
package import Schemas

/// What is known about a field: a type of the API, that of a definition, or nothing.
enum FieldShape {
    /// - Parameters:
    ///   - field: the field that has the shape; nil for elements of lists and maps and the object itself.
    ///   - owner: the name of the type that has the field.
    case api(Shape, field: Shape.Field?, owner: String)
    case custom(CustomShape)
    case unknown

    func member(_ name: String) -> FieldShape {
        switch self {
        case .api(let shape, _, _):
            if let field = shape.field(name) { return .api(field.shape, field: field, owner: shape.typeName) }
            if shape.form == .map, let element = shape.element { return .api(element, field: nil, owner: "") }
            return .unknown
        case .custom(let shape):
            if let field = shape.field(name) { return .custom(field) }
            if case .shape(let element) = shape.additional { return .custom(element) }
            return .unknown
        case .unknown: return .unknown
        }
    }

    var element: FieldShape {
        switch self {
        case .api(let shape, _, _): shape.element.map { .api($0, field: nil, owner: "") } ?? .unknown
        case .custom(let shape): shape.items.map { .custom($0) } ?? .unknown
        case .unknown: .unknown
        }
    }

    /// What the server fills in where the field is absent.
    var defaultValue: Value {
        switch self {
        case .api(_, let field?, let owner): FieldMeaning.defaultValue(of: field, in: owner)
        case .custom(let shape): shape.defaultValue ?? .undefined
        default: .undefined
        }
    }

    var isQuantity: Bool {
        if case .api(let shape, _, _) = self { shape.form == .quantity } else { false }
    }

    /// Whether the object may have any members, or is not known.
    var isMap: Bool {
        switch self {
        case .api(let shape, _, _): shape.form == .map || shape.form == .any
        case .custom(let shape): shape.fields.isEmpty
        case .unknown: true
        }
    }
}

/// The types that the objects of a comparison are of.
package struct TypeSource: Sendable {
    package var catalogue = TypeCatalogue.builtin
    /// The release the objects are for; nil for the newest that has the kind.
    package var release: Release?
    package var custom = CustomKinds()
    package var packs: [DefinitionPack] = []

    package init() {}

    func shape(of object: Value) -> FieldShape {
        guard let type = TypeReference(object) else { return .unknown }
        if let kind = custom.kind(type) { return kind.shape.map { .custom($0) } ?? .unknown }
        let own = release.flatMap { catalogue.shape(of: type, in: $0) } ?? catalogue.shape(of: type)
        if let own { return .api(own, field: nil, owner: "") }
        return packs.lazy.compactMap { $0.kind(type)?.shape }.first.map { .custom($0) } ?? .unknown
    }
}
