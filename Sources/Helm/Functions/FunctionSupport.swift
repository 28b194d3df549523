import GoTemplate

/// Short spellings for the tables of functions.
func function(
    _ name: String, _ parameters: [TemplateFunction.Parameter] = [], rest: TemplateFunction.Parameter? = nil,
    origin: TemplateFunction.OriginRule = .search, _ body: @escaping TemplateFunction.Body
) -> TemplateFunction {
    TemplateFunction(name, parameters, rest: rest, origin: origin, body)
}

extension TemplateFunction {
    /// The same function under another name, which messages show.
    func named(_ name: String) -> TemplateFunction {
        TemplateFunction(name, parameters, rest: rest, origin: origin, body)
    }
}

extension GoValue {
    /// Whether sprig takes the value for empty.
    var isEmpty: Bool {
        switch content {
        case .object(let object): !object.isTrue
        default: !isTrue
        }
    }

    /// Go's kind of the value, such as `map` or `float64`.
    var kindName: String {
        switch content {
        case .missing, .null: "invalid"
        case .bool: "bool"
        case .integer(_, let type): type.rawValue
        case .float: "float64"
        case .complex: "complex128"
        case .string, .bytes, .numberText: "string"
        case .list: "slice"
        case .map: "map"
        case .object(let object): object.kindName
        }
    }

    /// The text as sprig's `toString` gives it.
    var plainText: GoValue {
        switch content {
        case .string, .bytes: self
        case .list(let list) where list.element == .uint8: .text(list.bytes)
        default: .string(GoPrint.text(self))
        }
    }

    /// The members of a list; nil for anything else.
    var items: [GoValue]? { asList?.items }

    /// The map, also of a value that only behaves like one.
    var members: GoMap? {
        switch content {
        case .map(let map): map
        case .object(let object): object.members
        default: nil
        }
    }
}
