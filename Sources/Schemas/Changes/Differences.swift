import Documents

/// Compares two values of one shape by what they mean to the server: absent, null and what it fills in are the same, and
/// so are equal amounts written differently.
struct Differences {
    typealias Step = DocumentPath.Step

    /// The places that differ, from the values compared on.
    private(set) var paths: [[Step]] = []
    private var steps: [Step] = []
    private static let limit = 64

    /// The places where two values differ; a list of another length is one place.
    static func between(_ old: Value, _ new: Value, _ shape: Shape) -> [[Step]] {
        var differences = Differences()
        differences.compare(old, new, shape)
        return differences.paths
    }

    private mutating func compare(_ old: Value, _ new: Value, _ shape: Shape) {
        if paths.count >= Self.limit || old.isDefined && new.isDefined && old.isIdentical(to: new) { return }
        if old.isNothing, new.isNothing { return }
        switch shape.form {
        case .object where old.isObjectOrNothing && new.isObjectOrNothing: compareFields(old, new, shape)
        case .map where old.isObjectOrNothing && new.isObjectOrNothing:
            guard let element = shape.element else { return }
            for key in Self.keys(old, new) {
                steps.append(.key(key.string))
                compare(old.memberOrUndefined(key), new.memberOrUndefined(key), element)
                steps.removeLast()
            }
        case .array where old.kind == .array && new.kind == .array && old.count == new.count:
            guard let element = shape.element else { return }
            for index in 0..<old.count {
                steps.append(.index(index))
                compare(old.elements[index], new.elements[index], element)
                steps.removeLast()
            }
        case .quantity:
            if let left = Self.amount(old), let right = Self.amount(new), left.nanos == right.nanos { return }
            paths.append(steps)
        default:
            if old != new { paths.append(steps) }
        }
    }

    private mutating func compareFields(_ old: Value, _ new: Value, _ shape: Shape) {
        let filled = FilledFields(shape.typeName)
        // Fields are looked at in the order of the shape, so that the answer does not depend on the manifests.
        for field in shape.fields {
            var left = old.field(named: field.name)
            var right = new.field(named: field.name)
            if left.isNothing, right.isNothing { continue }
            if filled.areSame(field.name, old, new) { continue }
            if filled == .resources, field.name == "requests", let element = field.shape.element {
                compareRequests(old, new, element)
                continue
            }
            if left.isNothing { left = APIDefaults.value(of: field, in: shape.typeName) }
            if right.isNothing { right = APIDefaults.value(of: field, in: shape.typeName) }
            steps.append(.key(field.name))
            compare(left, right, field.shape)
            steps.removeLast()
        }
    }

    /// What is requested is what the limits say, as far as nothing else is written.
    private mutating func compareRequests(_ old: Value, _ new: Value, _ shape: Shape) {
        let before = old.field("requests"), after = new.field("requests")
        steps.append(.key("requests"))
        for key in Self.keys(before, after) {
            var left = before.memberOrUndefined(key), right = after.memberOrUndefined(key)
            if left.isNothing { left = old.field("limits").memberOrUndefined(key) }
            if right.isNothing { right = new.field("limits").memberOrUndefined(key) }
            steps.append(.key(key.string))
            compare(left, right, shape)
            steps.removeLast()
        }
        steps.removeLast()
    }

    private static func amount(_ value: Value) -> Quantity? {
        if let number = value.intValue { return Quantity(number) }
        return value.kind == .string || value.kind == .decimal ? Quantity(value.utf8) : nil
    }

    private static func keys(_ old: Value, _ new: Value) -> [Value] {
        let first = Array(old.memberKeys)
        return first + new.memberKeys.filter { old.memberOrUndefined($0).isUndefined }
    }
}

extension Value {
    /// Absent, null, or an empty text, list or mapping.
    var isNothing: Bool {
        switch kind {
        case .undefined, .null: true
        case .string, .array, .object: count == 0
        default: false
        }
    }

    var isObjectOrNothing: Bool { kind == .object || isNothing }

    /// The member of an object; undefined for anything else.
    func memberOrUndefined(_ key: Value) -> Value { kind == .object ? objectMember(key) : .undefined }
}
