/// The builtins a program may call, numbered.
public struct BuiltinTable: Sendable {
    /// All builtins in declaration order; a compiled program refers to them by position.
    public private(set) var builtins: [Builtin] = []
    private var positions: [String: Int] = [:]

    /// A table of the given builtins; of two with one name the later wins.
    public init(_ builtins: [Builtin]) {
        for builtin in builtins { add(builtin) }
    }

    /// Adds a builtin, replacing one of the same name.
    public mutating func add(_ builtin: Builtin) {
        if let position = positions[builtin.name] {
            builtins[position] = builtin
        } else {
            positions[builtin.name] = builtins.count
            builtins.append(builtin)
        }
    }

    /// The position of the builtin called `name`.
    public func position(of name: String) -> Int? { positions[name] }

    /// The builtin called `name`.
    public subscript(name: String) -> Builtin? { positions[name].map { builtins[$0] } }
}
