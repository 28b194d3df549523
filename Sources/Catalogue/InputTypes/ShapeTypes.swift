import RegoRuntime
import Schemas

/// Makes Rego types of the shapes of the API. Fields that a shape does not list do not exist; types that hold themselves are
/// `any` inside themselves.
struct ShapeTypes {
    private var known: [ObjectIdentifier: RegoType] = [:]
    private var open: Set<ObjectIdentifier> = []

    mutating func type(of shape: Shape) -> RegoType {
        switch shape.form {
        case .any: return .any
        case .string, .bytes, .time, .microTime: return .string
        case .boolean: return .boolean
        case .number, .int32, .int64: return .number
        case .quantity, .intOrString: return .union([.number, .string])
        case .array: return .array(of: shape.element.map { type(of: $0) } ?? .any)
        case .map: return .object(.string, shape.element.map { type(of: $0) } ?? .any)
        case .object: return object(shape)
        }
    }

    private mutating func object(_ shape: Shape) -> RegoType {
        if shape.fields.isEmpty { return .anyObject }
        let id = ObjectIdentifier(shape)
        if let type = known[id] { return type }
        guard open.insert(id).inserted else { return .any }
        defer { open.remove(id) }
        let properties = shape.fields.map { RegoType.Property($0.name, type(of: $0.shape)) }
        let made = RegoType.object(static: properties, dynamic: nil)
        known[id] = made
        return made
    }
}

extension RegoType {
    /// The type of what may be of any of some types: objects become one with the members of all.
    static func anyOf(_ types: [RegoType]) -> RegoType {
        var different: [RegoType] = []
        for type in types {
            if case .union(let parts) = type {
                for part in parts where !different.contains(part) { different.append(part) }
            } else if !different.contains(type) {
                different.append(type)
            }
        }
        if different.contains(.any) || different.isEmpty { return .any }
        if different.count == 1 { return different[0] }
        var scalars: [RegoType] = [], elements: [RegoType] = [], objects: [RegoType] = []
        for type in different {
            switch type {
            case .object: objects.append(type)
            case .array(let leading, let rest): elements.append(.anyOf(leading + (rest.map { [$0] } ?? [])))
            default: scalars.append(type)
            }
        }
        if !elements.isEmpty { scalars.append(.array(of: .anyOf(elements))) }
        if !objects.isEmpty { scalars.append(anyObject(of: objects)) }
        return scalars.count == 1 ? scalars[0] : .union(scalars)
    }

    private static func anyObject(of objects: [RegoType]) -> RegoType {
        if objects.count == 1 { return objects[0] }
        var names: [String] = [], types: [String: [RegoType]] = [:], keys: [RegoType] = [], others: [RegoType] = []
        for case .object(let properties, let rest) in objects {
            for property in properties {
                if types[property.key] == nil { names.append(property.key) }
                types[property.key, default: []].append(property.type)
            }
            if let rest {
                keys.append(rest.key)
                others.append(rest.value)
            }
        }
        // Where other names are possible a name says little of what is there.
        let properties = names.map { Property($0, .anyOf(types[$0]! + others)) }
        return .object(static: properties, dynamic: others.isEmpty ? nil : .init(.anyOf(keys), .anyOf(others)))
    }
}
