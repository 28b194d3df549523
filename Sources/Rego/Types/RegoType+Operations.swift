import Documents
public import RegoRuntime

extension RegoType {
    /// The type of a constant. An empty array or object has no member, as OPA has it since 1.21; to go through it is allowed.
    init(of value: Value) {
        switch value.kind {
        case .null: self = .null
        case .bool: self = .boolean
        case .int, .decimal: self = .number
        case .string: self = .string
        case .array: self = .array(static: value.elements.map(RegoType.init(of:)), dynamic: nil)
        case .set: self = .set(of: .oneOf(value.elements.map(RegoType.init(of:))))
        case .object:
            let members = zip(value.keys, value.values).map { Property(constant: $0, RegoType(of: $1)) }
            self = .object(static: members, dynamic: nil)
        case .undefined, .node: self = .any
        }
    }

    /// The union of types: duplicates merge, `any` swallows all, none is `any`.
    static func oneOf(_ types: [RegoType]) -> RegoType {
        var members: [RegoType] = []
        for type in types {
            switch type {
            case .any: return .any
            case .union(let inner): for member in inner where !members.contains(member) { members.append(member) }
            default: if !members.contains(type) { members.append(type) }
            }
        }
        if members.count > 16 { return .any }
        return members.count == 1 ? members[0] : members.isEmpty ? .any : .union(members)
    }

    /// The alternatives of a union, or the type alone.
    var members: [RegoType] {
        if case .union(let members) = self { return members.isEmpty ? [.any] : members }
        return [self]
    }

    /// Whether some value has both types.
    /// - Parameter isStrict: whether an object with open keys of one type is none with keys of another; where values are
    ///   compared, OPA lets it pass.
    func overlaps(_ other: RegoType, isStrict: Bool = true) -> Bool {
        members.contains { left in other.members.contains { Self.overlap(left, $0, isStrict) } }
    }

    private static func overlap(_ left: RegoType, _ right: RegoType, _ isStrict: Bool) -> Bool {
        switch (left, right) {
        case (.any, _), (_, .any), (.null, .null), (.boolean, .boolean), (.number, .number), (.string, .string): return true
        case (.set(let a), .set(let b)): return a.overlaps(b, isStrict: isStrict)
        case (.array(let a, let aRest), .array(let b, let bRest)):
            if a.count > b.count, bRest == nil { return false }
            if b.count > a.count, aRest == nil { return false }
            if let aRest, let bRest, !aRest.overlaps(bRest, isStrict: isStrict) { return false }
            return (0..<max(a.count, b.count)).allSatisfy { index in
                let x = index < a.count ? a[index] : aRest, y = index < b.count ? b[index] : bRest
                guard let x, let y else { return true }
                return x.overlaps(y, isStrict: isStrict)
            }
        case (.object(_, .some(let a)), .object(_, .some(let b))) where !isStrict && !a.value.overlaps(b.value, isStrict: false):
            return false
        case (.object(let a, let aRest), .object(let b, let bRest)):
            return hasRoom(for: a, aRest, in: b, bRest, isStrict) && hasRoom(for: b, bRest, in: a, aRest, isStrict)
        default: return false
        }
    }

    /// Whether an object of one type can have the properties of another: an open type does not insist on its own.
    private static func hasRoom(
        for needed: [Property], _ neededRest: DynamicProperty?, in known: [Property], _ rest: DynamicProperty?,
        _ isStrict: Bool
    ) -> Bool {
        needed.allSatisfy { property in
            if let other = known.first(where: { $0.isSameKey(as: property) }) {
                return property.type.overlaps(other.type, isStrict: isStrict)
            }
            guard let rest else { return neededRest != nil }
            guard rest.key.overlaps(property.keyType) else { return !isStrict }
            return rest.value.overlaps(property.type, isStrict: isStrict)
        }
    }

    /// The type of what a constant key leads to; nil when it leads to nothing.
    func member(_ key: Value) -> RegoType? {
        let found = members.compactMap { type -> RegoType? in
            switch type {
            case .any: return .any
            case .array(let leading, let rest):
                guard let index = key.intValue, index >= 0 else { return nil }
                return index < leading.count ? leading[Int(index)] : rest
            case .object(let properties, let rest):
                let wanted = Property(constant: key, .any)
                if let property = properties.first(where: { $0.isSameKey(as: wanted) }) { return property.type }
                return rest.flatMap { $0.key.overlaps(RegoType(of: key)) ? $0.value : nil }
            case .set(let element): return element.overlaps(RegoType(of: key)) ? RegoType(of: key) : nil
            default: return nil
            }
        }
        return found.isEmpty ? nil : .oneOf(found)
    }

    /// The types of the keys and of the elements of a collection; nil for types that are none.
    var iteration: (key: RegoType, element: RegoType)? {
        var keys: [RegoType] = [], elements: [RegoType] = []
        for type in members {
            switch type {
            case .any: (keys, elements) = (keys + [.any], elements + [.any])
            case .array(let leading, let rest):
                keys.append(.number)
                elements += leading + (rest.map { [$0] } ?? [])
            case .object(let properties, let rest):
                keys += properties.map(\.keyType)
                elements += properties.map(\.type)
                if let rest { (keys, elements) = (keys + [rest.key], elements + [rest.value]) }
            case .set(let element): (keys, elements) = (keys + [element], elements + [element])
            default: break
            }
        }
        return keys.isEmpty && elements.isEmpty && !members.contains(where: \.isCollection)
            ? nil : (.oneOf(keys), .oneOf(elements))
    }

    private var isCollection: Bool {
        switch self {
        case .any, .array, .object, .set: true
        default: false
        }
    }
}

extension RegoType.Property {
    /// The type under a constant key. Numbers are known by their value, sets as OPA has it by the array of their elements.
    init(constant key: Value, _ type: RegoType) {
        switch key.kind {
        case .string: self.init(key.string, type)
        case .int, .decimal:
            let number = NumberText.Decimal(key)
            self.init("\(number.isNegative ? "-" : "")\(number.digits)\(number.exponent)", type, keyType: .number)
            self.key = key.integerValue.map(String.init) ?? self.key
        case .set:
            self.init(
                JSONWriter.string(key), type,
                keyType: key.count == 0 ? .anyArray : .array(static: key.elements.map(RegoType.init(of:)), dynamic: nil))
        default: self.init(JSONWriter.string(key), type, keyType: RegoType(of: key))
        }
    }

    func isSameKey(as other: RegoType.Property) -> Bool { key == other.key && keyType == other.keyType }
}

extension RegoType: CustomStringConvertible {
    /// As OPA prints types: `array[any]`, `object<a: number>[any: any]`, `any<string, number>`.
    public var description: String {
        switch self {
        case .any: return "any"
        case .null: return "null"
        case .boolean: return "boolean"
        case .number: return "number"
        case .string: return "string"
        case .set(let element): return "set[\(element)]"
        case .array(let leading, let rest):
            let fixed = leading.isEmpty && rest != nil ? "" : "<\(leading.map(\.description).joined(separator: ", "))>"
            return "array" + fixed + (rest.map { "[\($0)]" } ?? "")
        case .object(let properties, let rest):
            let fixed = properties.map { "\($0.key): \($0.type)" }.joined(separator: ", ")
            return "object" + (fixed.isEmpty && rest != nil ? "" : "<\(fixed)>")
                + (rest.map { "[\($0.key): \($0.value)]" } ?? "")
        case .union(let members):
            return members.isEmpty ? "any" : "any<\(members.map(\.description).joined(separator: ", "))>"
        }
    }
}
