extension TermValue {
    /// OPA's name of the kind, used in messages and in its JSON of syntax trees.
    public var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .number: "number"
        case .string: "string"
        case .templateString: "templatestring"
        case .var: "var"
        case .ref: "ref"
        case .array: "array"
        case .object: "object"
        case .set: "set"
        case .call: "call"
        case .arrayComprehension: "arraycomprehension"
        case .setComprehension: "setcomprehension"
        case .objectComprehension: "objectcomprehension"
        }
    }

    var isVar: Bool {
        if case .var = self { return true }
        return false
    }

    /// True for null, booleans, numbers and strings.
    var isScalar: Bool {
        switch self {
        case .null, .bool, .number, .string: true
        default: false
        }
    }

    /// True when no var occurs in it; the head of a ref, comprehensions and template strings count as OPA counts them.
    public var isGround: Bool {
        switch self {
        case .null, .bool, .number, .string: true
        case .var: false
        case .ref(let ref): ref.terms.dropFirst().allSatisfy(\.value.isGround)
        case .array(let terms), .set(let terms): terms.allSatisfy(\.value.isGround)
        case .object(let items): items.allSatisfy { $0.key.value.isGround && $0.value.value.isGround }
        case .call(let call): call.args.allSatisfy(\.value.isGround)
        case .arrayComprehension, .setComprehension, .objectComprehension, .templateString: false
        }
    }
}
