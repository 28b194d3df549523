import RegoSyntax

/// The variables of one rule body or query with all bodies nested in it.
final class LocalScope {
    struct Variable {
        var name: String
        /// Where it first stands.
        var location: Location
        /// Made by the compiler.
        var isGenerated: Bool
        /// Stands in one place only, so its value is never asked for.
        var isUnused = false
    }

    private(set) var variables: [Variable] = []
    /// Variables that no `some`, `:=` or parameter declares: one name is one variable in the whole rule.
    private var implicit: [String: VarID] = [:]

    func make(_ name: String, at location: Location, isGenerated: Bool = false) -> VarID {
        let isWildcard = name.utf8.first == UInt8(ascii: "$")
        variables.append(Variable(name: name, location: location, isGenerated: isGenerated, isUnused: isWildcard))
        return variables.count - 1
    }

    func generated(at location: Location) -> VarID { make("", at: location, isGenerated: true) }

    /// A variable that stands for any value, as `_` does.
    func wildcard(at location: Location) -> VarID {
        let id = make("", at: location, isGenerated: true)
        variables[id].isUnused = true
        return id
    }

    func implicitVar(_ name: String, at location: Location) -> VarID {
        if let known = implicit[name] { return known }
        let id = make(name, at: location, isGenerated: name.utf8.first == UInt8(ascii: "$"))
        implicit[name] = id
        return id
    }

    /// Whether the variable stands in the source, be it as `_`.
    func isNamed(_ id: VarID) -> Bool { !variables[id].name.isEmpty }

    /// Whether no statement declares the variable.
    func isImplicit(_ id: VarID) -> Bool { implicit[variables[id].name] == id }

    /// Named variables that were not declared, in order of appearance: the bindings a query shows.
    var named: [(name: String, id: VarID)] {
        variables.enumerated().compactMap { $1.isGenerated ? nil : ($1.name, $0) }
    }
}

/// The names a body declares; bodies nest.
final class BlockScope {
    let parent: BlockScope?
    private(set) var declared: [String: VarID] = [:]
    /// How each name was declared, for messages about a second declaration.
    private(set) var declaredBy: [String: String] = [:]
    /// Names used here before any declaration, and in no body around it before (OPA `localVarInfo`).
    private(set) var mentioned: Set<String> = []

    init(parent: BlockScope?) { self.parent = parent }

    func mention(_ name: String) {
        var scope: BlockScope? = self
        while let current = scope {
            if current.mentioned.contains(name) { return }
            scope = current.parent
        }
        mentioned.insert(name)
    }

    func find(_ name: String) -> VarID? {
        var scope: BlockScope? = self
        while let current = scope {
            if let id = current.declared[name] { return id }
            scope = current.parent
        }
        return nil
    }

    func declare(_ name: String, _ id: VarID, by statement: String) {
        declared[name] = id
        declaredBy[name] = statement
    }
}
